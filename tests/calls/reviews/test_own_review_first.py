"""Whoever has an entry still to review sees no figure of it and no word about it, whatever office she holds, in any door."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from summitry.calls import urls
from summitry.calls.actions.advancing import decide_round
from summitry.calls.actions.assigning_by_hand import take_back
from summitry.calls.actions.calibrating import approve_calibration, ask_calibration
from summitry.calls.actions.deciding import decide
from summitry.calls.actions.round import close_round, open_round
from summitry.calls.enums import AssignmentState, EntryState, Verdict
from summitry.calls.errors import OwnReviewFirst
from summitry.calls.models import Assignment, Computation, Decision, Entry, Remark, Review, Round
from summitry.calls.permissions import CHAIR, MANAGER
from summitry.calls.queries.calibration import marks_of, may_screen, shown_calibration
from summitry.calls.queries.record_export import record_parts
from summitry.calls.record.lines import Grade
from summitry.foundation.access import Scope, visible, within
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from tests.calls.jury.test_no_leak import _shown
from tests.calls.make import SYSTEM, make_round
from tests.calls.rounds.house import House, assigned, make_house, reviewed, stored
from tests.calls.rounds.test_deciding import calibrated
from tests.directory.make import make_account

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
OFFICES = (MANAGER.code, CHAIR.code)
HASHES = {"record", "record_file"}
"""Pages that show the hash of every step, whatever it was."""


def due(*offices: str) -> tuple[House, Account]:
    """Four entries that three jurors read; the first juror leads the jury, too, and has the first entry still to review."""
    house = make_house(entries=4, jurors=3, reads=3)
    account = make_account()
    house.jurors[0].account = account
    house.jurors[0].save()
    for role in ("juror", *offices):
        grant_role(account, role, Scope("call", house.call.pk), by=SYSTEM)
    assigned(house, [(entry, juror) for entry in range(4) for juror in range(3)])
    open_round(house.round, by=SYSTEM)
    for entry in range(4):
        for juror in range(3):
            if (entry, juror) != (0, 0):
                reviewed(house, entry, juror, 9 - 2 * entry)
    calibration = stored(ask_calibration(house.round, by=SYSTEM), calibrated(house))
    approve_calibration(calibration, by=SYSTEM)
    return house, account


def judge_otherwise(house: House) -> None:
    """Let the others think as badly of the first entry as they thought well, and let the calibration say so."""
    others = Review.objects.filter(assignment__entry=house.entries[0]).exclude(
        assignment__juror=house.jurors[0]
    )
    for review in others:
        review.marks = dict.fromkeys(review.marks, 1)
        review.score, review.remarks = 1, "Weak"
        review.save()
    answer = calibrated(house)
    worst = {"mean": 1.0, "median": 1.0, "spread": 0.0, "score": 1.2, "chance": 0.01}
    answer["estimates"][0] |= worst
    Computation.objects.filter(call=house.call, task="calibration").delete()
    approve_calibration(stored(ask_calibration(house.round, by=SYSTEM), answer), by=SYSTEM)
    Computation.objects.filter(call=house.call, task="calibration").update(number=2)
    Remark.objects.create(round=house.round, entry=house.entries[0], words="I changed my mind")


def pages(house: House) -> list[str]:
    """Return every console page of the call, of its first round and of the first entry in it."""
    known = {"call": house.call.slug, "number": 1, "entry": 1}
    found = [one for one in urls.console if one.name not in HASHES]
    slug = house.call.edition.slug
    made = [
        reverse(f"calls:{one.name}", args=[slug, *(known[name] for name in one.pattern.converters)])
        for one in found
        if one.pattern.converters.keys() <= known.keys() and "call" in one.pattern.converters
    ]
    place = f"/api/v1/editions/{slug}/calls/{house.call.slug}"
    api = ("rounds", "rounds/1/calibration", "rounds/1/assignments", "entries", "entries/1", "jurors")
    sorted_ = reverse("calls:round_decision", args=[slug, house.call.slug, 1]) + "?show=contested"
    return [*made, sorted_, *(f"{place}/{one}" for one in api)]


def seen(account: Account, addresses: list[str]) -> dict[str, Any]:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return {
        address: client.get(address).content if "/api/" in address else _shown(client, address)
        for address in addresses
    }


def test_pages_tell_nothing_of_an_entry_before_ones_own_review() -> None:
    """Whatever the others said of the entry, who has it still to review reads the very same pages; then she sees it."""
    house, account = due(*OFFICES)
    before = seen(account, pages(house))
    judge_otherwise(house)
    after = seen(account, pages(house))
    assert [address for address in before if before[address] != after[address]] == []
    own = Assignment.objects.filter(entry=house.entries[0], juror=house.jurors[0])
    own.update(state=AssignmentState.SUBMITTED)
    told = seen(account, pages(house))
    names = ("/rounds/1/calibration/", "/rounds/1/decision/", "/reviews/1/", "/api/")
    changed = [address for address in after if after[address] != told[address]]
    assert all(any(name in address for address in changed) for name in names)


@pytest.mark.parametrize("office", OFFICES)
def test_queries_leave_the_entry_out_before_ones_own_review(office: str) -> None:
    house, account = due(office)
    actor, first = account.actor(), house.entries[0]
    calibration = house.call.computations.get(task="calibration")
    rows = shown_calibration(calibration, actor)
    assert ([row.entry_id for row in rows.rows], rows.hidden) == ([one.pk for one in house.entries[1:]], True)
    assert sorted(marks_of(house.round, actor, [one.pk for one in house.entries])) == [
        one.pk for one in house.entries[1:]
    ]
    assert not may_screen(actor, calibration)
    with pytest.raises(PermissionRefused):
        record_parts(house.call, Grade.AUDITOR, actor)
    own = reviewed_by_others(house)
    for rows_ in (visible(actor, Review.objects.all()), within(actor, Review.objects.all())):
        assert not rows_.filter(pk__in=own).exists()
        assert rows_.filter(assignment__entry=house.entries[1]).count() == 3
    assert not Assignment.objects.filter(entry=first).exclude(pk__in=visible(actor, Assignment.objects.all()))


def reviewed_by_others(house: House) -> list[int]:
    rows = Review.objects.filter(assignment__entry=house.entries[0])
    return list(rows.exclude(assignment__juror=house.jurors[0]).values_list("pk", flat=True))


def test_her_own_review_stays_hers_to_see() -> None:
    house, account = due(CHAIR.code)
    own = Assignment.objects.get(entry=house.entries[0], juror=house.jurors[0])
    mine = Review.objects.create(assignment=own, marks={"criterion-1": 4}, score=4)
    found = visible(account.actor(), Review.objects.filter(assignment__entry=house.entries[0]))
    assert list(found) == [mine]


def test_a_later_round_hides_what_was_said_in_the_one_before() -> None:
    """The chair gets an entry in the second round: until she has reviewed it there, the first round is silent about it."""
    house, account = due(CHAIR.code)
    Assignment.objects.filter(juror=house.jurors[0]).update(state=AssignmentState.SUBMITTED)
    second = make_round(house.call, 2, reads=1)
    close_round(house.round, by=SYSTEM)
    decide_round(house.round, by=SYSTEM)
    Round.objects.filter(pk=second.pk).update(state="reading")
    calibration = house.call.computations.get(task="calibration")
    assert len(shown_calibration(calibration, account.actor()).rows) == 4
    again = Assignment.objects.create(round=second, entry=house.entries[0], juror=house.jurors[0])
    assert len(shown_calibration(calibration, account.actor()).rows) == 3
    client = Client()
    client.force_login(account, backend=BACKEND)
    address = reverse("calls:round_entry_reviews", args=[house.call.edition.slug, house.call.slug, 1, 1])
    page = client.get(address).content.decode()
    assert ("after your own review" in page, "/panel/2/1/" in page) == (True, True)
    Round.objects.filter(pk=second.pk).update(state="closed")
    assert len(shown_calibration(calibration, account.actor()).rows) == 4
    assert again.state == AssignmentState.GIVEN


def test_nobody_decides_about_candidates_before_her_own_review() -> None:
    house, account = due(CHAIR.code)
    Entry.objects.filter(call=house.call).update(state=EntryState.SHORTLISTED)
    client = Client()
    client.force_login(account, backend=BACKEND)
    page = client.get(reverse("calls:selection", args=[house.call.edition.slug, house.call.slug]))
    assert ("Entry 1" in page.content.decode(), "Entry 2" in page.content.decode()) == (False, True)
    entry = Entry.objects.select_related("call__edition").get(pk=house.entries[1].pk)
    with pytest.raises(OwnReviewFirst):
        decide(entry, Verdict.SELECTED, by=account.actor(), reason="Good")
    assert not Decision.objects.exists()


def test_nobody_takes_her_own_entry_back_to_look_at_the_others() -> None:
    house, account = due(CHAIR.code)
    own = Assignment.objects.select_related("round__call", "juror").get(
        entry=house.entries[0], juror=house.jurors[0]
    )
    with pytest.raises(OwnReviewFirst):
        take_back(own, by=account.actor())
    take_back(own, by=SYSTEM)
    assert own.state == AssignmentState.TAKEN_BACK
