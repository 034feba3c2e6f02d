"""Writing cue sheets: what a draft says, order, copying, and what has begun stays."""

from __future__ import annotations

import pytest

from summitry.foundation.audit import sentence
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.live.actions.cues import (
    add_cue,
    change_cue,
    copy_cues,
    draft_cues,
    move_cue,
    remove_cue,
    set_lead,
)
from summitry.live.actions.run import next_cue
from summitry.live.errors import CueHasBegun, NotPlaced, SheetNotEmpty
from summitry.live.models import Cue, Run
from summitry.live.queries.rundown import rundown_now
from tests.live.make import House, make_house, make_sheet
from tests.programme.make import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def titles(house: House) -> list[str]:
    return [str(cue.what) for cue in house.cues()]


def test_draft_tells_doors_opening_contributions_and_closing(house):
    make_sheet(house)
    told = [(str(cue.what), cue.minutes, cue.who, cue.screen, cue.sound) for cue in house.cues()]
    assert told == [
        ("Doors open", 15, "", "Welcome slide", "Music"),
        ("Opening", 5, "", "Title slide", "Lectern"),
        ("On rivers", 30, "Chen Sihan", "Live link and slides", "Live link"),
        ("On seas", 20, "Leïla Benslimane", "Slides", "Lectern"),
        ("Closing", 5, "", "Title slide", "Lectern"),
    ]
    cues = house.cues()
    assert (cues[1].interpretation, cues[1].broadcast, cues[4].broadcast) == (
        "Booths open: FR, ZH",
        "On air",
        "Off air at the end",
    )
    assert set(cues[0].what.texts) == {"en", "zh-hans"}
    assert Run.objects.get().lead_minutes == 15
    assert rundown_now(house.sessions["rain"]).spare_minutes == 0


def test_contributions_that_fill_the_session_give_way_to_opening_and_closing(house):
    house.contributions["river"].minutes = 40
    house.contributions["river"].save()
    make_sheet(house)
    assert [cue.minutes for cue in house.cues()] == [15, 5, 30, 20, 5]


def test_contributions_without_length_share_what_is_left(house):
    house.sessions["rain"].contributions.update(minutes=None)
    make_sheet(house)
    assert [cue.minutes for cue in house.cues()] == [15, 5, 25, 25, 5]


def test_draft_needs_a_place_and_an_empty_sheet(house):
    with pytest.raises(NotPlaced):
        draft_cues(house.sessions["far"], by=SYSTEM)
    make_sheet(house)
    with pytest.raises(SheetNotEmpty):
        draft_cues(house.sessions["rain"], by=SYSTEM)


def test_copy_leaves_out_what_names_the_contributions(house):
    make_sheet(house)
    copy_cues(house.sessions["lamp"], house.sessions["rain"], by=SYSTEM)
    copied = [(str(cue.what), cue.minutes, cue.who, cue.contribution_id) for cue in house.cues("lamp")]
    assert copied == [
        ("Doors open", 15, "", None),
        ("Opening", 5, "", None),
        ("On rivers", 30, "", None),
        ("On seas", 20, "", None),
        ("Closing", 5, "", None),
    ]


def test_cue_moves_up_and_down_as_far_as_it_goes(house):
    make_sheet(house)
    cue = house.cues()[2]
    move_cue(cue, 1, by=SYSTEM)
    assert titles(house) == ["Doors open", "Opening", "On seas", "On rivers", "Closing"]
    move_cue(cue, 99, by=SYSTEM)
    assert titles(house)[-1] == "On rivers"
    move_cue(cue, -99, by=SYSTEM)
    assert titles(house)[0] == "On rivers"


def test_cue_that_has_begun_can_be_changed_only(house):
    make_sheet(house)
    next_cue(house.sessions["rain"], by=SYSTEM)
    first, second = house.cues()[:2]
    for refused in (lambda: move_cue(first, 1, by=SYSTEM), lambda: remove_cue(first, by=SYSTEM)):
        with pytest.raises(CueHasBegun):
            refused()
    move_cue(second, -5, by=SYSTEM)
    assert titles(house)[:2] == ["Doors open", "Opening"]
    assert change_cue(first, by=SYSTEM, minutes=20).minutes == 20


def test_removed_cue_stays_in_the_log(house):
    make_sheet(house)
    remove_cue(house.cues()[2], by=SYSTEM)
    entry = AuditEntry.objects.get(action="live.cue.removed")
    assert sentence(entry) == "tests removed the cue “On rivers” from “Rain and data”."
    assert (entry.before["minutes"], titles(house)) == (30, ["Doors open", "Opening", "On seas", "Closing"])


def test_change_from_an_outdated_view_is_refused(house):
    make_sheet(house)
    one, other = Cue.objects.all()[0], Cue.objects.all()[0]
    change_cue(one, by=SYSTEM, who="Ann")
    with pytest.raises(StaleState):
        change_cue(other, by=SYSTEM, who="Ben")


@pytest.mark.parametrize("minutes", [-1, 601])
def test_impossible_length_is_refused(house, minutes):
    with pytest.raises(InvalidInput):
        add_cue(house.sessions["rain"], by=SYSTEM, what=Text.of("Song"), minutes=minutes)
    assert house.cues() == []


def test_lead_is_set_and_checked(house):
    make_sheet(house)
    assert set_lead(house.sessions["rain"], 30, by=SYSTEM).lead_minutes == 30
    with pytest.raises(InvalidInput):
        set_lead(house.sessions["rain"], 999, by=SYSTEM)


@pytest.mark.parametrize("who", ["viewer", "stream", "booth", "water", "guest"])
def test_only_stage_managers_write(house, who):
    make_sheet(house)
    for refused in (
        lambda: draft_cues(house.sessions["well"], by=house.actor(who)),
        lambda: add_cue(house.sessions["rain"], by=house.actor(who), what=Text.of("Song"), minutes=3),
        lambda: change_cue(house.cues()[0], by=house.actor(who), who="Ann"),
        lambda: move_cue(house.cues()[0], 1, by=house.actor(who)),
        lambda: remove_cue(house.cues()[0], by=house.actor(who)),
    ):
        with pytest.raises(PermissionRefused):
            refused()


def test_operator_of_a_room_writes_for_that_room_only(house):
    draft_cues(house.sessions["rain"], by=house.actor("moon"))
    with pytest.raises(PermissionRefused):
        draft_cues(house.sessions["lamp"], by=house.actor("moon"))
