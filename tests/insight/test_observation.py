"""Recording claims, and who may see them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, Actor, ActorKind, Scope, policy_for, visible
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.insight.actions.observation import record_observations
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from summitry.insight.models import Observation
from summitry.insight.queries.figures import stated
from tests.editions.make import in_edition, make_edition
from tests.insight.make import (
    AUDIT_ENTRY,
    AUDIT_LOCK,
    MARCH,
    SYSTEM,
    make_claim,
    make_conflict,
    make_measure,
    make_observation,
)

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(
    ActorKind.PERSON, "Ada", account_id=1, grants=frozenset({("administrator", Scope("site", 0))})
)


def test_claims_are_recorded_as_they_were_made() -> None:
    edition = make_edition()
    make_measure("guests")
    make_measure("motto", unit=MeasureUnit.TEXT)
    make_conflict(edition.summit)
    version = edition.content_version
    claims = [
        make_claim(
            "guests", 2000, qualifier=Qualifier.NEARLY, kind=ObservationKind.EXPECTED, conflicts=("D1",)
        ),
        make_claim("guests", None, note=Text.of("No number is given.")),
        make_claim("motto", "Many waters"),
    ]
    record_observations(claims, summit=edition.summit, edition=edition, by=SYSTEM)

    assert [
        (
            o.measure.key,
            o.number,
            o.text.get("en"),
            o.qualifier,
            o.kind,
            o.as_of,
            o.source.get("en"),
            o.conflicts,
        )
        for o in Observation.objects.order_by("pk")
    ] == [
        ("guests", 2000, "", "nearly", "expected", MARCH, "Report", ["D1"]),
        ("guests", None, "", "not_stated", "actual", MARCH, "Report", []),
        ("motto", None, "Many waters", "exact", "actual", MARCH, "Report", []),
    ]
    entry = AuditEntry.objects.get(action="insight.observations.recorded")
    assert (entry.params, entry.edition_id) == ({"count": 3}, edition.pk)
    edition.refresh_from_db()
    assert edition.content_version == version + 1


def test_the_same_claim_is_recorded_once() -> None:
    edition = make_edition()
    make_measure("guests")
    claim = make_claim("guests", 2000, qualifier=Qualifier.MORE_THAN)
    both = [claim, claim, make_claim("guests", 2000, qualifier=Qualifier.NEARLY)]
    first = record_observations(both, summit=edition.summit, edition=edition, by=SYSTEM)
    again = record_observations(both, summit=edition.summit, edition=edition, by=SYSTEM)
    assert ([o.qualifier for o in first], again) == (["more_than", "nearly"], [])


@pytest.mark.parametrize("count", [1, 3])
def test_claims_are_recorded_in_few_statements(count: int, django_assert_num_queries) -> None:
    edition = make_edition()
    make_measure("guests")
    claims = [make_claim("guests", n) for n in range(count)]
    with django_assert_num_queries(7 + AUDIT_LOCK + AUDIT_ENTRY):
        record_observations(claims, summit=edition.summit, edition=edition, by=SYSTEM)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (make_claim("elephants", 3), "The measure “elephants” is not defined."),
        (make_claim("guests", 3, conflicts=("D9",)), "The conflict “D9” is not described."),
        (make_claim("guests", "three"), "This value does not fit the measure “guests”."),
        (make_claim("motto", 3), "This value does not fit the measure “motto”."),
        (make_claim("motto", "x" * 1001), "Please check the marked fields."),
    ],
)
def test_a_claim_that_does_not_fit_is_refused_with_all_others(claim, words: str) -> None:
    edition = make_edition()
    make_measure("guests")
    make_measure("motto", unit=MeasureUnit.TEXT)
    with pytest.raises(InvalidInput) as refusal:
        record_observations(
            [make_claim("guests", 1), claim], summit=edition.summit, edition=edition, by=SYSTEM
        )
    assert str(refusal.value) == words
    assert Observation.objects.count() == 0


def test_a_claim_about_the_series_says_what_it_covers() -> None:
    summit = make_edition().summit
    make_measure("years")
    with pytest.raises(InvalidInput):
        record_observations([make_claim("years", 8)], summit=summit, edition=None, by=SYSTEM)
    made = record_observations(
        [make_claim("years", 8, span="2014–2021")], summit=summit, edition=None, by=SYSTEM
    )
    assert [(o.edition, o.span) for o in made] == [(None, "2014–2021")]


def test_the_database_knows_no_number_that_is_not_stated() -> None:
    edition = make_edition()
    made = make_observation(edition, make_measure("guests").key, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=made.pk).update(qualifier=Qualifier.NOT_STATED)


def test_directors_record_for_their_own_edition() -> None:
    mine, other = make_edition(), make_edition()
    make_measure("guests")
    director = in_edition("director", mine)
    assert make_observation(mine, "guests", 5, by=director).number == 5
    for stranger in (PUBLIC, in_edition("editor", other), director):
        with pytest.raises(PermissionRefused):
            make_observation(other, "guests", 5, by=stranger)
    with pytest.raises(PermissionRefused):
        record_observations(
            [make_claim("guests", 5, span="series")], summit=mine.summit, edition=None, by=director
        )
    assert Observation.objects.count() == 1


def _agree(actor: Actor, rows: list[Observation]) -> list[int]:
    seen = list(visible(actor, Observation.objects.order_by("pk")).values_list("number", flat=True))
    assert seen == [row.number for row in rows if policy_for(Observation).may(actor, "view", row)]
    return [int(number) for number in seen if number is not None]


def test_observations_are_as_visible_as_their_edition() -> None:
    public = make_edition()
    draft: Edition = make_edition(summit=public.summit, is_public=False)
    make_measure("guests")
    withheld = make_observation(public, "guests", 2)
    Observation.objects.filter(pk=withheld.pk).update(is_public=False)
    make_observation(public, "guests", 1)
    make_observation(draft, "guests", 3)
    span = make_claim("guests", 4, span="series")
    record_observations([span], summit=public.summit, edition=None, by=SYSTEM)
    rows = list(Observation.objects.order_by("pk").select_related("edition"))

    assert _agree(PUBLIC, rows) == [1, 4]
    assert _agree(in_edition("viewer", public), rows) == [2, 1, 4]
    assert _agree(in_edition("viewer", draft), rows) == [1, 3, 4]
    assert _agree(ADMINISTRATOR, rows) == [2, 1, 3, 4]
    assert _agree(SYSTEM, rows) == [2, 1, 3, 4]


def test_a_claim_appears_when_its_day_has_come_somewhere() -> None:
    edition = make_edition()
    make_measure("guests")
    make_observation(edition, "guests", 5, as_of=dt.date(2026, 11, 11))
    for hour, count in ((9, 0), (10, 1)):
        with clock.frozen(dt.datetime(2026, 11, 10, hour, tzinfo=dt.UTC)):
            assert stated(PUBLIC).count() == count
