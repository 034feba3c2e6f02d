"""Jurors: appointed, invited, accepted, declined, gone; what they may enter meanwhile."""

from __future__ import annotations

import pytest

from summitry.calls.actions.conflict import decide_conflict, declare_conflict
from summitry.calls.actions.juror import (
    accept_appointment,
    appoint_juror,
    invite_juror,
    leave_jury,
    update_juror,
)
from summitry.calls.actions.panel import create_panel, remove_panel
from summitry.calls.enums import RoundKind, StepKind
from summitry.calls.errors import InConflict, StillUsed
from summitry.calls.models import Final, Step
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, Grant
from summitry.mailing.models import Letter
from tests.calls.jury.people import account_of, actor_of
from tests.calls.make import SYSTEM, make_area, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account, make_organisation, make_person, name

pytestmark = pytest.mark.django_db


def _held(account: Account) -> set[str]:
    return set(Grant.objects.filter(account=account).values_list("role", flat=True))


def test_juror_is_let_in_by_the_invitation_and_out_when_she_leaves() -> None:
    call = make_call()
    person = make_person(name("display", "en", "Ana Lima"), email="ana@jury.example")
    juror = appoint_juror(call, person, by=SYSTEM)
    with pytest.raises(InvalidInput):
        appoint_juror(call, person, by=SYSTEM)
    invite_juror(juror, by=SYSTEM)
    account = Account.objects.get(email="ana@jury.example")
    assert (juror.account, _held(account)) == (account, {"juror", "partner"})
    accept_appointment(juror, by=account.actor())
    leave_jury(juror, by=account.actor())
    assert _held(account) == set()
    steps = Step.objects.filter(call=call, kind=StepKind.JUROR).values_list("content__did", flat=True)
    assert list(steps) == ["appointed", "invited", "accepted", "left"]


def test_a_chair_is_appointed_by_who_may_decide() -> None:
    call = make_call()
    manager, chair = actor_of(call, "manager"), actor_of(call, "chair")
    juror = make_juror(call, account=make_account())
    assert juror.account is not None
    with pytest.raises(PermissionRefused):
        appoint_juror(call, make_person(), by=chair)
    with pytest.raises(PermissionRefused):
        appoint_juror(call, make_person(), by=manager, is_chair=True)
    with pytest.raises(PermissionRefused):
        update_juror(juror, by=manager, is_chair=True)
    with pytest.raises(PermissionRefused):
        update_juror(juror, by=juror.account.actor(), is_chair=True)
    update_juror(juror, by=SYSTEM, is_chair=True)
    assert "jury_chair" in _held(juror.account)
    update_juror(juror, by=SYSTEM, is_chair=False)
    assert _held(juror.account) == {"juror", "partner"}


def test_a_juror_says_of_herself_what_is_hers_to_say() -> None:
    call = make_call()
    make_area(call, "water")
    juror, other = (make_juror(call, account=make_account()) for _n in range(2))
    assert juror.account is not None
    mine = juror.account.actor()
    update_juror(juror, by=mine, most=7, expertise=["water"], words="Rivers")
    for facts in ({"expertise": ["fire"]}, {"expertise": ["water", "water"]}, {"least": 9}):
        with pytest.raises(InvalidInput):
            update_juror(juror, by=mine, **facts)
    with pytest.raises(PermissionRefused):
        update_juror(juror, by=mine, organisation=make_organisation())
    with pytest.raises(PermissionRefused):
        update_juror(other, by=mine, most=1)
    juror.refresh_from_db()
    assert (juror.most, juror.expertise, juror.words, juror.organisation) == (7, ["water"], "Rivers", None)


def test_an_invitation_needs_an_address_and_sends_a_letter() -> None:
    call = make_call()
    with pytest.raises(InvalidInput):
        invite_juror(appoint_juror(call, make_person(), by=SYSTEM), by=SYSTEM)
    invite_juror(appoint_juror(call, make_person(email="ana@jury.example"), by=SYSTEM), by=SYSTEM)
    assert Letter.objects.get(mailing__notice="jury_invitation").address == "ana@jury.example"


def test_nobody_decides_about_her_own_conflict() -> None:
    call = make_call()
    account = account_of(call, "manager")
    juror = make_juror(call, account=account)
    conflict = declare_conflict(juror, make_entry(call), "funder", by=account.actor())
    assert conflict.state == "open"
    with pytest.raises(InConflict):
        decide_conflict(conflict, "dismissed", by=account.actor(), words="I am fair")
    with pytest.raises(InvalidInput):
        decide_conflict(conflict, "dismissed", by=SYSTEM)
    decide_conflict(conflict, "dismissed", by=SYSTEM, words="No kin")
    again = declare_conflict(juror, conflict.entry, "funder", by=account.actor(), words="I do fund it")
    assert (again.pk, again.state, again.words, again.decided_at) == (
        conflict.pk,
        "open",
        "I do fund it",
        None,
    )


def test_a_panel_that_judges_a_final_stays() -> None:
    call = make_call()
    panel = create_panel(call, by=SYSTEM, name=Text.of("On stage"))
    Final.objects.create(round=make_round(call, kind=RoundKind.LIVE), panel=panel)

    with pytest.raises(StillUsed):
        remove_panel(panel, by=SYSTEM)
    Final.objects.all().delete()
    remove_panel(panel, by=SYSTEM)
    assert not call.panels.exists()
