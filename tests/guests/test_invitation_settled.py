"""What becomes of an invitation when its guest takes another way than answering it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import StaleState
from summitry.guests.actions.answering import accept_invitation, decline_invitation
from summitry.guests.actions.application import save_answers
from summitry.guests.actions.invitation import (
    draft_invitations,
    expire_invitations,
    send_invitations,
    withdraw_invitations,
)
from summitry.guests.actions.nomination import substitute, withdraw
from summitry.guests.enums import GuestState, InvitationState
from summitry.guests.models import Guest, Invitation
from tests.directory.make import make_person, name
from tests.editions.make import make_edition
from tests.guests.delegations.make import make_delegation, nominee
from tests.guests.make import SYSTEM, make_category, make_field, make_guest

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
S, G = InvitationState, GuestState


@pytest.fixture(autouse=True)
def _in_september() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def invited(*, sent: bool = True) -> Invitation:
    """Make a guest of a delegation, and her invitation."""
    edition = make_edition()
    category = make_category(edition)
    make_field(edition, "post")
    delegation = make_delegation(edition, "Riverland", (category, 1))
    person = make_person(name("display", "en", "Ada"), email="ada@example.org")
    guest = make_guest(edition, category, person, delegation=delegation)
    (row,) = draft_invitations([guest], by=SYSTEM, answer_by=NOW + dt.timedelta(days=20))
    if sent:
        send_invitations([row], by=SYSTEM)
    return fresh(row)


def fresh(row: Invitation) -> Invitation:
    related = ("guest__edition", "guest__category", "guest__person", "guest__delegation__edition")
    return Invitation.objects.select_related(*related).get(pk=row.pk)


def states(row: Invitation) -> tuple[str, str]:
    row = fresh(row)
    return row.state, row.guest.state


def test_who_applies_has_accepted():
    row = invited()
    save_answers(row.guest, {"post": "Mayor"}, by=SYSTEM)
    assert states(row) == (S.ACCEPTED, G.APPLYING)
    assert fresh(row).answered_at == NOW
    decline_invitation(fresh(row), by=SYSTEM)
    assert states(row) == (S.DECLINED, G.DECLINED)


def test_who_applies_late_has_accepted_as_well():
    row = invited()
    with clock.frozen(NOW + dt.timedelta(days=30)):
        expire_invitations(row.guest.edition, by=SYSTEM)
        assert states(row) == (S.EXPIRED, G.INVITED)
        save_answers(row.guest, {"post": "Mayor"}, by=SYSTEM)
    assert states(row) == (S.ACCEPTED, G.APPLYING)


def test_who_is_replaced_can_no_longer_answer():
    row = invited()
    other = substitute(row.guest, nominee("Bo"), by=SYSTEM)
    assert states(row) == (S.WITHDRAWN, G.REPLACED)
    with pytest.raises(StaleState):
        accept_invitation(row, by=SYSTEM)
    assert Guest.objects.get(pk=other.pk).state == G.NOMINATED


@pytest.mark.parametrize("sent", [True, False])
def test_who_is_withdrawn_is_not_asked_any_more(sent: bool):
    row = invited(sent=sent)
    withdraw(row.guest, by=SYSTEM)
    assert states(row) == (S.WITHDRAWN, G.WITHDRAWN)


def test_what_was_answered_stays_what_was_answered():
    row = invited()
    accept_invitation(row, by=SYSTEM)
    guest = fresh(row).guest
    withdraw(guest, by=SYSTEM)
    assert states(row) == (S.ACCEPTED, G.WITHDRAWN)
    other = invited()
    withdraw_invitations([other], by=SYSTEM)
    send_invitations([fresh(other)], by=SYSTEM)
    assert states(other) == (S.SENT, G.INVITED)
