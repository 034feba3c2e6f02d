"""Addresses of rounds, assignments and calibrations."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import round_calibration, round_decision, round_effort, round_reads, rounds

_ROUND = "<slug:call>/rounds/<int:number>/"

console: list[URLPattern] = [
    path("<slug:call>/rounds/", rounds.rounds, name="rounds"),
    path("<slug:call>/rounds/new/", rounds.new_round, name="round_new"),
    path("<slug:call>/rounds/effort/", round_effort.effort, name="round_effort"),
    path(_ROUND, rounds.round_, name="round"),
    path(f"{_ROUND}settings/", rounds.settings, name="round_settings"),
    path(f"{_ROUND}criteria/new/", rounds.new_criterion, name="criterion_new"),
    path(f"{_ROUND}criteria/<int:pk>/", rounds.criterion, name="criterion"),
    path(f"{_ROUND}assignment/", round_reads.assignment, name="round_assignment"),
    path(f"{_ROUND}reads/", round_reads.reads, name="round_reads"),
    path(f"{_ROUND}jurors/<int:juror>/", round_reads.juror, name="round_juror"),
    path(f"{_ROUND}calibration/", round_calibration.calibration, name="round_calibration"),
    path(f"{_ROUND}screening/", round_calibration.screening, name="round_screening"),
    path(f"{_ROUND}decision/", round_decision.decision, name="round_decision"),
    path(f"{_ROUND}decision/<int:entry>/", round_decision.one, name="round_stand"),
]
by_link: list[URLPattern] = []
public: list[URLPattern] = []
