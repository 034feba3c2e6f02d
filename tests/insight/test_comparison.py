"""Editions side by side, and the disputes between claims."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC
from summitry.insight.actions.observation import record_observations
from summitry.insight.enums import ConflictKind, MeasureGroup, MeasureUnit, ObservationKind, Qualifier
from summitry.insight.models import Conflict
from summitry.insight.queries.comparison import Comparison, comparison
from summitry.insight.queries.disputes import disputes
from summitry.insight.queries.edition import record_of
from summitry.insight.queries.series import series_of
from tests.editions.make import make_edition, make_summit
from tests.insight.make import SYSTEM, make_claim, make_conflict, make_measure, make_observation

pytestmark = pytest.mark.django_db
EXPECTED = ObservationKind.EXPECTED
APRIL = dt.date(2026, 4, 1)


def _editions(count: int) -> list[Edition]:
    summit = make_summit()
    return [
        make_edition(
            f"{summit.slug}-{year}",
            summit,
            starts_on=dt.date(year, 11, 9),
            ends_on=dt.date(year, 11, 11),
        )
        for year in range(2020, 2020 + count)
    ]


def _told(compared: Comparison) -> dict[str, list[list[tuple[str, str]]]]:
    return {
        row.key: [[(claim.kind, claim.wording) for claim in cell] for cell in row.cells]
        for row in compared.rows
    }


def test_editions_stand_side_by_side_oldest_first() -> None:
    first, second = _editions(2)
    make_measure("guests", position=2)
    make_measure("cafes", group=MeasureGroup.PROGRAMME, position=1)
    make_observation(second, "guests", 2000, qualifier=Qualifier.NEARLY, kind=EXPECTED)
    make_observation(second, "guests", 2000, qualifier=Qualifier.MORE_THAN, as_of=APRIL)
    make_observation(first, "cafes", 13)

    compared = comparison(PUBLIC, [second, first], "en")
    assert compared.editions == (first, second)
    assert [(s.key, [row.key for row in s.rows]) for s in compared.sections] == [
        ("guests", ["guests"]),
        ("programme", ["cafes"]),
    ]
    assert _told(compared) == {
        "guests": [[], [("expected", "nearly 2,000"), ("actual", "more than 2,000")]],
        "cafes": [[("actual", "13")], []],
    }


def test_claims_about_the_series_are_told_apart() -> None:
    (edition,) = _editions(1)
    make_measure("years")
    claim = make_claim("years", 8, span="2014–2021")
    record_observations([claim], summit=edition.summit, edition=None, by=SYSTEM)
    compared = comparison(PUBLIC, [edition], "en")
    assert [(claim.span, claim.wording) for claim in compared.series] == [("2014–2021", "8")]
    assert compared.sections == ()
    assert comparison(PUBLIC, [edition], "en", with_series=False).series == ()


def test_nothing_is_compared_where_there_is_no_edition(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        compared = comparison(PUBLIC, [], "en")
        assert (compared.editions, compared.rows, disputes(PUBLIC, compared, "en")) == ((), (), ())


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_takes_the_same_queries(count: int, django_assert_num_queries) -> None:
    held = _editions(count)
    make_measure("guests")
    for edition in held:
        make_observation(edition, "guests", 5)
    with django_assert_num_queries(2):
        compared = comparison(PUBLIC, held, "en")
    with django_assert_num_queries(1):
        disputes(PUBLIC, compared, "en")
    with django_assert_num_queries(3):
        record_of(PUBLIC, held[0], "en")


def test_equal_claims_are_one_statement_with_all_its_sources() -> None:
    (edition,) = _editions(1)
    make_measure("guests")
    for source in ("First report", "Second report"):
        make_observation(edition, "guests", 2100, qualifier=Qualifier.MORE_THAN, source=source)
    make_observation(edition, "guests", 2100, qualifier=Qualifier.MORE_THAN, kind=EXPECTED)
    (row,) = comparison(PUBLIC, [edition], "en").rows
    assert [
        (said.figure.kind, [claim.source.text for claim in said.claims]) for said in row.cells[0].statements
    ] == [("actual", ["First report", "Second report"]), ("expected", ["Report"])]


def test_statements_of_one_source_are_one_voice() -> None:
    (edition,) = _editions(1)
    make_measure("person", unit=MeasureUnit.PERSON)
    for name in ("Shen Yi, director", "Tian Ning, founder"):
        make_observation(edition, "person", name)
    make_observation(edition, "person", "Zhou Hongyi, founder", source="Other report")
    (row,) = comparison(PUBLIC, [edition], "en").rows
    assert [[said.figure.value for said in voice.statements] for voice in row.cells[0].voices] == [
        ["Shen Yi, director", "Tian Ning, founder"],
        ["Zhou Hongyi, founder"],
    ]


def test_bars_are_as_long_as_their_numbers() -> None:
    first, second = _editions(2)
    make_measure("guests")
    make_observation(first, "guests", 1000)
    make_observation(second, "guests", 2000, qualifier=Qualifier.MORE_THAN)
    (row,) = comparison(PUBLIC, [first, second], "en").rows
    assert [(bar.label, bar.percent_text, bar.figure.wording, bar.figure.is_open) for bar in row.bars] == [
        ("2020", "46.0", "1,000", False),
        ("2021", "92.0", "more than 2,000", True),
    ]
    assert row.is_telling


@pytest.mark.parametrize(
    ("numbers", "telling"), [((5, 5), False), ((0, 0), False), ((5, None), False), ((5, 6), True)]
)
def test_a_chart_needs_different_numbers_of_two_editions(numbers, telling: bool) -> None:
    held = _editions(2)
    make_measure("guests")
    for edition, number in zip(held, numbers, strict=True):
        make_observation(edition, "guests", number)
    (row,) = comparison(PUBLIC, held, "en").rows
    assert row.is_telling is telling


def test_described_conflicts_bring_their_claims_together() -> None:
    first, second = _editions(2)
    make_measure("guests")
    make_measure("years")
    make_conflict(first.summit, "D1")
    make_conflict(first.summit, "D2", kind=ConflictKind.WORDING)
    make_conflict(make_summit(), "D3")
    make_observation(first, "guests", 5, conflicts=("D1", "D2"))
    make_observation(second, "guests", 6)
    claim = make_claim("years", 8, span="series", conflicts=("D1",))
    record_observations([claim], summit=first.summit, edition=None, by=SYSTEM)

    found = disputes(PUBLIC, comparison(PUBLIC, [first, second], "en"), "en")
    assert [
        (d.code, d.anchor, d.is_about_wording, [(e.year if e else None, c.wording) for e, c in d.claims])
        for d in found
    ] == [
        ("D1", "conflict-d1", False, [(2020, "5"), (None, "8")]),
        ("D2", "conflict-d2", True, [(2020, "5")]),
    ]
    assert Conflict.objects.count() == 3


def test_contradictions_of_one_day_are_found_without_a_mark() -> None:
    (edition,) = _editions(1)
    make_measure("guests")
    make_measure("motto", unit=MeasureUnit.TEXT)
    make_observation(edition, "guests", 2000, source="First")
    make_observation(edition, "guests", 2001, source="Second")
    make_observation(edition, "guests", 2002, as_of=APRIL)
    make_observation(edition, "motto", "One river")
    make_observation(edition, "motto", "Two rivers")
    found = disputes(PUBLIC, comparison(PUBLIC, [edition], "en"), "en")
    assert [(d.code, d.title.text, [c.wording for _e, c in d.claims]) for d in found] == [
        ("", "guests, 2020", ["2,000", "2,001"])
    ]


def test_the_series_with_most_editions_is_shown_unless_another_is_asked_for() -> None:
    long, short = _editions(3), _editions(1)
    held = [*short, *long]
    assert series_of(held).editions == tuple(long)
    assert series_of(held, short[0].summit.slug).editions == tuple(short)
    assert series_of(held, "elsewhere").summit == long[0].summit
    assert series_of([]).summit is None
