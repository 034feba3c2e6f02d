"""Filling a new call with what its preset holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summitry.calls.enums import Preset
from summitry.calls.models import (
    Area,
    Award,
    Call,
    Criterion,
    EligibilityRule,
    Question,
    Quota,
    Round,
    RulesText,
)
from summitry.calls.presets import Line, PresetData, preset_data, text_in
from summitry.foundation import clock

TEXTS = frozenset({"name", "label", "hint", "description", "prize"})


def apply_preset(call: Call, langs: Sequence[str]) -> None:
    """Give a new call its areas, questions, rules of eligibility, rounds, quotas, awards and rules, in these languages.

    In the transaction of the action that made the call and records it.
    """
    data = preset_data(Preset(call.preset))
    areas = Area.objects.bulk_create(
        Area(call=call, position=n, **_fields(line, langs)) for n, line in enumerate(data.areas)
    )
    Question.objects.bulk_create(
        Question(call=call, position=n, **_question(line, langs)) for n, line in enumerate(data.questions)
    )
    EligibilityRule.objects.bulk_create(
        EligibilityRule(call=call, position=n, **_fields(line, langs))
        for n, line in enumerate(data.eligibility)
    )
    Quota.objects.bulk_create(Quota(call=call, **line) for line in data.quotas)
    RulesText.objects.create(call=call, number=1, text=text_in(data.rules, langs), made_at=clock.now())
    _rounds(call, data, langs)
    _awards(call, data, areas, langs)


def _rounds(call: Call, data: PresetData, langs: Sequence[str]) -> None:
    for number, line in enumerate(data.rounds, start=1):
        facts = {name: value for name, value in line.items() if name != "criteria"}
        made = Round.objects.create(call=call, number=number, **_fields(facts, langs))
        Criterion.objects.bulk_create(
            Criterion(round=made, position=n, **_fields(one, langs)) for n, one in enumerate(line["criteria"])
        )


def _awards(call: Call, data: PresetData, areas: Sequence[Area], langs: Sequence[str]) -> None:
    awards = []
    for line in data.awards:
        facts = {name: value for name, value in _fields(line, langs).items() if name != "per_area"}
        if line.get("per_area"):
            slug = facts.pop("slug")
            awards += [
                Award(call=call, area=area, slug=f"{slug}-{area.slug}"[:40], **facts) for area in areas
            ]
        else:
            awards.append(Award(call=call, **facts))
    for position, award in enumerate(awards):
        award.position = position
    Award.objects.bulk_create(awards)


def _question(line: Line, langs: Sequence[str]) -> dict[str, Any]:
    options = [
        {"value": one["value"], "label": text_in(one["label"], langs).to_json()}
        for one in line.get("options", ())
    ]
    return {**_fields(line, langs), "options": options}


def _fields(line: Line, langs: Sequence[str]) -> dict[str, Any]:
    return {name: text_in(value, langs) if name in TEXTS else value for name, value in line.items()}
