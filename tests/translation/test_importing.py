"""Bringing translations back from files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import TextState
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.session import update_session
from summitry.programme.models import Session
from summitry.translation.actions.exporting import entry_of, export_table, export_xliff
from summitry.translation.actions.importing import ImportPlan, apply_import, plan_import, read_translations
from summitry.translation.actions.translate import save_translation
from summitry.translation.enums import Outcome, Problem
from summitry.translation.errors import FileRefused, PlanOutdated
from summitry.translation.interchange.records import Document, Entry, Standing
from summitry.translation.queries.former import former_sources
from summitry.translation.queries.units import Unit, units_by_id, units_of
from tests.directory.make import SYSTEM, make_account
from tests.translation.make import AR, ZH, Desk, actor, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def unit(desk: Desk, key: str) -> Unit:
    unit_id = desk.text(desk.sessions[key])
    return units_by_id(desk.edition, [unit_id])[unit_id]


def entry(
    desk: Desk, key: str, target: str | None, standing: Standing = Standing.REVIEWED, lang: str = ZH
) -> Entry:
    return replace(entry_of(unit(desk, key), lang), target=target, standing=standing)


def plan(desk: Desk, *entries: Entry, lang: str = ZH, **options: bool) -> ImportPlan:
    return plan_import(desk.edition, Document(entries), lang, by=SYSTEM, **options)


def outcomes(planned: ImportPlan) -> list[tuple[Outcome, Problem | None]]:
    return [(row.outcome, row.problem) for row in planned.rows]


@pytest.mark.parametrize("kind", ["table", "xliff"])
def test_file_that_nobody_touched_changes_nothing(desk: Desk, kind: str) -> None:
    units = [one for one in units_of(desk.edition) if one.text.source != ZH]
    file = (
        export_table(desk.edition, units, ZH)
        if kind == "table"
        else export_xliff(desk.edition, units, "en", ZH)
    )
    entries = AuditEntry.objects.count()
    planned = plan_import(desk.edition, read_translations(file.data, file.name), ZH, by=SYSTEM)
    assert set(planned.counts) == {Outcome.SAME}
    assert apply_import(planned, by=SYSTEM) == 0
    assert AuditEntry.objects.count() == entries


def test_import_writes_what_its_plan_says_and_the_second_time_nothing(desk: Desk) -> None:
    planned = plan(
        desk,
        entry(desk, "doors", "敞开的门"),
        entry(desk, "archives", "十四个城镇的档案", Standing.TRANSLATED),
    )
    assert outcomes(planned) == [(Outcome.NEW, None), (Outcome.CHANGED, None)]
    assert Session.objects.get(code="doors").title.get(ZH) == "", "a plan writes nothing"
    assert apply_import(planned, by=SYSTEM, fingerprint=planned.fingerprint) == 2
    states = {code: Session.objects.get(code=code).title.state(ZH) for code in ("doors", "archives")}
    assert states == {"doors": TextState.REVIEWED, "archives": TextState.MACHINE}
    again = plan(desk, entry(desk, "doors", "敞开的门"))
    assert outcomes(again) == [(Outcome.SAME, None)]


def test_state_alone_can_be_brought_back(desk: Desk) -> None:
    save_translation(
        desk.edition, desk.text(desk.sessions["doors"]), ZH, "门", by=SYSTEM, state=TextState.MACHINE
    )
    planned = plan(desk, entry(desk, "doors", "门"))
    assert outcomes(planned) == [(Outcome.STATE, None)]
    apply_import(planned, by=SYSTEM)
    assert unit(desk, "doors").state(ZH) is TextState.REVIEWED
    assert outcomes(plan(desk, entry(desk, "doors", "门", Standing.TRANSLATED))) == [(Outcome.SAME, None)]


def test_all_translations_of_a_file_can_be_taken_as_reviewed(desk: Desk) -> None:
    planned = plan(desk, entry(desk, "doors", "门", Standing.TRANSLATED), as_reviewed=True)
    assert [wish.state for wish in planned.wishes] == [TextState.REVIEWED]


def test_translation_of_a_former_source_is_taken_as_stale_and_remembers_it(desk: Desk) -> None:
    brought = entry(desk, "doors", "敞开的门")
    session = desk.sessions["doors"]
    update_session(session, by=SYSTEM, title=session.title.with_text("en", "Open gates"))
    planned = plan(desk, brought)
    assert outcomes(planned) == [(Outcome.STALE, None)]
    apply_import(planned, by=SYSTEM)
    now = unit(desk, "doors")
    assert (now.text.get(ZH), now.state(ZH)) == ("敞开的门", TextState.STALE)
    assert former_sources([now], ZH) == {now.id: "Open doors"}
    assert outcomes(plan(desk, brought)) == [(Outcome.SAME, None)]


def test_translation_of_a_former_source_does_not_replace_one_of_the_present(desk: Desk) -> None:
    brought = entry(desk, "doors", "敞开的门")
    session = desk.sessions["doors"]
    update_session(session, by=SYSTEM, title=session.title.with_text("en", "Open gates"))
    save_translation(desk.edition, desk.text(session), ZH, "大门敞开", by=SYSTEM)
    assert outcomes(plan(desk, brought)) == [(Outcome.REFUSED, Problem.SOURCE_CHANGED)]


def test_what_cannot_be_taken_is_refused_with_its_reason(desk: Desk) -> None:
    good = entry(desk, "doors", "门")
    cases = {
        Problem.UNKNOWN: replace(good, id="programme.session:999999:title"),
        Problem.LANGUAGE: replace(good, target_lang=AR),
        Problem.TOO_LONG: replace(good, target="长" * 501),
        Problem.LINES: replace(good, target="一\n二"),
        Problem.CHARACTERS: replace(good, target="\x07"),
    }
    for problem, bad in cases.items():
        assert outcomes(plan(desk, bad)) == [(Outcome.REFUSED, problem)]
    twice = plan(desk, good, replace(good, target="户"))
    assert outcomes(twice) == [(Outcome.REFUSED, Problem.TWICE)] * 2
    assert outcomes(plan(desk, good, good)) == [(Outcome.NEW, None)]
    assert outcomes(plan(desk, replace(good, target=None))) == [(Outcome.SAME, None)]


def test_file_of_another_edition_or_language_is_refused_whole(desk: Desk) -> None:
    for document in (Document((), "elsewhere", ZH), Document((), "rivertown", AR)):
        with pytest.raises(FileRefused):
            plan_import(desk.edition, document, ZH, by=SYSTEM)


def test_import_after_a_change_writes_nothing_at_all(desk: Desk) -> None:
    planned = plan(desk, entry(desk, "doors", "门"), entry(desk, "archives", "档案"))
    save_translation(desk.edition, desk.text(desk.sessions["archives"]), ZH, "别的", by=SYSTEM)
    with pytest.raises(PlanOutdated):
        apply_import(planned, by=SYSTEM)
    with pytest.raises(PlanOutdated):
        apply_import(planned, by=SYSTEM, fingerprint="of another plan")
    assert Session.objects.get(code="doors").title.get(ZH) == ""


def test_forum_editor_brings_back_her_own_texts_only(desk: Desk) -> None:
    editor = actor(make_account(), ("forum_editor", "forum", desk.forums["trust"].pk))
    entries = Document((entry(desk, "doors", "门"), entry(desk, "archives", "档案")))
    planned = plan_import(desk.edition, entries, ZH, by=editor)
    assert outcomes(planned) == [(Outcome.NEW, None), (Outcome.REFUSED, Problem.UNKNOWN)]
    whole = plan(desk, entry(desk, "archives", "档案"))
    with pytest.raises(PermissionRefused):
        apply_import(whole, by=editor)
    viewer = actor(make_account(), ("viewer", "edition", desk.edition.pk))
    with pytest.raises(PermissionRefused):
        plan_import(desk.edition, entries, ZH, by=viewer)
