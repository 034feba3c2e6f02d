"""Builders for the insight room: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.db import connection

from summitry.editions.models import Edition, Summit
from summitry.foundation.access import Actor, system
from summitry.foundation.i18n import Text
from summitry.insight.actions.conflict import ConflictGiven, describe_conflicts
from summitry.insight.actions.measure import Definition, define_measures
from summitry.insight.actions.observation import Claim, record_observations
from summitry.insight.enums import ConflictKind, MeasureGroup, MeasureUnit
from summitry.insight.models import Conflict, Measure, Observation

SYSTEM = system("tests")
AUDIT_LOCK = int(connection.vendor == "postgresql")  # statements: a transaction that records asks for the log
AUDIT_ENTRY = 4 + AUDIT_LOCK
MARCH = dt.date(2026, 3, 1)
_numbers = itertools.count(1)


def make_measure(key: str = "", by: Actor = SYSTEM, **facts: Any) -> Measure:
    given = {
        "name": Text.of(key or "Guests"),
        "unit": MeasureUnit.PEOPLE,
        "group": MeasureGroup.GUESTS,
        **facts,
    }
    key = key or f"measure_{next(_numbers)}"
    define_measures([Definition(key=key, **given)], by=by)
    return Measure.objects.get(key=key)


def make_conflict(summit: Summit, code: str = "D1", by: Actor = SYSTEM, **facts: Any) -> Conflict:
    given = {
        "kind": ConflictKind.FIGURE,
        "title": Text.of("Guests"),
        "explanation": Text.of("Two reports differ."),
        **facts,
    }
    describe_conflicts([ConflictGiven(code=code, **given)], summit=summit, by=by)
    return Conflict.objects.get(summit=summit, code=code)


def make_claim(measure: str, value: int | str | None = None, **facts: Any) -> Claim:
    given: dict[str, Any] = {"as_of": MARCH, "source": "Report", **facts}
    if isinstance(value, str):
        return Claim(measure=measure, text=Text.of(value), **given)
    return Claim(measure=measure, number=None if value is None else Decimal(value), **given)


def make_observation(
    edition: Edition, measure: str, value: int | str | None = None, by: Actor = SYSTEM, **facts: Any
) -> Observation:
    claim = make_claim(measure, value, **facts)
    return record_observations([claim], summit=edition.summit, edition=edition, by=by)[0]
