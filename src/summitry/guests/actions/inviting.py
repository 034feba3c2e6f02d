"""Inviting somebody: a person of the directory, or one who is new in it, becomes a guest with an invitation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.directory.actions.person import NewPerson, create_person
from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import recording
from summitry.guests.actions.guest import put_guest
from summitry.guests.actions.invitation import draft_invitations, send_invitations
from summitry.guests.actions.quota import hold_place
from summitry.guests.enums import Attendance, Source
from summitry.guests.models import Category, Delegation, Guest, Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Who is to be invited, and as what."""

    person: NewPerson | Person
    category: Category
    delegation: Delegation | None = None
    attendance: str = Attendance.ON_SITE
    language: str = ""
    zone_name: str = ""


def invite(
    edition: Edition, invitee: Invitee, *, by: Actor, answer_by: dt.datetime | None = None, send: bool = False
) -> Invitation:
    """Make somebody a guest with an invitation, and send it at once if asked to.

    Raises AlreadyGuest, QuotaFull, InvalidInput, and like `send_invitations`. Announces GuestsChanged, InvitationsChanged.
    """
    guest = Guest(edition=edition, delegation=invitee.delegation, category=invitee.category)
    require(by, "nominate", guest)
    require(by, "edit", Invitation(guest=guest))
    with recording():
        hold_place(guest)
        person = invitee.person
        if not isinstance(person, Person):
            # The guest office keeps no directory: whom it invites becomes a person by the house.
            person = create_person(person, by=system(by.label))
        made = put_guest(
            edition,
            person,
            invitee.category,
            by=by,
            source=Source.INVITED,
            delegation=invitee.delegation,
            attendance=invitee.attendance,
            language=invitee.language,
            zone_name=invitee.zone_name,
        )
        (invitation,) = draft_invitations([made], by=by, answer_by=answer_by)
        if send:
            send_invitations([invitation], by=by)
            invitation.refresh_from_db()
    return invitation
