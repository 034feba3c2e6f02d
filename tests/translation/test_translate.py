"""Saving translations, and what stale ones remember."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused
from summitry.foundation.i18n import Text, TextState
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.session import update_session
from summitry.programme.models import Session
from summitry.translation.actions.translate import Seen, save_translation
from summitry.translation.errors import NotTranslatable, SourceConflict, TranslationConflict
from summitry.translation.events import TranslationsSaved
from summitry.translation.models import Wording
from summitry.translation.queries.former import former_sources
from summitry.translation.queries.units import units_by_id, units_of
from summitry.translation.sources import sources
from tests.directory.make import SYSTEM, make_account
from tests.translation.make import AR, ZH, Desk, actor, make_assignment, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def seen(desk: Desk, unit_id: str, lang: str = ZH) -> Seen:
    return Seen.of(units_by_id(desk.edition, [unit_id])[unit_id], lang)


def test_every_text_of_the_edition_is_offered_once(desk: Desk) -> None:
    ids = [unit.id for unit in units_of(desk.edition)]
    assert len(ids) == len(set(ids))
    kinds = {unit.source.key: unit.field.name for unit in units_of(desk.edition)}
    assert kinds == {
        "editions.edition": "name",
        "programme.forum": "title",
        "programme.session": "title",
        "programme.contribution": "title",
        "directory.person": "biography",
        "editions.room": "name",
    }
    assert {source.key for source in sources()} >= set(kinds)


@pytest.mark.parametrize("kind", ["forum", "session", "contribution", "person", "room", "edition"])
def test_translation_of_every_kind_is_written_through_its_owner(desk: Desk, kind: str) -> None:
    rows: dict[str, tuple[Any, str]] = {
        "forum": (desk.forums["trust"], "title"),
        "session": (desk.sessions["doors"], "title"),
        "contribution": (desk.contributions["panel"], "title"),
        "person": (desk.people["chen"], "biography"),
        "room": (desk.room, "name"),
        "edition": (desk.edition, "name"),
    }
    row, name = rows[kind]
    version = desk.edition.content_version
    unit = save_translation(desk.edition, desk.text(row, name), AR, "كلمات", by=SYSTEM)
    row.refresh_from_db()
    assert (getattr(row, name).get(AR), getattr(row, name).state(AR)) == ("كلمات", TextState.REVIEWED)
    assert unit.text == getattr(row, name)
    assert desk.edition.content_version > version
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.edition_id) == ("translation.texts.saved", desk.edition.pk)


def test_saving_twice_changes_nothing_the_second_time(desk: Desk) -> None:
    unit_id = desk.text(desk.sessions["doors"])
    save_translation(desk.edition, unit_id, ZH, "敞开的门", by=SYSTEM)
    entries = AuditEntry.objects.count()
    save_translation(desk.edition, unit_id, ZH, " 敞开的门 ", by=SYSTEM)
    assert AuditEntry.objects.count() == entries


def test_words_that_need_review_do_not_count_as_reviewed(desk: Desk) -> None:
    unit_id = desk.text(desk.sessions["doors"])
    unit = save_translation(desk.edition, unit_id, ZH, "门", by=SYSTEM, state=TextState.MACHINE)
    assert unit.state(ZH) is TextState.MACHINE
    with pytest.raises(InvalidInput):
        save_translation(desk.edition, unit_id, ZH, "门", by=SYSTEM, state=TextState.STALE)


def test_empty_words_remove_a_translation(desk: Desk) -> None:
    unit = save_translation(desk.edition, desk.text(desk.forums["memory"]), ZH, "  ", by=SYSTEM)
    assert unit.state(ZH) is TextState.MISSING


def test_second_of_two_translators_is_told_and_nothing_is_overwritten(desk: Desk) -> None:
    unit_id = desk.text(desk.sessions["doors"])
    both = seen(desk, unit_id)
    save_translation(desk.edition, unit_id, ZH, "敞开的门", by=SYSTEM, seen=both)
    with pytest.raises(TranslationConflict):
        save_translation(desk.edition, unit_id, ZH, "开门", by=SYSTEM, seen=both)
    assert Session.objects.get(code="doors").title.get(ZH) == "敞开的门"
    save_translation(desk.edition, unit_id, ZH, "敞开的门", by=SYSTEM, seen=both)
    save_translation(desk.edition, unit_id, ZH, "开门", by=SYSTEM, seen=seen(desk, unit_id))
    assert Session.objects.get(code="doors").title.get(ZH) == "开门"


def test_two_languages_of_one_field_do_not_get_in_each_others_way(desk: Desk) -> None:
    unit_id = desk.text(desk.sessions["doors"])
    one, other = seen(desk, unit_id, ZH), seen(desk, unit_id, AR)
    save_translation(desk.edition, unit_id, ZH, "敞开的门", by=SYSTEM, seen=one)
    unit = save_translation(desk.edition, unit_id, AR, "أبواب مفتوحة", by=SYSTEM, seen=other)
    assert (unit.text.get(ZH), unit.text.get(AR)) == ("敞开的门", "أبواب مفتوحة")


def test_translation_of_a_source_that_has_changed_is_refused_until_it_was_seen(desk: Desk) -> None:
    session = desk.sessions["doors"]
    unit_id = desk.text(session)
    before = seen(desk, unit_id)
    update_session(session, by=SYSTEM, title=session.title.with_text("en", "Closed doors"))
    with pytest.raises(SourceConflict):
        save_translation(desk.edition, unit_id, ZH, "敞开的门", by=SYSTEM, seen=before)
    assert Session.objects.get(code="doors").title.get(ZH) == ""


@pytest.mark.parametrize("words", ["长" * 501, "行\n行", "\x07"])
def test_words_that_cannot_be_stored_are_refused_beside_the_field(desk: Desk, words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save_translation(desk.edition, desk.text(desk.sessions["doors"]), ZH, words, by=SYSTEM)
    assert list(refusal.value.fields) == ["words"]


@pytest.mark.parametrize("lang", ["en", "de", "xx-invalid"])
def test_own_language_and_foreign_ones_are_refused(desk: Desk, lang: str) -> None:
    with pytest.raises(NotTranslatable):
        save_translation(desk.edition, desk.text(desk.sessions["doors"]), lang, "x", by=SYSTEM)


@pytest.mark.parametrize(
    "unit_id", ["", "x", "programme.session:9:title", "programme.session:1:secret", "a:b:c"]
)
def test_text_that_does_not_exist_is_not_found(desk: Desk, unit_id: str) -> None:
    if Session.objects.filter(pk=9).exists():
        pytest.skip("the id happens to exist")
    with pytest.raises(NotFound):
        save_translation(desk.edition, unit_id, ZH, "x", by=SYSTEM)


def test_stale_translation_shows_the_source_it_was_made_from(desk: Desk) -> None:
    session = desk.sessions["doors"]
    unit_id = desk.text(session)
    save_translation(desk.edition, unit_id, ZH, "敞开的门", by=SYSTEM)
    session.refresh_from_db()
    update_session(session, by=SYSTEM, title=session.title.with_text("en", "Open doors and windows"))
    unit = units_by_id(desk.edition, [unit_id])[unit_id]
    assert unit.state(ZH) is TextState.STALE
    assert former_sources([unit], ZH) == {unit_id: "Open doors"}
    Wording.objects.all().delete()
    assert former_sources([unit], ZH) == {unit_id: "Open doors"}, "the audit log knows it as well"
    AuditEntry.objects.all().delete()
    assert former_sources([unit], ZH) == {}


def test_translation_without_a_mark_is_stale_once_its_source_changes() -> None:
    text = Text({"en": "Water", "fr": "Eau"}, "en")
    assert text.state("fr") is TextState.REVIEWED
    assert text.with_text("en", "Deep water").state("fr") is TextState.STALE
    assert text.with_text("en", "Water").state("fr") is TextState.REVIEWED


def test_saving_is_announced(desk: Desk, django_capture_on_commit_callbacks) -> None:
    from summitry.foundation.bus import _after_commit, subscribe  # noqa: PLC0415 - only this test looks inside

    heard: list[TranslationsSaved] = []
    subscribe(TranslationsSaved, heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            unit_id = desk.text(desk.sessions["doors"])
            save_translation(desk.edition, unit_id, ZH, "门", by=SYSTEM)
    finally:
        _after_commit[TranslationsSaved].remove(heard.append)
    assert [(event.language, event.texts, event.origin) for event in heard] == [(ZH, (unit_id,), "hand")]


def test_forum_editor_translates_her_forum_and_nobody_elses(desk: Desk) -> None:
    editor = actor(make_account(), ("forum_editor", "forum", desk.forums["memory"].pk))
    save_translation(desk.edition, desk.text(desk.sessions["archives"]), AR, "أرشيف", by=editor)
    save_translation(desk.edition, desk.text(desk.contributions["keynote"]), AR, "أقراص", by=editor)
    save_translation(desk.edition, desk.text(desk.people["chen"], "biography"), AR, "تحفظ", by=editor)
    others = [
        desk.text(desk.forums["trust"]),
        desk.text(desk.sessions["doors"]),
        desk.text(desk.contributions["panel"]),
        desk.text(desk.edition, "name"),
        desk.text(desk.room, "name"),
    ]
    for unit_id in others:
        with pytest.raises(NotFound):
            save_translation(desk.edition, unit_id, AR, "x", by=editor)


def test_translator_with_assignments_works_in_their_languages_only(desk: Desk) -> None:
    account = make_account()
    translator = actor(account, ("translator", "edition", desk.edition.pk))
    unit_id = desk.text(desk.sessions["doors"])
    save_translation(desk.edition, unit_id, AR, "أبواب", by=translator)
    make_assignment(desk, account, ZH)
    save_translation(desk.edition, unit_id, ZH, "门", by=translator)
    with pytest.raises(NotFound):
        save_translation(desk.edition, unit_id, AR, "باب", by=translator)


def test_viewer_sees_and_does_not_write(desk: Desk) -> None:
    viewer = actor(make_account(), ("viewer", "edition", desk.edition.pk))
    with pytest.raises(PermissionRefused):
        save_translation(desk.edition, desk.text(desk.sessions["doors"]), ZH, "门", by=viewer)
    stranger = actor(make_account(), ("translator", "edition", desk.edition.pk + 1))
    with pytest.raises(PermissionRefused):
        save_translation(desk.edition, desk.text(desk.sessions["doors"]), ZH, "门", by=stranger)
