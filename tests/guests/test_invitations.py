"""Invitations: sent, answered, passed on, reminded of, withdrawn; each letter once, each answer once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.audit import sentence
from summitry.foundation.errors import (
    InvalidInput,
    PermissionRefused,
    StaleState,
    SummitryError,
    TransitionRefused,
)
from summitry.foundation.models import AuditEntry
from summitry.guests.actions.answering import (
    Named,
    accept_invitation,
    answer_on_behalf,
    decline_invitation,
    pass_on_invitation,
)
from summitry.guests.actions.invitation import (
    draft_invitations,
    remind_invitations,
    send_invitations,
    withdraw_invitations,
)
from summitry.guests.actions.invitation_reminders import see_to_invitations
from summitry.guests.enums import GuestState, InvitationState
from summitry.guests.errors import AddressMissing, AnswerByMissing, WindowClosed
from summitry.guests.models import Category, Guest, Invitation
from summitry.guests.permissions import FOCAL_POINT, GUEST_OFFICE
from summitry.guests.queries.guest_links import opened_by, secret_of
from summitry.mailing.models import Letter
from tests.directory.make import make_person, name
from tests.editions.make import in_edition, make_edition
from tests.guests.make import SYSTEM, in_scope, make_category, make_guest

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(days=20)
S, G = InvitationState, GuestState


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def invited(
    edition: Edition, who: str = "", category: Category | None = None, *, sent: bool = True
) -> Invitation:
    """Make a guest with an address, and her invitation."""
    number = Guest.objects.count()
    person = make_person(name("display", "en", who or f"Guest {number}"), email=f"g{number}@example.org")
    (row,) = draft_invitations([make_guest(edition, category, person)], by=SYSTEM, answer_by=DUE)
    if sent:
        send_invitations([row], by=SYSTEM)
        row.refresh_from_db()
    return row


def state(row: Invitation) -> tuple[str, str]:
    row = Invitation.objects.select_related("guest").get(pk=row.pk)
    return row.state, row.guest.state


def link_of(row: Invitation):
    opened = opened_by(secret_of(row.guest))
    assert opened is not None
    return opened.actor


def test_an_invitation_is_drafted_once_and_sent_as_the_edition_holds_letters():
    edition = make_edition()
    row = invited(edition, sent=False)
    assert draft_invitations([row.guest], by=SYSTEM) == []
    assert state(row) == (S.DRAFT, G.INVITED)
    office = in_edition(GUEST_OFFICE.code, edition)
    send_invitations([row], by=office)
    assert state(row) == (S.SENT, G.INVITED)
    letter = Letter.objects.get()
    assert (letter.mailing.notice, letter.mailing.state) == ("guest_invitation", "held")
    assert secret_of(row.guest) not in letter.text  # the link is sealed in the outbox
    assert "21 September 2026, 16:00 (Asia/Shanghai)" in letter.text
    assert AuditEntry.objects.filter(action="guests.invitations.sent", edition_id=edition.pk).count() == 1


def test_the_time_to_answer_is_told_by_both_clocks():
    edition = make_edition()
    row = invited(edition, sent=False)
    Guest.objects.filter(pk=row.guest_id).update(zone_name="Africa/Nairobi", language="fr")
    send_invitations([row], by=SYSTEM)
    letter = Letter.objects.get()
    assert letter.lang == "fr"
    assert (
        "21 septembre 2026, 16:00 (Asia/Shanghai) – 21 septembre 2026, 11:00 (Africa/Nairobi)" in letter.text
    )


def test_sending_many_is_all_or_nothing():
    edition = make_edition()
    rows = [invited(edition, sent=False) for _ in range(3)]
    nobody = make_guest(edition)
    rows += draft_invitations([nobody], by=SYSTEM, answer_by=DUE)
    with pytest.raises(AddressMissing):
        send_invitations(rows, by=SYSTEM)
    assert {state(row)[0] for row in rows} == {S.DRAFT}
    send_invitations(rows[:3], by=SYSTEM)
    assert Letter.objects.count() == 3
    with pytest.raises(StaleState):
        send_invitations(rows[:3], by=SYSTEM)


def test_an_invitation_needs_a_time_to_come():
    edition = make_edition()
    row = invited(edition, sent=False)
    Invitation.objects.update(answer_by=None)
    for given in (None, NOW):
        with pytest.raises(AnswerByMissing):
            send_invitations([row], by=SYSTEM, answer_by=given)


@pytest.mark.parametrize(
    ("steps", "after"),
    [(["application", "decision"], G.APPLYING), (["decision"], G.DECIDING), ([], G.CONFIRMED)],
)
def test_accepting_leads_to_the_first_step_of_the_category(steps: list[str], after: str):
    edition = make_edition()
    row = invited(edition, category=make_category(edition, steps=steps))
    accept_invitation(row, by=link_of(row), remark="With pleasure")
    assert state(row) == (S.ACCEPTED, after)
    row.refresh_from_db()
    assert (row.remark, row.answered_at) == ("With pleasure", NOW)
    assert "pleasure" not in str(list(AuditEntry.objects.values_list("before", "after", "params")))


def test_declining_and_coming_after_all():
    edition = make_edition()
    row = invited(edition)
    me = link_of(row)
    decline_invitation(row, by=me, remark="I am travelling.")
    assert state(row) == (S.DECLINED, G.DECLINED)
    accept_invitation(row, by=me)
    assert state(row) == (S.ACCEPTED, G.APPLYING)
    decline_invitation(row, by=me)
    assert state(row) == (S.DECLINED, G.DECLINED)


def test_an_answer_is_taken_once():
    edition = make_edition()
    row = invited(edition)
    other = Invitation.objects.get(pk=row.pk)
    accept_invitation(row, by=link_of(row))
    with pytest.raises(StaleState):
        decline_invitation(other, by=link_of(row))
    assert state(row) == (S.ACCEPTED, G.APPLYING)


def test_a_guest_answers_her_own_invitation_and_no_other():
    edition = make_edition()
    row, other = invited(edition), invited(edition)
    for act in (accept_invitation, decline_invitation):
        with pytest.raises(PermissionRefused):
            act(row, by=link_of(other))
    with pytest.raises(PermissionRefused):
        pass_on_invitation(row, Named("X", "x@example.org"), by=link_of(other))
    for step in (send_invitations, withdraw_invitations, remind_invitations):
        with pytest.raises(PermissionRefused):
            step([row], by=in_scope(FOCAL_POINT.code, "delegation", 1))


def test_who_is_late_asks_the_office():
    edition = make_edition()
    row = invited(edition)
    with clock.frozen(DUE + dt.timedelta(hours=1)):
        with pytest.raises(WindowClosed):
            accept_invitation(row, by=link_of(row))
        see_to_invitations.func()
        assert state(row) == (S.EXPIRED, G.INVITED)
        row.refresh_from_db()
        accept_invitation(row, by=in_edition(GUEST_OFFICE.code, edition))
    assert state(row) == (S.ACCEPTED, G.APPLYING)


def test_passing_on_makes_a_proposal_that_the_office_sends():
    edition = make_edition()
    row = invited(edition, "Minister")
    draft = pass_on_invitation(
        row, Named("Sihan Chen", "Chen@Example.org", "陈思涵", "zh-hans"), by=link_of(row), remark="My deputy"
    )
    assert state(row) == (S.DELEGATED, G.DECLINED)
    assert state(draft) == (S.DRAFT, G.INVITED)
    row.refresh_from_db()
    assert row.passed_to == draft.guest
    person = draft.guest.person
    assert person.email == "chen@example.org"
    assert set(person.names.values_list("use", "lang", "text")) == {
        ("latin", "en", "Sihan Chen"),
        ("native", "zh-hans", "陈思涵"),
    }
    assert Letter.objects.count() == 1  # nothing goes to her before the office says so
    send_invitations([draft], by=in_edition(GUEST_OFFICE.code, edition))
    assert Letter.objects.count() == 2


def test_passing_on_needs_a_name_and_an_address():
    edition = make_edition()
    row = invited(edition)
    with pytest.raises(InvalidInput) as refusal:
        pass_on_invitation(row, Named(" ", "not an address"), by=link_of(row))
    assert set(refusal.value.fields) == {"name", "email"}
    assert state(row) == (S.SENT, G.INVITED)
    assert Guest.objects.count() == 1


def test_a_withdrawn_invitation_can_be_sent_again():
    edition = make_edition()
    row = invited(edition)
    withdraw_invitations([row], by=SYSTEM, reason="A mistake")
    assert state(row) == (S.WITHDRAWN, G.WITHDRAWN)
    row.refresh_from_db()
    with pytest.raises(TransitionRefused):
        accept_invitation(row, by=link_of(row))
    send_invitations([row], by=SYSTEM)
    assert state(row) == (S.SENT, G.INVITED)


def test_nobody_is_reminded_twice_within_a_day():
    edition = make_edition()
    row, answered = invited(edition), invited(edition)
    accept_invitation(answered, by=link_of(answered))
    assert remind_invitations([row, answered], by=SYSTEM) == 1
    row.refresh_from_db()
    assert (row.reminders, row.reminded_at) == (1, NOW)
    assert remind_invitations([row], by=SYSTEM) == 0
    assert Letter.objects.filter(mailing__notice="guest_reminder").count() == 1


def test_reminders_come_on_three_days_and_once_each():
    edition = make_edition()
    row = invited(edition)
    sent = []
    for hours in range(0, 21 * 24, 6):
        with clock.frozen(NOW + dt.timedelta(hours=hours)):
            see_to_invitations.func()
            see_to_invitations.func()
        sent.append(Letter.objects.filter(mailing__notice="guest_reminder").count())
    assert sorted(set(sent)) == [0, 1, 2, 3]
    assert state(row) == (S.EXPIRED, G.INVITED)


def test_who_was_invited_late_is_not_reminded_at_once():
    edition = make_edition()
    with clock.frozen(DUE - dt.timedelta(days=5)):
        invited(edition)
        see_to_invitations.func()
    assert Letter.objects.filter(mailing__notice="guest_reminder").count() == 0


def test_invitations_of_two_editions_are_not_mixed():
    rows = [invited(make_edition(), sent=False) for _ in range(2)]
    with pytest.raises((SummitryError, ValueError)):
        send_invitations(rows, by=SYSTEM)
    assert Letter.objects.count() == 0


def test_office_answers_for_a_guest_and_says_who_told_it():
    edition = make_edition()
    row, other, third = invited(edition), invited(edition), invited(edition)
    office = in_edition(GUEST_OFFICE.code, edition)
    with pytest.raises(InvalidInput) as refused:
        answer_on_behalf(row, "delegated", by=office, said_by=" ")
    assert set(refused.value.fields) == {"answer", "said_by"}
    with pytest.raises(PermissionRefused):
        answer_on_behalf(row, S.ACCEPTED, by=link_of(row), said_by="Myself")
    with clock.frozen(DUE + dt.timedelta(days=1)):  # the office still may, when a guest is late
        answer_on_behalf(row, S.ACCEPTED, by=office, said_by="Her office,  by telephone", remark="With joy")
    answer_on_behalf(other, S.DECLINED, by=office, said_by="Ms Lin")
    decline_invitation(third, by=link_of(third))
    assert [state(one) for one in (row, other, third)] == [
        (S.ACCEPTED, G.APPLYING),
        (S.DECLINED, G.DECLINED),
        (S.DECLINED, G.DECLINED),
    ]
    assert list(Invitation.objects.order_by("pk").values_list("said_by", "remark")) == [
        ("Her office, by telephone", "With joy"),
        ("Ms Lin", ""),
        ("", ""),
    ]
    told = [sentence(entry) for entry in AuditEntry.objects.filter(action__startswith="guests.invitation.")]
    assert f"{office.label} accepted the invitation on behalf of {row}." in told
    assert f"{office.label} declined the invitation on behalf of {other}." in told
    assert not any("telephone" in one for one in told)


def test_withdrawn_invitation_is_told_to_whom_it_was_sent_to():
    edition = make_edition()
    sent, draft = invited(edition), invited(edition, sent=False)
    withdraw_invitations([sent, draft], by=SYSTEM, reason="The hall is too small.")
    letters = Letter.objects.filter(mailing__notice="guest_uninvited").select_related("mailing")
    assert [(letter.address, letter.mailing.state) for letter in letters] == [
        (sent.guest.person.email, "held")
    ]
    assert "hall" not in letters[0].text
