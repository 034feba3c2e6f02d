"""How far a guest has come, as those outside may know it: her focal point is told nothing of screening and of its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, policy_for
from summitry.guests.enums import EXAMINED, GONE, WITH_GUEST, GuestState
from summitry.guests.models import Guest
from summitry.guests.queries.steps import due_at, is_overdue

G = GuestState
BEING_EXAMINED = gettext_lazy("Handed in, being examined")
WORDS: Mapping[str, str | Promise] = {
    G.INVITED: gettext_lazy("Invited, has not answered yet"),
    G.NOMINATED: gettext_lazy("Nominated, application not begun"),
    G.APPLYING: gettext_lazy("Application being filled in"),
    G.WAITING: gettext_lazy("On the waiting list"),
    **dict.fromkeys(EXAMINED, BEING_EXAMINED),
    G.INCOMPLETE: gettext_lazy("Sent back, to be completed"),
    G.APPROVED: gettext_lazy("Approved, to be confirmed"),
    G.CONFIRMED: pgettext_lazy("guest", "Accredited"),
    G.REFUSED: gettext_lazy("Not admitted"),
    G.APPEALED: gettext_lazy("Not admitted, being looked at again"),
    G.DECLINED: gettext_lazy("Does not come"),
    G.WITHDRAWN: gettext_lazy("Taken back"),
    G.REPLACED: gettext_lazy("Replaced by somebody else"),
    G.REVOKED: gettext_lazy("Accreditation ended"),
}
TONES: Mapping[str, str] = {
    **dict.fromkeys(GONE, "seal"),
    **dict.fromkeys(WITH_GUEST, "amber"),
    G.WAITING: "amber",
    G.CONFIRMED: "jade",
    G.APPROVED: "jade",
}


@dataclass(frozen=True, slots=True)
class SeenState:
    """Where a guest stands for one reader: a state's code, its words, its tone; since and until when, where she may know."""

    code: str
    words: str
    tone: str
    since: dt.datetime | None
    due: dt.datetime | None
    is_overdue: bool


def words_of(state: str) -> str:
    """Return where a guest stands, as those outside may know it."""
    return str(WORDS[state])


def code_of(state: str) -> str:
    """Return the state that stands for one of a guest outside: all that follow handing in look like the first of them."""
    return G.SUBMITTED if state in EXAMINED else state


def is_inside(actor: Actor, edition: Edition) -> bool:
    """Return whether an actor works on the guests of the whole edition, not only on those of her delegation."""
    return policy_for(Guest).may(actor, "view", Guest(edition=edition))


def seen_state(guest: Guest, *, inside: bool) -> SeenState:
    """Return where a guest stands, for those inside as it is."""
    state, tone = guest.state, TONES.get(guest.state, "")
    due = due_at(guest.category, state, guest.state_since)
    late = is_overdue(guest.category, state, guest.state_since)
    if inside:
        return SeenState(state, guest.get_state_display(), tone, guest.state_since, due, late)
    if state in EXAMINED:
        return SeenState(code_of(state), words_of(state), tone, None, None, is_overdue=False)
    return SeenState(state, words_of(state), tone, guest.state_since, due, late)


def codes_seen(rows: QuerySet[Guest], *, inside: bool) -> dict[int, str]:
    """Return the state of each guest as the reader is told it, so that sorting by it tells her no more."""
    states = rows.order_by().values_list("pk", "state")
    return {pk: state if inside else code_of(state) for pk, state in states}


def in_state(rows: QuerySet[Guest], code: str, *, inside: bool) -> QuerySet[Guest]:
    """Narrow guests to those who are in a state, as the reader is told it."""
    if inside:
        return rows.filter(state=code)
    return rows.filter(state__in=[state for state in G if code_of(state) == code])


def state_choices(*, inside: bool) -> list[tuple[str, str | Promise]]:
    """Return the states by which a reader may narrow guests."""
    if inside:
        return [(state.value, state.label) for state in G]
    return [(state.value, WORDS[state]) for state in G if code_of(state) == state]
