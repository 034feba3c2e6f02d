"""Letters to all entrants about what became of their entries, with what jurors wrote for them; no juror is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import override

from summitry.calls.enums import AssignmentState, EntryState
from summitry.calls.models import Call, Entry, Laureate, Review
from summitry.calls.queries.conflicts import barring_review
from summitry.foundation.access import Actor
from summitry.mailing.notices import NoticeKey, Recipient, post_notice

TOLD = frozenset(
    {
        EntryState.INELIGIBLE,
        EntryState.NOT_ADVANCED,
        EntryState.RESERVE,
        EntryState.NOT_SELECTED,
        EntryState.ANNOUNCED,
    }
)
"""Who is written to; whoever withdrew or was disqualified has been told already."""


def write_feedback(call: Call, *, by: Actor) -> int:
    """Put a letter to each entrant of a call into the outbox, in the caller's transaction, and return how many.

    They wait there until somebody releases them, unless the edition decided otherwise. Laureates are congratulated; what
    jurors wrote for the entrant is in the letters of all others, in an order that tells nothing of who wrote what.
    """
    entries = list(Entry.objects.filter(call=call, state__in=TOLD).order_by("number"))
    honours = _honours(call)
    words = _words(call)
    for key, wanted in ((NoticeKey.ENTRY_LAUREATE, True), (NoticeKey.ENTRY_RESULT, False)):
        letters = [
            _recipient(entry, honours.get(entry.pk, []), words.get(entry.pk, []))
            for entry in entries
            if (entry.pk in honours) is wanted
        ]
        post_notice(call.edition, key, letters, {"call": call.name}, by=by)
    return len(entries)


def _recipient(entry: Entry, honours: list[Laureate], words: list[str]) -> Recipient:
    return Recipient(
        None,
        entry.contact_name,
        entry.contact_email,
        entry.language,
        context={
            "entry": entry.title,
            "outcome": _outcome(entry.state),
            "feedback": "\n\n".join(words) or "—",
            "award": honours[0].award.name if honours else "",
            "citation": honours[0].citation if honours else "",
        },
    )


def _outcome(state: str) -> Callable[[str], str]:
    def in_words(lang: str) -> str:
        with override(lang):
            return {
                EntryState.INELIGIBLE: _("It did not meet the conditions of the call."),
                EntryState.NOT_ADVANCED: _("It was read by the jury and did not reach the last round."),
                EntryState.RESERVE: _("It reached the last round and stands in reserve."),
                EntryState.NOT_SELECTED: _("It reached the last round and was not among those selected."),
                EntryState.ANNOUNCED: _("It was selected."),
            }[EntryState(state)]

    return in_words


def _honours(call: Call) -> dict[int, list[Laureate]]:
    found: dict[int, list[Laureate]] = defaultdict(list)
    rows = Laureate.objects.filter(entry__call=call, revoked_at=None).select_related("award")
    for laureate in rows.order_by("position", "pk"):
        found[laureate.entry_id].append(laureate)
    return found


def _words(call: Call) -> dict[int, list[str]]:
    """Return by entry what jurors wrote for the entrant, in the order of the letters themselves."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Review.objects.filter(assignment__round__call=call, assignment__state=AssignmentState.SUBMITTED)
    rows = rows.exclude(Exists(barring_review())).exclude(feedback="")
    for entry_id, words in rows.values_list("assignment__entry_id", "feedback"):
        found[entry_id].append(words)
    return {entry_id: sorted(words) for entry_id, words in found.items()}
