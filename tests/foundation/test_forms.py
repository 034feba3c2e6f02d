"""Two editors of one record: nobody's words are lost, and nobody overwrites what she has not seen."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict

from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField
from summitry.foundation.i18n import Text, TextState

LANGUAGES = ("en", "zh-hans", "ar")


class EditionForm(RecordForm[Edition]):
    acronym = forms.CharField(required=False)

    def add_fields(self) -> None:
        self.fields["motto"] = TextFormField(
            languages_=LANGUAGES, present=self.record.motto, limit=40, required=False
        )


def make_record(acronym: str = "RS", **motto: str) -> Edition:
    return Edition(
        acronym=acronym, motto=Text.of({lang.replace("_", "-"): words for lang, words in motto.items()})
    )


def opened(record: Edition) -> dict[str, str]:
    """Return what the browser sends back of a form that was opened and not touched."""
    form = EditionForm(record=record)
    return {
        "seen": form.initial["seen"],
        "acronym": record.acronym,
        **{f"motto.{lang}": record.motto.get(lang) for lang in LANGUAGES},
    }


def sent(record: Edition, values: dict[str, str]) -> EditionForm:
    form = EditionForm(QueryDict(urlencode(values)), record=record)
    form.full_clean()
    return form


def test_untouched_form_changes_nothing():
    record = make_record(en="Water", ar="ماء")
    form = sent(record, opened(record))
    assert (form.is_valid(), form.changes) == (True, {})


def test_changed_words_are_reviewed_and_others_keep_their_state():
    record = make_record(en="Water", ar="ماء")
    record.motto = record.motto.with_text("zh-hans", "水", TextState.MACHINE)
    form = sent(record, {**opened(record), "motto.ar": "ماء صاف"})
    motto = form.changes["motto"]
    assert list(form.changes) == ["motto"]
    assert (motto.get("ar"), motto.state("ar"), motto.state("zh-hans")) == (
        "ماء صاف",
        TextState.REVIEWED,
        TextState.MACHINE,
    )


def test_changed_source_makes_untouched_translations_stale():
    record = make_record(en="Water", ar="ماء")
    motto = sent(record, {**opened(record), "motto.en": "Clear water"}).changes["motto"]
    assert (motto.state("ar"), motto.get("ar")) == (TextState.STALE, "ماء")


def test_source_and_translation_changed_together_are_both_current():
    record = make_record(en="Water", ar="ماء")
    motto = sent(record, {**opened(record), "motto.en": "Clear water", "motto.ar": "ماء صاف"}).changes[
        "motto"
    ]
    assert motto.state("ar") == TextState.REVIEWED


def test_what_somebody_else_changed_meanwhile_stays():
    record = make_record(en="Water", ar="ماء")
    mine = {**opened(record), "motto.en": "Clear water"}
    record.acronym, record.motto = "RS26", record.motto.with_text("ar", "ماء جديد")
    form = sent(record, mine)
    assert form.is_valid()
    assert list(form.changes) == ["motto"]
    assert dict(form.changes["motto"].texts) == {"en": "Clear water", "ar": "ماء جديد"}


def test_field_that_both_changed_is_shown_and_saved_only_the_second_time():
    record = make_record(en="Water")
    mine = {**opened(record), "acronym": "MINE", "motto.en": "Clear water"}
    record.acronym, record.motto = "THEIRS", Text.of("Deep water")
    form = sent(record, mine)
    assert not form.is_valid()
    assert [(clash.field, clash.theirs) for clash in form.clashes] == [
        ("acronym", "THEIRS"),
        ("motto", Text.of("Deep water")),
    ]
    assert form["acronym"].value() == "MINE"
    again = sent(record, {**mine, "seen": form["seen"].value()})
    assert again.is_valid()
    assert (again.changes["acronym"], str(again.changes["motto"])) == ("MINE", "Clear water")


def test_same_change_by_both_is_no_clash():
    record = make_record(en="Water")
    mine = {**opened(record), "acronym": "SAME"}
    record.acronym = "SAME"
    form = sent(record, mine)
    assert (form.is_valid(), form.changes) == (True, {})


def test_too_long_words_are_refused_in_their_language():
    record = make_record(en="Water")
    form = sent(record, {**opened(record), "motto.ar": "م" * 41})
    assert form.errors["motto"] == ["Arabic: at most 40 characters are possible; these are 41."]


def test_languages_that_were_not_asked_for_are_ignored():
    record = make_record(en="Water")
    assert sent(record, {**opened(record), "motto.xx": "?"}).changes == {}


def test_broken_marks_are_as_good_as_none():
    record = make_record(en="Water")
    for broken in ("", "[]", "{", '{"motto": 3}'):
        form = sent(record, {**opened(record), "seen": broken, "acronym": "New"})
        assert (form.is_valid(), form.changes) == (True, {"acronym": "New"})


def test_zoned_time_is_by_the_clock_of_the_place():
    field = ZonedDateTimeField(zone=ZoneInfo("Europe/Berlin"))
    instant = field.clean("2026-11-10T09:00")
    assert instant.astimezone(dt.UTC) == dt.datetime(2026, 11, 10, 8, tzinfo=dt.UTC)
    assert field.prepare_value(instant) == "2026-11-10T09:00"


def test_hour_that_does_not_exist_is_refused():
    field = ZonedDateTimeField(zone=ZoneInfo("Europe/Berlin"))
    for value in ("2026-03-29T02:30", "yesterday"):
        try:
            field.clean(value)
        except forms.ValidationError:
            continue
        raise AssertionError(value)
