"""Meetings between guests who agreed to be met: asked for, answered, and both diaries taken only by what is agreed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.foundation.i18n import Text
from summitry.guests.actions.focal_points import appoint_focal_point
from summitry.guests.actions.meeting import (
    MOST_OPEN,
    accept_meeting,
    cancel_meeting,
    decline_meeting,
    expire_meetings,
    propose_meeting,
    set_meeting_desk,
    withdraw_meeting,
)
from summitry.guests.actions.moving import move
from summitry.guests.errors import NotToBeMet, SlotTaken, TooManyRequests
from summitry.guests.models import Category, Delegation, DiaryEntry, Guest, Meeting
from summitry.guests.queries import busy
from summitry.guests.queries.busy import Busy, free_slots, slots_of
from summitry.guests.queries.guest_links import Opened, page_path
from summitry.guests.queries.meetings import desk_of, find_guests
from summitry.mailing.models import Letter
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.guests.delegations.conftest import NOW
from tests.guests.delegations.make import make_delegation, named
from tests.guests.make import SYSTEM, make_category

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 11, 9, 1, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=30)


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown", name=Text.of("Rivertown"))


@pytest.fixture
def river(edition: Edition) -> Delegation:
    category = make_category(edition, "Delegate")
    return make_delegation(edition, "Riverland", (category, 9))


def accredited(river: Delegation, name: str, *, is_open: bool = True, via_office: bool = False) -> Guest:
    category = Category.objects.get(edition=river.edition)
    guest = named(river, category, name, email=f"{name.lower()}@example.org")
    move(guest, "submitted", by=SYSTEM)
    move(guest, "confirmed", by=SYSTEM)
    if is_open:
        set_meeting_desk(guest, by=SYSTEM, is_open=True, about="Rivers", via_office=via_office)
    return guest


def actor(guest: Guest) -> object:
    return Opened(guest, is_current=True).actor


def test_request_blocks_nothing_and_agreement_both_diaries(river: Delegation) -> None:
    ada, bo, cy = (accredited(river, name) for name in ("Ada", "Bo", "Cy"))
    first = propose_meeting(ada, bo, NINE, by=actor(ada), words="Rivers?")  # type: ignore[arg-type]
    second = propose_meeting(cy, bo, NINE, by=SYSTEM)
    assert DiaryEntry.objects.count() == 0
    assert NINE in free_slots(river.edition, [ada, bo], NOW)
    with pytest.raises(PermissionRefused):
        accept_meeting(first, by=actor(ada))  # type: ignore[arg-type]
    accept_meeting(first, by=actor(bo))  # type: ignore[arg-type]
    assert NINE not in free_slots(river.edition, [ada, cy], NOW)
    assert set(DiaryEntry.objects.values_list("guest", "starts_at")) == {(ada.pk, NINE), (bo.pk, NINE)}
    with pytest.raises(SlotTaken):
        accept_meeting(second, by=SYSTEM)
    with pytest.raises(SlotTaken):
        propose_meeting(cy, ada, NINE, by=SYSTEM)
    cancel_meeting(first, by=actor(ada), of=ada)  # type: ignore[arg-type]
    assert DiaryEntry.objects.count() == 0
    accept_meeting(second, by=SYSTEM)
    letters = Letter.objects.order_by("pk").values_list("address", "subject")
    assert list(letters) == [
        ("bo@example.org", "Ada asks for a meeting at Rivertown"),
        ("bo@example.org", "Cy asks for a meeting at Rivertown"),
        ("ada@example.org", "Your meeting with Bo: Agreed"),
        ("bo@example.org", "Your meeting with Ada: Cancelled"),
        ("cy@example.org", "Your meeting with Bo: Agreed"),
    ]


def test_only_accredited_guests_who_agreed_meet(river: Delegation) -> None:
    ada, shy = accredited(river, "Ada"), accredited(river, "Shy", is_open=False)
    for one, other in ((ada, shy), (shy, ada), (ada, ada)):
        with pytest.raises(NotToBeMet):
            propose_meeting(one, other, NINE, by=SYSTEM)
    assert [found.guest for found in find_guests(shy, "", "en")] == [ada]
    assert find_guests(ada, "", "en") == []
    set_meeting_desk(shy, by=actor(shy), is_open=True)  # type: ignore[arg-type]
    assert [found.guest for found in find_guests(ada, "SHY riverland", "en")] == [shy]
    for wrong in (
        NINE - dt.timedelta(days=40),
        NINE + dt.timedelta(minutes=10),
        NINE - dt.timedelta(hours=2),
    ):
        with pytest.raises(SlotTaken):
            propose_meeting(ada, shy, wrong, by=SYSTEM)
    meeting = propose_meeting(ada, shy, NINE, by=SYSTEM)
    with pytest.raises(StaleState):
        propose_meeting(ada, shy, NINE + HALF, by=SYSTEM)
    with pytest.raises(InvalidInput):
        cancel_meeting(meeting, by=SYSTEM, of=accredited(river, "Bo"))
    with pytest.raises(TransitionRefused):
        cancel_meeting(meeting, by=SYSTEM, of=ada)
    set_meeting_desk(shy, by=SYSTEM, is_open=False)
    assert Meeting.objects.get().state == "declined"


def test_requests_expire_and_are_few(river: Delegation) -> None:
    ada = accredited(river, "Ada")
    others = [accredited(river, f"Bo{n}") for n in range(3)]
    meetings = [propose_meeting(ada, one, NINE, by=SYSTEM) for one in others]
    decline_meeting(meetings[1], by=SYSTEM)
    withdraw_meeting(meetings[2], by=SYSTEM)
    assert MOST_OPEN > 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summitry.guests.actions.meeting.MOST_OPEN", 1)
        with pytest.raises(TooManyRequests):
            propose_meeting(ada, others[1], NINE, by=SYSTEM)
    with clock.frozen(NOW + dt.timedelta(hours=48)):
        with pytest.raises(StaleState):
            accept_meeting(meetings[0], by=SYSTEM)
        expire_meetings.func()
    assert list(Meeting.objects.order_by("pk").values_list("state", flat=True)) == [
        "expired",
        "declined",
        "withdrawn",
    ]


def test_guest_who_goes_leaves_her_meetings(river: Delegation) -> None:
    ada, bo, cy = (accredited(river, name) for name in ("Ada", "Bo", "Cy"))
    accept_meeting(propose_meeting(ada, bo, NINE, by=SYSTEM), by=SYSTEM)
    propose_meeting(cy, ada, NINE + HALF, by=SYSTEM)
    move(ada, "revoked", by=SYSTEM)
    assert set(Meeting.objects.values_list("asker", "state")) == {(ada.pk, "cancelled"), (cy.pk, "declined")}
    assert not DiaryEntry.objects.exists()


def test_what_rooms_know_of_a_guest_s_day_is_busy(river: Delegation, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bo = accredited(river, "Ada"), accredited(river, "Bo")
    monkeypatch.setattr(
        busy, "_makers", {"test": lambda _edition, _guests: [Busy(bo.pk, NINE, NINE + 3 * HALF)]}
    )
    slots = slots_of(river.edition)
    assert (slots[0], len(slots)) == (NINE, 54)
    assert free_slots(river.edition, [ada, bo], NOW) == slots[3:]
    with pytest.raises(SlotTaken):
        propose_meeting(ada, bo, NINE + HALF, by=SYSTEM)
    assert free_slots(river.edition, [ada], slots[-2]) == slots[-1:]


def test_guest_asks_and_answers_by_link(river: Delegation) -> None:
    ada, bo = accredited(river, "Ada", is_open=False), accredited(river, "Bo")
    client, mine = Client(), page_path(ada, "en", "guest:meetings")
    ask = f"{mine}with/{bo.pk}/"
    assert client.get(ask).status_code == 404
    assert "Choose a time" not in client.get(mine).content.decode()
    assert client.post(mine, {"is_open": "on", "about": "Water"}).status_code == 302
    assert "Choose a time" in client.get(mine).content.decode()
    assert client.post(ask, {"slot": "tomorrow"}).status_code == 422
    slot = free_slots(river.edition, [ada, bo], NOW)[0].isoformat()
    assert client.post(ask, {"slot": slot, "words": "Rivers?"}).status_code == 302
    meeting = Meeting.objects.get()
    assert client.post(mine, {"what": "accept", "meeting": meeting.pk}).status_code == 403
    theirs = page_path(bo, "en", "guest:meetings")
    assert "You are asked for a meeting" in client.get(page_path(bo, "en")).content.decode()
    assert client.post(theirs, {"what": "accept", "meeting": meeting.pk}).status_code == 302
    assert client.post(theirs, {"what": "accept", "meeting": meeting.pk}).status_code == 422
    cy = accredited(river, "Cy")
    other = page_path(cy, "en", "guest:meetings")
    assert client.post(other, {"what": "cancel", "meeting": meeting.pk}).status_code == 404
    body = client.get(page_path(ada, "en")).content.decode()
    assert ("Meetings and requests" in body, "Bo" in body) == (True, True)


def test_office_answers_for_a_guest_who_is_met_through_it(river: Delegation) -> None:
    ada, vip = accredited(river, "Ada"), accredited(river, "Vip", via_office=True)
    account = appoint_focal_point(river, "fp@example.org", by=SYSTEM)
    meeting = propose_meeting(ada, vip, NINE, by=SYSTEM)
    letter = Letter.objects.order_by("pk").last()
    assert letter is not None
    assert letter.address == "fp@example.org"
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/en/console/rivertown/guests/meetings/{vip.pk}/"
    assert "Ada" in client.get(url).content.decode()
    assert client.post(url, {"what": "accept", "meeting": meeting.pk}).status_code == 302
    assert Meeting.objects.get().state == "accepted"
    quiet = accredited(river, "Quiet", is_open=False)
    with pytest.raises(PermissionRefused):
        set_meeting_desk(quiet, by=account.actor(), is_open=True)
    assert client.post(url.replace(str(vip.pk), str(quiet.pk)), {"is_open": "on"}).status_code == 302
    assert (desk_of(quiet).is_open, desk_of(quiet).via_office) == (True, True)
    stranger = Client()
    stranger.force_login(make_account(), backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(url).status_code == 403
