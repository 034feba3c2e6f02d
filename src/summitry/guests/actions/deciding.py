"""Decisions about applications: who may take which, when two have to agree, and what becomes of the guest."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import checked
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.guests.actions.moving import move
from summitry.guests.actions.telling import tell_of_decision
from summitry.guests.enums import HOLDS_SEAT, GuestState
from summitry.guests.errors import (
    AppealedBefore,
    OwnRecord,
    ProposalWaits,
    SameOfficer,
    SecondPerson,
)
from summitry.guests.models import Appeal, Decision, Guest, Proposal
from summitry.guests.permissions import decided_by
from summitry.guests.queries.steps import ADMITTED, RULES, leads_to
from summitry.guests.queries.two_people import needing_two, own_records, who_refused

LONGEST = 2000
"""Characters of a reason, and of what a guest is told."""


def decide(
    guest: Guest, kind: str, *, by: Actor, reason: str = "", told: str = "", seen: str = ""
) -> Decision | Proposal:
    """Take a decision about an application, or propose it where two people have to agree. Announces GuestMoved.

    `reason` stays inside, `told` goes to the guest by letter; `seen` is the state that the officer saw. Proposing what
    somebody else has proposed is agreeing. Raises OwnRecord, SecondPerson, ProposalWaits, SameOfficer, QuotaFull,
    InvalidInput, TransitionRefused, and StaleState where somebody decided first; then nothing is written.
    """
    rule = RULES[kind]
    require(by, rule.verb, guest)
    check_words(kind, guest.state, reason, told)
    with recording():
        _check_seen(guest, seen)
        if own_records([guest], by):
            raise OwnRecord
        if guest.state == GuestState.APPEALED and by.account_id == who_refused(guest):
            raise SameOfficer
        if not _is_final(guest, kind) or not needing_two([guest]):
            return _carry_out(guest, kind, by=by, reason=reason, told=told)
        proposal = Proposal.objects.filter(guest=guest).first()
        if proposal is None:
            return _propose(guest, kind, by=by, reason=reason, told=told)
        if proposal.kind != kind:
            raise ProposalWaits
        return agree(proposal, by=by, reason=reason, told=told)


def agree(proposal: Proposal, *, by: Actor, reason: str = "", told: str = "") -> Decision:
    """Agree to what somebody else has proposed: it is done. Own words, where given, replace those proposed.

    Announces GuestMoved. Raises SecondPerson, OwnRecord, and StaleState where it was settled first.
    """
    guest = proposal.guest
    require(by, RULES[proposal.kind].verb, guest)
    if by.account_id == proposal.account_id:
        raise SecondPerson
    with recording():
        _check_waiting(proposal)
        if own_records([guest], by):
            raise OwnRecord
        return _carry_out(
            guest,
            proposal.kind,
            by=by,
            reason=reason or proposal.reason,
            told=told or proposal.told,
            proposed_by=proposal.actor_label,
        )


def reject(proposal: Proposal, *, by: Actor) -> Guest:
    """Reject what was proposed, or take one's own proposal back: the application waits as before. Raises StaleState."""
    guest = proposal.guest
    require(by, "decide", guest)
    with recording():
        _check_waiting(proposal)
        if own_records([guest], by):
            raise OwnRecord
        record("guests.proposal.rejected", by=by, obj=guest)
        proposal.delete()
    return guest


def confirm(guest: Guest, *, by: Actor) -> Guest:
    """Confirm, as the guest or for her, that she will come: she is accredited. Announces GuestMoved."""
    require(by, "complete", guest)
    if guest.state != GuestState.APPROVED:
        raise TransitionRefused
    return move(guest, GuestState.CONFIRMED, by=by)


def appeal(guest: Guest, text: str, *, by: Actor) -> Appeal:
    """Appeal, as the guest or for her, against a refusal; once. Announces GuestMoved.

    Raises InvalidInput without words, AppealedBefore, TransitionRefused, StaleState.
    """
    require(by, "complete", guest)
    text = text.strip()
    if not text:
        raise InvalidInput(fields={"text": [_("Say what we should look at again.")]})
    if guest.state != GuestState.REFUSED:
        raise TransitionRefused
    with recording():
        if Appeal.objects.filter(guest=guest).exists():
            raise AppealedBefore
        move(guest, GuestState.APPEALED, by=by)
        row = Appeal(guest=guest, text=text, at=clock.now())
        checked(row).save(force_insert=True)
    return row


def check_words(kind: str, state: str, reason: str, told: str) -> None:
    """Raise InvalidInput unless a decision says what it has to say, in at most as many characters as are kept."""
    rule, errors = RULES[kind], {}
    if rule.needs_reason and not reason.strip():
        errors["reason"] = [_("Say why; it stays in the record and is not sent.")]
    if rule.needs_told and not told.strip():
        errors["told"] = [_("Say what the guest should do.")]
    if state == GuestState.APPEALED and not told.strip():
        errors["told"] = [_("Answer the appeal.")]
    for name, words in (("reason", reason), ("told", told)):
        if len(words) > LONGEST:
            errors[name] = [_("At most %(limit)d characters are possible.") % {"limit": LONGEST}]
    if errors:
        raise InvalidInput(fields=errors)


def _is_final(guest: Guest, kind: str) -> bool:
    return RULES[kind].finally_ or leads_to(guest, kind) in ADMITTED


def _check_seen(guest: Guest, seen: str) -> None:
    """Look at the row itself: what the officer saw, and what this object shows, must still be so."""
    now = Guest.objects.filter(pk=guest.pk).values_list("state", flat=True).first()
    if now != (seen or guest.state) or now != guest.state:
        raise StaleState


def _check_waiting(proposal: Proposal) -> None:
    if not Proposal.objects.filter(pk=proposal.pk, kind=proposal.kind, account=proposal.account_id).exists():
        raise StaleState


def _propose(guest: Guest, kind: str, *, by: Actor, reason: str, told: str) -> Proposal:
    if by.account_id is None:
        raise PermissionRefused
    if guest.state not in RULES[kind].states:
        raise TransitionRefused
    record("guests.proposal.made", by=by, obj=guest)
    return Proposal.objects.create(
        guest=guest,
        kind=kind,
        account_id=by.account_id,
        actor_label=by.label,
        reason=reason,
        told=told,
        at=clock.now(),
    )


def _carry_out(
    guest: Guest, kind: str, *, by: Actor, reason: str, told: str, proposed_by: str = ""
) -> Decision:
    if guest.state not in RULES[kind].states:
        raise TransitionRefused
    was = guest.state
    move(guest, leads_to(guest, kind), by=by, reason=reason, told=told, kind=kind, proposed_by=proposed_by)
    if was == GuestState.APPEALED:
        Appeal.objects.filter(guest=guest).update(answer=told, answered_by=by.label, answered_at=clock.now())
    tell_of_decision([guest], kind, told, by=by)
    return Decision.objects.filter(guest=guest, kind=kind).latest("at", "pk")


def admissible(guests: Sequence[Guest], kind: str, by: Actor) -> dict[int, str]:
    """Return why each of these guests cannot be decided about together with others; nothing for those who can."""
    own, two = own_records(guests, by), needing_two(guests)
    edition_ids = {guest.edition_id for guest in guests}
    mine = {
        pk
        for edition in edition_ids
        for pk in decided_by(by, edition, {guest.category_id for guest in guests})
    }
    found = {}
    for guest in guests:
        if guest.state not in RULES[kind].states:
            found[guest.pk] = str(TransitionRefused.message)
        elif guest.category_id not in mine and RULES[kind].verb == "decide":
            found[guest.pk] = _("Other officers decide about this category.")
        elif guest.pk in own:
            found[guest.pk] = str(OwnRecord.message)
        elif guest.pk in two and _is_final(guest, kind):
            found[guest.pk] = _("Two people have to agree; decide on its own page.")
        elif guest.state not in HOLDS_SEAT and leads_to(guest, kind) in HOLDS_SEAT:
            found[guest.pk] = _("Places are given one by one; decide on its own page.")
        elif guest.state == GuestState.APPEALED:
            found[guest.pk] = _("An appeal is answered on its own page.")
    return found
