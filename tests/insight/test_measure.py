"""Defining measures and describing conflicts."""

from __future__ import annotations

import pytest

from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC, Actor, ActorKind, Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.insight.actions.conflict import ConflictGiven, describe_conflicts
from summitry.insight.actions.measure import Definition, define_measures
from summitry.insight.enums import ConflictKind, MeasureGroup, MeasureUnit
from summitry.insight.models import Conflict, Measure
from tests.editions.make import in_edition, make_edition, make_summit
from tests.insight.make import AUDIT_ENTRY, AUDIT_LOCK, SYSTEM

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(
    ActorKind.PERSON, "Ada", account_id=1, grants=frozenset({("administrator", Scope("site", 0))})
)


def _definition(key: str = "guests", name: str = "Guests") -> Definition:
    return Definition(key=key, name=Text.of(name), unit=MeasureUnit.PEOPLE, group=MeasureGroup.GUESTS)


def _conflict(title: str = "Guests") -> ConflictGiven:
    return ConflictGiven(
        code="D1", kind=ConflictKind.FIGURE, title=Text.of(title), explanation=Text.of("Why")
    )


def test_measures_are_defined_and_redefined() -> None:
    made = define_measures([_definition(), _definition("cafes", "Cafés")], by=ADMINISTRATOR)
    assert [measure.key for measure in made] == ["guests", "cafes"]
    assert define_measures([_definition()], by=ADMINISTRATOR) == []
    define_measures([_definition(name="All guests")], by=ADMINISTRATOR)
    assert {m.key: str(m.name) for m in Measure.objects.all()} == {"guests": "All guests", "cafes": "Cafés"}
    entries = AuditEntry.objects.filter(action="insight.measures.defined").order_by("pk")
    assert [entry.after for entry in entries] == [
        {"new": ["guests", "cafes"], "changed": []},
        {"new": [], "changed": ["guests"]},
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_measures_are_defined_in_few_statements(count: int, django_assert_num_queries) -> None:
    wanted = [_definition(f"m{n}") for n in range(count)]
    with django_assert_num_queries(4 + AUDIT_LOCK + AUDIT_ENTRY):  # look, insert, and a savepoint around them
        define_measures(wanted, by=SYSTEM)


def test_a_measure_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        define_measures([_definition(), _definition("bad key", "x" * 121)], by=SYSTEM)
    assert set(refusal.value.fields) == {"key", "name"}
    assert Measure.objects.count() == 0


def test_only_administrators_define_measures() -> None:
    edition: Edition = make_edition()
    for stranger in (PUBLIC, in_edition("director", edition)):
        with pytest.raises(PermissionRefused):
            define_measures([_definition()], by=stranger)
    define_measures([_definition()], by=ADMINISTRATOR)
    assert Measure.objects.count() == 1


def test_conflicts_are_described_and_described_anew() -> None:
    summit = make_summit()
    describe_conflicts([_conflict()], summit=summit, by=ADMINISTRATOR)
    assert describe_conflicts([_conflict()], summit=summit, by=ADMINISTRATOR) == []
    describe_conflicts([_conflict("Guests in 2025")], summit=summit, by=ADMINISTRATOR)
    assert [(c.code, str(c.title)) for c in Conflict.objects.all()] == [("D1", "Guests in 2025")]


def test_only_administrators_describe_conflicts() -> None:
    edition = make_edition()
    for stranger in (PUBLIC, in_edition("director", edition)):
        with pytest.raises(PermissionRefused):
            describe_conflicts([_conflict()], summit=edition.summit, by=stranger)
    describe_conflicts([_conflict()], summit=edition.summit, by=ADMINISTRATOR)
    assert Conflict.objects.count() == 1
