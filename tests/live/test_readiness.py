"""What readiness says of this room, and that each line leads to exactly its rows."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.queries.readiness import readiness
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from summitry.live.actions.interpreters import accept_undertaking, write_undertaking
from tests.live.make import House, make_booths, make_house, make_interpreters, make_plan, make_sheet
from tests.programme.make import SYSTEM, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def lines(house: House, who: str = "editor") -> dict[str, int]:
    keys = ("cue-sheets", "interpretation", "undertaking")
    found = readiness(house.edition, house.actor(who), "en")
    return {line.key: line.count for line in found if line.key.startswith(keys)}


def test_sessions_of_today_without_a_sheet_are_told_to_those_who_run_them(house):
    make_sheet(house)
    assert lines(house)["cue-sheets-2026-11-09"] == 2
    assert lines(house, "moon")["cue-sheets-2026-11-09"] == 1
    with clock.frozen(at(9, day=-1).astimezone(dt.UTC)):
        assert lines(house)["cue-sheets-2026-11-09"] == 2
    with clock.frozen(at(9, day=-2).astimezone(dt.UTC)):
        assert "cue-sheets-2026-11-09" not in lines(house)


def test_interpreted_sessions_without_a_complete_plan_are_counted(house):
    make_booths(house)
    assert lines(house)["interpretation"] == 2
    one, two, three, four = make_interpreters(house, "fr", "fr", "fr", "fr")
    make_plan(house, "fr", one, two, key="lamp")
    assert lines(house)["interpretation"] == 1
    make_plan(house, "fr", three, four)
    make_plan(house, "zh", *make_interpreters(house, "zh", "zh"))
    assert {"interpretation", "interpretation-done"} & set(lines(house)) == {"interpretation-done"}


def test_interpreters_who_have_not_accepted_are_counted(house):
    one, _two, _three = make_interpreters(house, "fr", "fr", "zh")
    assert lines(house)["undertaking-missing"] == 1
    text = write_undertaking(house.edition, Text.of("Keep it to yourself."), by=SYSTEM)
    accept_undertaking(one, text, by=SYSTEM)
    assert lines(house)["undertakings"] == 2


def test_every_line_leads_to_a_page(house):
    make_interpreters(house, "fr")
    write_undertaking(house.edition, Text.of("Keep it to yourself."), by=SYSTEM)
    found = readiness(house.edition, house.actor("editor"), "en")
    mine = [line.url for line in found if "/run/" in line.url]
    assert [house.signed_in("editor").get(url).status_code for url in mine] == [200] * 3
