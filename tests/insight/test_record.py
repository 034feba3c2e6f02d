"""The record that ships with the product: complete, true to its facts, loaded once."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition, Summit
from summitry.foundation.access import PUBLIC, Actor, ActorKind, Scope
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.insight.actions.record import load_record
from summitry.insight.data.reading import facts, read
from summitry.insight.enums import COUNTABLE, MeasureUnit
from summitry.insight.models import Conflict, Measure, Observation
from tests.insight.make import AUDIT_ENTRY, AUDIT_LOCK, SYSTEM

pytestmark = pytest.mark.django_db
SIX = {"en", "zh-hans", "fr", "es", "ru", "ar"}
ADMINISTRATOR = Actor(
    ActorKind.PERSON, "Ada", account_id=1, grants=frozenset({("administrator", Scope("site", 0))})
)


def _rows() -> dict[str, object]:
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Summit, Edition, Measure, Conflict, Observation, AuditEntry)
    }


def test_record_is_loaded_completely() -> None:
    summit = load_record(by=SYSTEM)

    assert summit.slug == "wuzhen-summit"
    assert [
        (e.slug, e.starts_on, e.ends_on, e.origin, e.is_public, e.ordinal, bool(e.ordinal_note))
        for e in summit.editions.order_by("starts_on")
    ] == [
        ("wuzhen-2020", dt.date(2020, 11, 23), dt.date(2020, 11, 24), EditionOrigin.RECORD, True, None, True),
        ("wuzhen-2021", dt.date(2021, 9, 26), dt.date(2021, 9, 28), EditionOrigin.RECORD, True, None, True),
        ("wuzhen-2022", dt.date(2022, 11, 9), dt.date(2022, 11, 11), EditionOrigin.RECORD, True, None, True),
    ]
    assert (Observation.objects.count(), Conflict.objects.count()) == (107, 19)


def test_record_is_loaded_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(77 + 11 * AUDIT_LOCK + 10 * AUDIT_ENTRY):
        load_record(by=SYSTEM)
    before = _rows()
    with django_assert_num_queries(30 + 7 * AUDIT_LOCK):
        load_record(by=SYSTEM)
    assert _rows() == before


def test_record_keeps_what_was_corrected_since() -> None:
    load_record(by=SYSTEM)
    Edition.objects.filter(slug="wuzhen-2021").update(name=Text.of("Corrected"))
    load_record(by=SYSTEM)
    assert str(Edition.objects.get(slug="wuzhen-2021").name) == "Corrected"


def test_record_is_loaded_by_administrators_only() -> None:
    for stranger in (
        PUBLIC,
        Actor(ActorKind.PERSON, "Di", 2, frozenset({("director", Scope("edition", 1))})),
    ):
        with pytest.raises(PermissionRefused):
            load_record(by=stranger)
    assert Summit.objects.count() == 0
    load_record(by=ADMINISTRATOR)
    assert Observation.objects.count() == 107


def test_facts_equal_their_source(shared_data: Path) -> None:
    load_record(by=SYSTEM)
    with (shared_data / "editions_facts.csv").open(encoding="utf-8", newline="") as lines:
        expected = sorted(
            (r["edition"], r["measure"], r["value"], r["qualifier"] or "not stated", r["kind"], r["as_of"])
            for r in csv.DictReader(lines)
        )
    stored = sorted(
        (
            str(o.edition.year) if o.edition else o.span.replace("–", "-"),
            o.measure.key,
            f"{o.number.normalize():f}" if o.number is not None else o.text.get("en"),
            o.qualifier.replace("_", " "),
            o.kind,
            o.as_of.isoformat(),
        )
        for o in Observation.objects.select_related("edition", "measure")
    )
    assert stored == expected


def test_no_fact_names_a_file() -> None:
    texts = [fact.source for fact in facts()] + [fact.note for fact in facts()]
    assert [text for text in texts if any(".txt" in words for words in text.texts.values())] == []


def test_every_fact_fits_its_measure() -> None:
    units = {given["key"]: MeasureUnit(given["unit"]) for given in read("measures")["measure"]}
    assert {fact.measure for fact in facts()} <= set(units)
    wrong = [f for f in facts() if f.value and f.value.isdigit() != (units[f.measure] in COUNTABLE)]
    assert [f.measure for f in wrong] == ["first_edition_year"]


def test_the_empty_figure_is_not_stated() -> None:
    load_record(by=SYSTEM)
    empty = Observation.objects.get(edition__slug="wuzhen-2020", measure__key="guests_total")
    assert (empty.number, bool(empty.text), empty.qualifier) == (None, False, "not_stated")


@pytest.mark.parametrize(
    ("file", "lists", "words"),
    [("measures", "measure", ("name", "definition")), ("conflicts", "conflict", ("title", "explanation"))],
)
def test_shipped_words_are_in_six_languages(file: str, lists: str, words: tuple[str, ...]) -> None:
    gaps = [
        (given.get("key", given.get("code")), word)
        for given in read(file)[lists]
        for word in words
        if set(given.get(word, SIX)) != SIX
    ]
    assert gaps == []


def test_sources_and_notes_are_in_six_languages() -> None:
    record = read("record")
    texts = {
        **record["sources"],
        **record["notes"],
        "summit": record["summit"]["name"],
        "note": record["ordinal_note"],
    }
    assert {key: SIX - set(text) for key, text in texts.items() if set(text) != SIX} == {}


def test_every_countable_measure_is_defined() -> None:
    bare = [
        given["key"]
        for given in read("measures")["measure"]
        if MeasureUnit(given["unit"]) in COUNTABLE and "definition" not in given
    ]
    assert bare == []


def test_every_note_and_conflict_is_used() -> None:
    with_notes = {fact.note.get("en") for fact in facts()} - {""}
    assert {note["en"] for note in read("record")["notes"].values()} == with_notes
    assert {given["code"] for given in read("conflicts")["conflict"]} == {
        c for f in facts() for c in f.conflicts
    }
