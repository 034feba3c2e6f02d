"""What guests answer to their invitations: yes, no, or somebody else in their place."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from summitry.directory.actions.person import NameGiven, NewPerson, create_person
from summitry.directory.enums import NameUse
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, require, system
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.states import transition
from summitry.guests.actions.guest import put_guest
from summitry.guests.actions.invitation import draft_invitations
from summitry.guests.actions.moving import move
from summitry.guests.actions.quota import hold_place
from summitry.guests.enums import GONE, GUEST, HOLDS_SEAT, INVITATION, GuestState, InvitationState, Step
from summitry.guests.errors import WindowClosed
from summitry.guests.events import InvitationAnswered, InvitationsChanged
from summitry.guests.models import Category, Guest, Invitation

S = InvitationState
WAITING_FOR = frozenset({S.DRAFT, S.SENT, S.EXPIRED})
"""Nobody has answered these."""
BEFORE = frozenset({GuestState.INVITED, GuestState.NOMINATED})
LONGEST_REMARK = 2000
LONGEST_SAID_BY = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a guest names in her place."""

    name: str
    email: str
    native_name: str = ""
    native_lang: str = ""


def mark_opened(invitation: Invitation) -> None:
    """Note when the invitation was first opened by its link."""
    if invitation.opened_at is None:
        Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=clock.now())


def answer_on_behalf(
    invitation: Invitation, to: str, *, by: Actor, said_by: str, remark: str = ""
) -> Invitation:
    """Take down, as the office, what a guest had said by telephone or otherwise: that she comes, or not, and who said so.

    Raises InvalidInput by field, and like `accept_invitation`. Announces InvitationAnswered.
    """
    require(by, "send", invitation)
    said_by = " ".join(said_by.split())
    problems = {}
    if to not in {S.ACCEPTED, S.DECLINED}:
        problems["answer"] = [_("Choose from the list.")]
    if not said_by:
        problems["said_by"] = [_("Please say who told you so, and how.")]
    elif len(said_by) > LONGEST_SAID_BY:
        problems["said_by"] = [_("At most %(limit)d characters.") % {"limit": LONGEST_SAID_BY}]
    if problems:
        raise InvalidInput(fields=problems)
    act = accept_invitation if to == S.ACCEPTED else decline_invitation
    return act(invitation, by=by, remark=remark, said_by=said_by)


def accept_invitation(
    invitation: Invitation, *, by: Actor, remark: str = "", said_by: str = ""
) -> Invitation:
    """Say that the guest comes: her application begins, or, where her category has no steps, she is accredited.

    Raises WindowClosed for a guest who is late (the office may still accept for her), StaleState where somebody else
    answered first, QuotaFull where she had declined and her place is taken. Announces InvitationAnswered.
    """
    with recording():
        guest = _answer(invitation, S.ACCEPTED, by, remark, said_by)
        if guest.state in {GuestState.INVITED, GuestState.DECLINED}:
            if guest.state == GuestState.DECLINED:
                hold_place(guest)
            if guest.state == GuestState.DECLINED and first_step(guest.category) != GuestState.APPLYING:
                move(guest, GuestState.INVITED, by=by)
            move(guest, first_step(guest.category), by=by)
    return invitation


def decline_invitation(
    invitation: Invitation, *, by: Actor, remark: str = "", said_by: str = ""
) -> Invitation:
    """Say that the guest does not come, also after she had accepted. Raises and announces like `accept_invitation`."""
    with recording():
        _leave(_answer(invitation, S.DECLINED, by, remark, said_by), by)
    return invitation


def pass_on_invitation(invitation: Invitation, named: Named, *, by: Actor, remark: str = "") -> Invitation:
    """Name somebody in the guest's place, and return the draft of that invitation: the office decides whether to send it.

    Nobody is looked up: whoever is named is taken down as she was named. Raises InvalidInput by field, and like
    `accept_invitation`. Announces InvitationAnswered.
    """
    require(by, "answer", invitation)
    person = NewPerson(names=_names(named), email=named.email.strip().lower())
    house = system(by.label)  # whoever holds a link keeps no directory; the office confirms what she proposes
    with recording():
        guest = _answer(invitation, S.DELEGATED, by, remark)
        _leave(guest, by)
        other = put_guest(
            guest.edition,
            create_person(person, by=house),
            guest.category,
            by=house,
            attendance=guest.attendance,
            delegation=guest.delegation,
            language=guest.language,
        )
        Invitation.objects.filter(pk=invitation.pk).update(passed_to=other)
        invitation.passed_to = other
        (draft,) = draft_invitations([other], by=house, answer_by=invitation.answer_by)
    return draft


def settle_invitation(guest_id: int, now: str, *, by: Actor) -> None:
    """Let a guest's invitation say what her steps say: taken up by who applies, over for who no longer comes.

    Announces InvitationAnswered, or InvitationsChanged for one that is withdrawn.
    """
    invitation = Invitation.objects.filter(guest=guest_id, state__in=WAITING_FOR).first()
    if invitation is None:
        return
    if now in HOLDS_SEAT - BEFORE and invitation.state != S.DRAFT:
        to, changes = S.ACCEPTED, {"answered_at": clock.now()}
    elif now == GuestState.DECLINED and invitation.state == S.SENT:
        to, changes = S.DECLINED, {"answered_at": clock.now()}
    elif now in GONE:
        to, changes = S.WITHDRAWN, {}
    else:
        return
    transition(invitation, INVITATION, to, by=by, audit=f"guests.invitation.{to}", changes=changes)
    edition_id = invitation.edition_id
    if to == S.WITHDRAWN:
        announce(InvitationsChanged(by=by, edition_id=edition_id, invitation_ids=(invitation.pk,)))
    else:
        announce(InvitationAnswered(by=by, edition_id=edition_id, guest_id=guest_id, state=str(to)))


def first_step(category: Category) -> GuestState:
    """Return where somebody begins who has said that she comes."""
    if Step.APPLICATION in category.steps:
        return GuestState.APPLYING
    return GuestState.SUBMITTED if category.steps else GuestState.CONFIRMED


def is_late(invitation: Invitation) -> bool:
    """Return whether the time in which a guest may answer by herself is over."""
    return invitation.answer_by is not None and invitation.answer_by <= clock.now()


def _answer(invitation: Invitation, to: InvitationState, by: Actor, remark: str, said_by: str = "") -> Guest:
    require(by, "answer", invitation)
    if len(remark) > LONGEST_REMARK:
        raise InvalidInput(
            fields={"remark": [_("At most %(limit)d characters.") % {"limit": LONGEST_REMARK}]}
        )
    if by.kind is ActorKind.LINK and is_late(invitation):
        raise WindowClosed
    now = clock.now()
    audit = f"guests.invitation.{to}{'_for' if said_by else ''}"
    transition(invitation, INVITATION, to, by=by, audit=audit, changes={"answered_at": now})
    invitation.remark, invitation.said_by = remark.strip(), said_by
    Invitation.objects.filter(pk=invitation.pk).update(
        remark=invitation.remark, said_by=said_by
    )  # not in the log, which is for good
    guest = Guest.objects.select_related("edition", "category", "person", "delegation").get(
        pk=invitation.guest_id
    )
    announce(InvitationAnswered(by=by, edition_id=guest.edition_id, guest_id=guest.pk, state=str(to)))
    return guest


def _leave(guest: Guest, by: Actor) -> None:
    for to in (GuestState.DECLINED, GuestState.WITHDRAWN):
        if GUEST.allows(guest.state, to):
            move(guest, to, by=by)
            return


def _names(named: Named) -> list[NameGiven]:
    name, native = " ".join(named.name.split()), " ".join(named.native_name.split())
    problems = {}
    if not name:
        problems["name"] = [_("Please give a name.")]
    try:
        validate_email(named.email.strip())
    except ValidationError:
        problems["email"] = [_("Please give an e-mail address at which she can be reached.")]
    if problems:
        raise InvalidInput(fields=problems)
    names = [NameGiven(NameUse.LATIN, "en", name)]
    if native and named.native_lang:
        names.append(NameGiven(NameUse.NATIVE, named.native_lang, native))
    return names
