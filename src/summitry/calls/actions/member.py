"""Members of an entry's team: named by the entrant, counted once they have confirmed by their own links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from summitry.calls.actions.entry_draft import check_open, locked_entry
from summitry.calls.actions.entry_letters import send_membership
from summitry.calls.enums import LEFT, MemberState
from summitry.calls.errors import EntryClosed
from summitry.calls.events import EntriesChanged
from summitry.calls.models import Entry, Member
from summitry.calls.queries.begin_letters import may_write
from summitry.calls.queries.entry_values import read_email, read_line
from summitry.calls.queries.entry_windows import OVER
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, TransitionRefused
from summitry.guests.queries.answer_values import Refused

S = MemberState


@dataclass(frozen=True, slots=True)
class NewMember:
    """Whom an entrant names: who she is, where, and what her part in the entry is."""

    name: str
    email: str
    organisation_name: str = ""
    part: str = ""


def add_member(entry: Entry, new: NewMember, *, by: Actor) -> Member:
    """Name a member and ask her by letter to confirm.

    Raises InvalidInput by field, CallClosed, EntryClosed, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "fill", entry)
    facts = _checked(new)
    with recording():
        present = locked_entry(entry)
        check_open(present, by)
        members = Member.objects.filter(entry=present)
        if members.count() >= present.call.most_members:
            raise InvalidInput(_("A team has at most %(count)d members."), count=present.call.most_members)
        if members.filter(email=facts["email"]).exists():
            raise InvalidInput(fields={"email": [_("She is a member already.")]})
        if not may_write("member", present.call_id, facts["email"]):
            raise InvalidInput(
                fields={
                    "email": [_("This address has had several letters today. Please try again tomorrow.")]
                }
            )
        last = members.aggregate(last=Max("position"))["last"] or 0
        member = Member.objects.create(entry=present, position=last + 1, **facts)
        record("calls.member.added", by=by, obj=member)
        send_membership(member, by=by)
        _announced(present, by)
    return member


def ask_member_again(member: Member, *, by: Actor) -> bool:
    """Write once more to a member who has not answered; False where she has had her letters of the day."""
    require(by, "edit", member)
    if member.state != S.ASKED or member.entry.state in LEFT:
        raise TransitionRefused
    if not may_write("member", member.entry.call_id, member.email):
        return False
    with recording():
        record("calls.member.asked_again", by=by, obj=member)
        return send_membership(member, by=by)


def remove_member(member: Member, *, by: Actor) -> None:
    """Take a member out of the team; her link opens nothing any more. Raises CallClosed, EntryClosed, PermissionRefused."""
    require(by, "edit", member)
    with recording():
        present = locked_entry(member.entry)
        check_open(present, by)
        record("calls.member.removed", by=by, obj=member)
        Member.objects.filter(pk=member.pk).delete()
        _announced(present, by)


def answer_membership(member: Member, *, is_member: bool, by: Actor) -> Member:
    """Say, by her own link, whether somebody is a member; she may change her mind until the call is announced.

    Raises EntryClosed, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "confirm", member)
    to = S.CONFIRMED if is_member else S.DENIED
    with recording():
        present = locked_entry(member.entry)
        if present.state in LEFT or present.call.state in OVER:
            raise EntryClosed
        now = clock.now()
        changed = Member.objects.filter(pk=member.pk).exclude(state=to).update(state=to, answered_at=now)
        if changed:
            member.state, member.answered_at = to, now
            record(f"calls.member.{to}", by=by, obj=member)
            _announced(present, by)
    return member


def _checked(new: NewMember) -> dict[str, str]:
    facts: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    readers: dict[str, Callable[[Any], str]] = {
        "name": lambda raw: read_line(raw, 200),
        "email": read_email,
        "organisation_name": read_line,
        "part": lambda raw: read_line(raw, 200),
    }
    for name, read in readers.items():
        try:
            facts[name] = read(getattr(new, name))
        except Refused as refusal:
            errors[name] = [str(refusal)]
    if not facts.get("name") and "name" not in errors:
        errors["name"] = [_("Please give a name.")]
    if errors:
        raise InvalidInput(fields=errors)
    return facts


def _announced(entry: Entry, by: Actor) -> None:
    announce(EntriesChanged(by=by, edition_id=entry.edition_id, call_id=entry.call_id, entry_ids=(entry.pk,)))
