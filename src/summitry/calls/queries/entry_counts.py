"""The entries of one call in numbers, for whoever works on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from summitry.calls.enums import LEFT, EntryState, NominationState
from summitry.calls.models import Area, Call, Entry, Nomination
from summitry.foundation.access import Actor, policy_for, visible, within


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of a sort; `value` is what a list's filter takes."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """How many entries there are in each state and area, and what somebody should look at.

    `nominations` is None for whoever may not see them.
    """

    all: int
    states: tuple[Counted, ...]
    areas: tuple[Counted, ...]
    similar: int
    late: int
    waiting: int
    nominations: int | None


def counts_of(call: Call, actor: Actor, lang: str) -> EntryCounts:
    """Return the numbers of a call's entries; four queries."""
    rows = within(actor, Entry.objects.filter(call=call)).order_by()
    by_state = dict(rows.values_list("state").annotate(count=Count("pk")))
    is_in = ~Q(entries__state__in=[EntryState.DRAFT, *LEFT])
    areas = Area.objects.filter(call=call).annotate(count=Count("entries", filter=is_in))
    marks = rows.aggregate(
        similar=Count("pk", filter=Q(similar_to__isnull=False), distinct=True),
        late=Count("pk", filter=Q(is_late=True) | Q(late_until__isnull=False), distinct=True),
        waiting=Count("pk", filter=Q(members__state="asked"), distinct=True),
    )
    sent = visible(actor, Nomination.objects.filter(call=call, state=NominationState.SENT))
    sees = policy_for(Nomination).may(actor, "view", Nomination(call=call))
    return EntryCounts(
        all=sum(by_state.values()),
        states=tuple(
            Counted(one.value, str(one.label), by_state[one.value])
            for one in EntryState
            if one.value in by_state
        ),
        areas=tuple(
            Counted(one.slug, one.name.shown(lang, call.edition.fallback).text, one.count) for one in areas
        ),
        similar=marks["similar"],
        late=marks["late"],
        waiting=marks["waiting"],
        nominations=sent.count() if sees else None,
    )
