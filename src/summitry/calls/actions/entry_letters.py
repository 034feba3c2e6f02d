"""What entrants, members of their teams and nominees are written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _

from summitry.calls.enums import ConflictKind
from summitry.calls.models import Entry, EntryVersion, Member, Nomination, Relation
from summitry.calls.queries.entry_links import entry_address, member_address
from summitry.calls.queries.entry_windows import due_at
from summitry.editions.actions.reminding import moment
from summitry.foundation.access import Actor
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, post_notice
from summitry.mailing.queries.writing import interface_language

LONGEST_LISTED = 40
"""So many declared relations are listed in a letter; the entry's page has all."""


def send_page(entry: Entry, *, by: Actor) -> bool:
    """Write the link of its pages to an entry's address; False where no letters are written."""
    return _send(entry, NoticeKey.ENTRY_PAGE, {"due": _due(entry)}, by)


def send_receipt(entry: Entry, version: EntryVersion, *, by: Actor) -> bool:
    """Write what was handed in: its number, its digest, and whom the entrant declared as unable to judge it."""
    return send_receipts([(entry, version)], by=by)


def send_receipts(frozen: Sequence[tuple[Entry, EntryVersion]], *, by: Actor) -> bool:
    """Write their receipts to entrants of one call, all at once; False where no letters are written."""
    relations: dict[int, list[Relation]] = defaultdict(list)
    for relation in Relation.objects.filter(entry__in=[entry.pk for entry, _version in frozen]):
        relations[relation.entry_id].append(relation)
    letters = [
        _letter(
            entry,
            {
                "digest": version.digest,
                "conflicts": partial(_declared, relations[entry.pk]),
                "due": _due(entry),
            },
        )
        for entry, version in frozen
    ]
    if not letters:
        return False
    return post_notice(frozen[0][0].call.edition, NoticeKey.ENTRY_RECEIPT, letters, by=by) is not None


def send_reminder(entry: Entry, *, by: Actor) -> bool:
    """Remind of a draft that was not handed in."""
    return _send(entry, NoticeKey.ENTRY_REMINDER, {"due": _due(entry)}, by)


def send_late(entry: Entry, *, by: Actor) -> bool:
    """Write until when an entry that is late can be handed in."""
    return _send(entry, NoticeKey.ENTRY_LATE, {"due": _due(entry)}, by)


def send_membership(member: Member, *, by: Actor) -> bool:
    """Ask somebody to confirm that she is a member of an entry's team."""
    entry = member.entry
    facts: dict[str, Fact] = {
        **_of(entry),
        "entrant": entry.contact_name or entry.organisation_name or entry.contact_email,
        "link": lambda lang: member_address(member, lang),
    }
    one = Recipient(None, member.name, member.email, entry.language, "", facts)
    return post_notice(entry.call.edition, NoticeKey.ENTRY_MEMBER, [one], by=by) is not None


def send_nomination(nomination: Nomination, entry: Entry, *, by: Actor) -> bool:
    """Tell somebody who was nominated, and give her the link of the entry that is hers to make."""
    facts: dict[str, Fact] = {"nominator": nomination.nominator_name, "due": _due(entry)}
    return _send(entry, NoticeKey.ENTRY_NOMINATED, facts, by)


def _send(entry: Entry, key: NoticeKey, facts: Mapping[str, Fact], by: Actor) -> bool:
    return post_notice(entry.call.edition, key, [_letter(entry, facts)], by=by) is not None


def _letter(entry: Entry, facts: Mapping[str, Fact]) -> Recipient:
    everything: dict[str, Fact] = {
        **_of(entry),
        **facts,
        "link": lambda lang: entry_address(entry, lang),
    }
    return Recipient(None, entry.contact_name, entry.contact_email, entry.language, "", everything)


def _of(entry: Entry) -> dict[str, Fact]:
    return {"call": entry.call.name, "entry": entry.title or str(entry.number), "number": str(entry.number)}


def _due(entry: Entry) -> Fact:
    return moment(entry.call.edition, due_at(entry), entry.zone_name)


def _declared(relations: Sequence[Relation], lang: str) -> tuple[str, ...]:
    """Return declared relations, one line each, in a reader's language."""
    with translation.override(interface_language(lang)):
        kinds = dict(ConflictKind.choices)
        lines = [
            ", ".join(filter(None, (one.name, one.organisation_name, str(kinds.get(one.kind, "")))))
            for one in relations[:LONGEST_LISTED]
        ]
        return tuple(lines) or (_("You declared nobody."),)
