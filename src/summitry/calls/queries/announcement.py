"""What stands between a call and its announcement, and what laureates are shown as once it is made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.calls.enums import CallState, EntryState
from summitry.calls.models import Call, Entry, Laureate

OPEN = frozenset(
    {
        EntryState.SUBMITTED,
        EntryState.RETURNED,
        EntryState.ELIGIBLE,
        EntryState.JUDGED,
        EntryState.SHORTLISTED,
    }
)
"""About entries in these states something is still to be decided."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing before the announcement, in sentences: what forbids it, and what should be looked at."""

    blocking: tuple[str, ...]
    advised: tuple[str, ...]


def gaps_of(call: Call) -> Gaps:
    """Return what is missing (four queries)."""
    blocking, advised = [], []
    if call.state not in {CallState.FROZEN, CallState.ANNOUNCED}:
        blocking.append(_("the entries are not frozen"))
    undecided = Entry.objects.filter(call=call, state__in=OPEN).count()
    if undecided:
        blocking.append(
            ngettext("%(count)d entry is not decided yet", "%(count)d entries are not decided yet", undecided)
            % {"count": undecided}
        )
    bare = Entry.objects.filter(call=call, state=EntryState.SELECTED).filter(laureates=None).count()
    if bare:
        blocking.append(
            ngettext(
                "%(count)d selected entry holds no award", "%(count)d selected entries hold no award", bare
            )
            % {"count": bare}
        )
    laureates = list(Laureate.objects.filter(entry__call=call, revoked_at=None))
    if not laureates:
        blocking.append(_("there is no laureate"))
    fallen = Laureate.objects.filter(
        Q(entry__call=call, revoked_at=None) & ~Q(entry__state=EntryState.SELECTED)
    )
    if call.state != CallState.ANNOUNCED and fallen.exists():
        blocking.append(_("an award is held by an entry that is not selected"))
    uncited = sum(any(not one.citation.get(lang) for lang in call.edition.languages) for one in laureates)
    if uncited:
        advised.append(
            ngettext(
                "%(count)d citation is not there in every language",
                "%(count)d citations are not there in every language",
                uncited,
            )
            % {"count": uncited}
        )
    unconfirmed = sum(one.confirmed_at is None for one in laureates)
    if unconfirmed:
        advised.append(
            ngettext(
                "%(count)d laureate has not confirmed yet",
                "%(count)d laureates have not confirmed yet",
                unconfirmed,
            )
            % {"count": unconfirmed}
        )
    return Gaps(tuple(blocking), tuple(advised))
