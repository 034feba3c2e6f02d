"""Two translators save one text at the same moment: one wins, the other is told, nothing is lost."""

from __future__ import annotations

import pytest

from summitry.programme.models import Session
from summitry.translation.actions.importing import apply_import, plan_import
from summitry.translation.actions.translate import Seen, save_translation
from summitry.translation.errors import PlanOutdated, TranslationConflict
from summitry.translation.interchange.records import Document, Entry, Standing
from summitry.translation.models import Assignment
from summitry.translation.queries.units import units_by_id
from tests.at_once import at_once
from tests.directory.make import SYSTEM, make_account
from tests.translation.make import AR, ZH, Desk, make_assignment, make_desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def test_of_two_who_save_one_text_at_once_one_is_told(desk: Desk) -> None:
    unit_id = desk.text(desk.sessions["doors"])
    seen = Seen.of(units_by_id(desk.edition, [unit_id])[unit_id], ZH)
    words = ["敞开的门", "开门"]
    refused = at_once(
        *(
            lambda n=n: save_translation(desk.edition, unit_id, ZH, words[n], by=SYSTEM, seen=seen)
            for n in (0, 1)
        )
    )
    assert sorted(refused, key=str) == sorted([None, TranslationConflict], key=str)
    assert Session.objects.get(code="doors").title.get(ZH) == words[refused.index(None)]


def test_two_languages_of_one_text_are_both_saved(desk: Desk) -> None:
    unit_id = desk.text(desk.sessions["doors"])
    unit = units_by_id(desk.edition, [unit_id])[unit_id]
    words = {ZH: "敞开的门", AR: "أبواب مفتوحة"}
    refused = at_once(
        *(
            lambda lang=lang: save_translation(
                desk.edition, unit_id, lang, words[lang], by=SYSTEM, seen=Seen.of(unit, lang)
            )
            for lang in words
        )
    )
    assert refused == [None, None]
    title = Session.objects.get(code="doors").title
    assert {lang: title.get(lang) for lang in words} == words


def test_file_and_hand_at_once_leave_one_of_both_whole(desk: Desk) -> None:
    ids = [desk.text(desk.sessions[key]) for key in ("doors", "archives")]
    units = units_by_id(desk.edition, ids)
    entries = tuple(Entry(one, units[one].original, "来自文件", Standing.REVIEWED) for one in ids)
    plan = plan_import(desk.edition, Document(entries), ZH, by=SYSTEM)
    seen = Seen.of(units[ids[0]], ZH)
    refused = at_once(
        lambda: apply_import(plan, by=SYSTEM),
        lambda: save_translation(desk.edition, ids[0], ZH, "来自手", by=SYSTEM, seen=seen),
    )
    titles = {code: Session.objects.get(code=code).title.get(ZH) for code in ("doors", "archives")}
    if refused[0] is None:
        assert (refused[1], titles) == (TranslationConflict, {"doors": "来自文件", "archives": "来自文件"})
    else:
        assert (refused, titles["doors"]) == ([PlanOutdated, None], "来自手")
        assert titles["archives"] == "十二个城镇的档案"


def test_one_assignment_is_made_once(desk: Desk) -> None:
    account = make_account()
    refused = at_once(*(lambda: make_assignment(desk, account, ZH) for _n in range(3)))
    assert refused.count(None) == 1
    assert Assignment.objects.count() == 1
