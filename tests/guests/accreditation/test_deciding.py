"""Decisions: who takes which, what they lead to, and what the guest is told."""

from __future__ import annotations

import pytest

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Actor, Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.foundation.grants import grant_role
from summitry.guests.actions.deciding import agree, appeal, confirm, decide, reject
from summitry.guests.actions.moving import move
from summitry.guests.actions.screening import answer_entries, make_screening_list
from summitry.guests.enums import DecisionKind, GuestState, Step
from summitry.guests.errors import (
    AppealedBefore,
    OwnRecord,
    ProposalWaits,
    QuotaFull,
    SameOfficer,
    SecondPerson,
)
from summitry.guests.models import Appeal, Decision, Guest, Proposal
from summitry.guests.permissions import FOCAL_POINT, GUEST_OFFICE, SCREENING
from summitry.guests.queries.guest_links import Opened
from summitry.mailing.models import Letter
from tests.directory.make import make_person
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, make_officer, officer
from tests.guests.delegations.make import make_delegation
from tests.guests.make import SYSTEM, make_category, make_guest

pytestmark = pytest.mark.django_db

G, K = GuestState, DecisionKind
SHORT = [Step.APPLICATION, Step.DECISION]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def herself(guest: Guest):
    return Opened(guest, is_current=True).actor


def proposed(guest: Guest, by: Actor) -> Proposal:
    proposal = decide(guest, K.REFUSE, by=by, reason="No")
    assert isinstance(proposal, Proposal)
    return proposal


def letters() -> list[tuple[str, str, str]]:
    return list(Letter.objects.order_by("pk").values_list("mailing__notice", "address", "state"))


def test_application_goes_the_whole_way(edition):
    guest, one = make_applicant(edition), officer(edition)
    steps = []
    for kind, by in (
        (K.COMPLETE, one),
        (K.CLEAR, officer(edition, "liaison", SCREENING.code)),
        (K.APPROVE, one),
    ):
        decide(guest, kind, by=by, seen=guest.state)
        steps.append(guest.state)
    confirm(guest, by=herself(guest))
    assert [*steps, fresh(guest).state] == [G.SCREENING, G.DECIDING, G.APPROVED, G.CONFIRMED]
    assert list(guest.decisions.order_by("pk").values_list("kind", "was", "now", "actor_label")) == [
        ("complete", "submitted", "screening", "officer@example.org"),
        ("clear", "screening", "deciding", "liaison@example.org"),
        ("approve", "deciding", "approved", "officer@example.org"),
    ]
    assert letters() == [("guest_approved", "ada@example.org", "queued")]


@pytest.mark.parametrize(
    ("steps", "was", "now"),
    [
        ([Step.APPLICATION], "applying", "confirmed"),
        ([Step.APPLICATION, Step.CONFIRMATION], "applying", "approved"),
        ([Step.APPLICATION, Step.SCREENING], "applying", "screening"),
        (SHORT, "applying", "deciding"),
        (list(Step), "applying", "submitted"),
    ],
)
def test_steps_that_a_category_lacks_are_passed(edition, steps, was, now):
    guest = make_applicant(edition, was, make_category(edition, steps=steps))
    move(guest, G.SUBMITTED, by=SYSTEM)
    assert fresh(guest).state == now


def test_screening_without_a_decision_admits_who_passes(edition):
    category = make_category(edition, steps=[Step.APPLICATION, Step.SCREENING])
    guest = make_applicant(edition, G.SUBMITTED, category)
    decide(guest, K.CLEAR, by=officer(edition))
    assert fresh(guest).state == G.CONFIRMED


def test_who_passes_nobody_alone_waits_for_two(edition):
    category = make_category(edition, steps=[Step.APPLICATION], needs_two=True)
    assert make_applicant(edition, G.SUBMITTED, category).state == G.DECIDING


def test_decision_asks_for_what_it_needs(edition):
    guest, by = make_applicant(edition, G.DECIDING), officer(edition)
    for kind, field in ((K.ASK, "told"), (K.REFUSE, "reason")):
        with pytest.raises(InvalidInput) as refusal:
            decide(guest, kind, by=by)
        assert list(refusal.value.fields) == [field]
    with pytest.raises(InvalidInput) as refusal:
        decide(guest, K.HOLD, by=by, reason="x" * 2001)
    assert refusal.value.fields == {"reason": ["At most 2000 characters are possible."]}
    with pytest.raises(TransitionRefused):
        decide(guest, K.REVOKE, by=by, reason="Why")
    with pytest.raises(PermissionRefused):
        decide(guest, K.HOLD, by=officer(edition, "office", GUEST_OFFICE.code))
    assert (fresh(guest).state, Decision.objects.count()) == (G.DECIDING, 0)


def test_refusal_tells_no_reasons(edition):
    guest = make_applicant(edition, G.DECIDING)
    decide(guest, K.REFUSE, by=officer(edition), reason="Objection of the authorities", told="Thank you.")
    letter = Letter.objects.get()
    assert "Thank you." in letter.text
    assert "Objection" not in letter.text + letter.html
    assert Decision.objects.get().reason == "Objection of the authorities"


def test_asked_guest_is_told_what_is_missing(edition):
    guest = make_applicant(edition, G.SUBMITTED, make_category(edition), language="fr")
    decide(guest, K.ASK, by=officer(edition), told="Une photo\nUne lettre")
    letter = Letter.objects.get()
    assert (letter.lang, letter.subject[:17]) == ("fr", "Merci de compléte")
    assert "- Une photo\n- Une lettre" in letter.text


def test_nobody_decides_about_herself_or_hers(edition):
    account = make_officer(edition)
    me = make_applicant(edition, G.DECIDING, email="OFFICER@example.org", who="Officer")
    by = account.actor()
    companion = make_guest(edition, me.category, make_person(), principal=me)
    other = make_guest(edition, me.category, make_person(account=account), principal=None)
    for guest in (me, companion, other):
        Guest.objects.filter(pk=guest.pk).update(state=G.DECIDING)
        with pytest.raises(OwnRecord):
            decide(fresh(guest), K.APPROVE, by=by)
    principal = make_applicant(edition, G.DECIDING, me.category)
    Guest.objects.filter(pk=me.pk).update(principal=principal.pk)
    with pytest.raises(OwnRecord):
        decide(fresh(principal), K.APPROVE, by=by)


def test_two_people_agree(edition):
    guest = make_applicant(edition, G.DECIDING, make_category(edition, steps=SHORT, needs_two=True))
    one, other = officer(edition), officer(edition, "second", DIRECTOR.code)
    proposal = decide(guest, K.APPROVE, by=one, told="Welcome.")
    assert isinstance(proposal, Proposal)
    assert fresh(guest).state == G.DECIDING
    for act in (lambda: decide(guest, K.APPROVE, by=one), lambda: agree(proposal, by=one)):
        with pytest.raises(SecondPerson):
            act()
    with pytest.raises(ProposalWaits):
        decide(guest, K.REFUSE, by=other, reason="No")
    done = decide(guest, K.APPROVE, by=other)
    assert isinstance(done, Decision)
    assert (fresh(guest).state, done.proposed_by, done.actor_label, done.told) == (
        G.CONFIRMED,
        "officer@example.org",
        "second@example.org",
        "Welcome.",
    )
    assert not Proposal.objects.exists()


def test_proposal_is_rejected_or_falls(edition):
    guest = make_applicant(edition, G.DECIDING, make_category(edition, steps=SHORT, needs_two=True))
    one, other = officer(edition), officer(edition, "second")
    proposal = proposed(guest, one)
    reject(proposal, by=other)
    with pytest.raises(StaleState):
        agree(proposal, by=other)
    proposal = proposed(guest, one)
    decide(guest, K.HOLD, by=other)
    with pytest.raises(StaleState):
        agree(proposal, by=other)
    assert fresh(guest).state == G.ON_HOLD


def test_focal_point_and_whom_screening_objects_to_need_two(edition):

    delegation = make_delegation(edition)
    account = make_officer(edition, "focal")
    grant_role(account, FOCAL_POINT.code, Scope("delegation", delegation.pk), by=SYSTEM)
    category = make_category(edition)
    point = make_applicant(edition, G.DECIDING, category, email="focal@example.org", who="Focal")
    objected = make_applicant(edition, G.SCREENING, category, email="x@example.org", who="X")
    liaison = officer(edition, "liaison", SCREENING.code)
    batch = make_screening_list(edition, by=liaison)
    answer_entries(batch, {entry.code: "objects" for entry in batch.entries.all()}, by=liaison)
    assert fresh(objected).state == G.ON_HOLD
    one = officer(edition)
    for guest in (point, objected):
        assert isinstance(decide(fresh(guest), K.APPROVE, by=one), Proposal)


def test_appeal_is_answered_once_by_somebody_else(edition):
    guest = make_applicant(edition, G.DECIDING)
    one, other = officer(edition), officer(edition, "second")
    decide(guest, K.REFUSE, by=one, reason="No")
    guest = fresh(guest)
    with pytest.raises(InvalidInput):
        appeal(guest, "  ", by=herself(guest))
    appeal(guest, "My letter came late.", by=herself(guest))
    with pytest.raises(SameOfficer):
        decide(guest, K.RESET, by=one, reason="Late letter", told="We look again.")
    with pytest.raises(InvalidInput):
        decide(guest, K.REFUSE, by=other, reason="As before")
    decide(guest, K.REFUSE, by=other, reason="As before", told="We are sorry.")
    row = Appeal.objects.get()
    assert (row.text, row.answer, row.answered_by) == (
        "My letter came late.",
        "We are sorry.",
        "second@example.org",
    )
    with pytest.raises(AppealedBefore):
        appeal(fresh(guest), "Again", by=herself(guest))


def test_what_an_officer_saw_must_still_be_so(edition):
    guest, by = make_applicant(edition, G.DECIDING), officer(edition)
    old = fresh(guest)
    decide(guest, K.HOLD, by=by)
    for act in (
        lambda: decide(old, K.APPROVE, by=by),
        lambda: decide(fresh(guest), K.APPROVE, by=by, seen=G.DECIDING),
    ):
        with pytest.raises(StaleState):
            act()
    assert fresh(guest).state == G.ON_HOLD


def test_waiting_guest_is_taken_when_a_place_is_free(edition):
    category = make_category(edition, places=1)
    other = make_applicant(edition, G.DECIDING, category, email="x@example.org")
    guest = make_guest(edition, category, make_person(email="ada@example.org"), state=G.WAITING)
    by = officer(edition)
    with pytest.raises(QuotaFull):
        decide(fresh(guest), K.ADMIT, by=by)
    decide(other, K.REFUSE, by=by, reason="Why")
    decide(fresh(guest), K.ADMIT, by=by)
    assert fresh(guest).state == G.APPLYING
    assert letters()[-1][:2] == ("registration_place", "ada@example.org")
