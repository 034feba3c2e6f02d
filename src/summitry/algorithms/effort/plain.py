"""Plans and outlooks as JSON values: what a process of its own reads and writes, and what a record keeps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from summitry.algorithms.calibration.plain import listed, mapping, real, whole
from summitry.algorithms.effort.types import RUNS, Forecast, Habits, Outlook, Plan, Stage


def problem_plain(plan: Plan) -> dict[str, Any]:
    """The plan, its stages and habits as mappings."""
    return asdict(plan) | {"stages": [asdict(stage) for stage in plan.stages]}


def problem_from(value: Any) -> Plan:
    """The plan that `problem_plain` wrote. Raises ValueError where the value is anything else."""
    members = mapping(value, "the plan")
    habits = mapping(members.get("habits", asdict(Habits())), "the habits")
    return Plan(
        entries=whole(members.get("entries"), "the number of entries"),
        jurors=whole(members.get("jurors"), "the number of jurors"),
        places=whole(members.get("places"), "the number of places"),
        stages=tuple(stage_from(row) for row in listed(members.get("stages"), "the stages")),
        habits=Habits(
            juror=real(habits.get("juror"), "the variance of offsets"),
            scale=real(habits.get("scale"), "the variance of scales"),
            residual=real(habits.get("residual"), "the variance of noise"),
            steps=whole(habits.get("steps"), "the number of steps"),
        ),
        seed=whole(members.get("seed", 0), "the seed"),
        runs=whole(members.get("runs", RUNS), "the number of runs"),
    )


def stage_from(value: Any) -> Stage:
    """One stage."""
    members = mapping(value, "a stage")
    return Stage(
        reads=whole(members.get("reads"), "the reads of a stage"),
        share=real(members.get("share"), "the share of a stage"),
    )


def as_plain(outlook: Outlook) -> dict[str, Any]:
    """The outlook, its forecasts as mappings."""
    return {
        "forecast": forecast_plain(outlook.forecast),
        "others": [forecast_plain(other) for other in outlook.others],
    }


def forecast_plain(forecast: Forecast) -> dict[str, Any]:
    """One forecast."""
    return asdict(forecast) | {"stages": [asdict(stage) for stage in forecast.stages]}


def result_from(value: Any) -> Outlook:
    """The outlook that `as_plain` wrote. Raises ValueError where the value is anything else."""
    members = mapping(value, "the outlook")
    return Outlook(
        forecast=forecast_from(members.get("forecast")),
        others=tuple(forecast_from(row) for row in listed(members.get("others"), "the other forecasts")),
    )


def forecast_from(value: Any) -> Forecast:
    """One forecast."""
    members = mapping(value, "a forecast")
    stages = tuple(stage_from(row) for row in listed(members.get("stages"), "the stages"))
    try:
        return Forecast(**{**members, "stages": stages})
    except TypeError as wrong:
        raise ValueError("the forecast is not one of this planner") from wrong
