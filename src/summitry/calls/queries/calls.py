"""Calls: which a reader sees, and whether one takes entries at a moment."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.core.cache import cache
from django.db.models import Count, QuerySet

from summitry.calls.enums import CallState, EntryState
from summitry.calls.models import Call, Entry
from summitry.calls.permissions import JUROR, READERS
from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC, Actor, policy_for, visible, within

OpenState = Literal["before", "open", "grace", "closed"]


def open_state(call: Call, now: dt.datetime) -> OpenState:
    """Return whether a call takes entries: "before" its opening, "open", "grace" (drafts only), or "closed".

    It is open at `opens_at` and no longer at `closes_at`; the grace ends `grace_minutes` later. A call that is not published
    is "before" as a draft, and "closed" once it is frozen, announced or cancelled.
    """
    if call.state == CallState.DRAFT or (call.state == CallState.PUBLISHED and now < call.opens_at):
        return "before"
    if call.state != CallState.PUBLISHED or now >= freezes_at(call):
        return "closed"
    return "open" if now < call.closes_at else "grace"


def freezes_at(call: Call) -> dt.datetime:
    """Return when nothing is taken any more: the deadline and its grace."""
    return call.closes_at + dt.timedelta(minutes=call.grace_minutes)


def calls_at_work(actor: Actor, edition: Edition) -> QuerySet[Call]:
    """Return the calls of an edition on which `actor` works, by their deadlines."""
    return within(actor, Call.objects.filter(edition=edition)).select_related("edition")


def handed_in(actor: Actor, edition: Edition) -> dict[int, int]:
    """Return how many entries of each call were handed in, of those on which `actor` works (one query)."""
    rows = within(actor, Entry.objects.filter(call__edition=edition)).exclude(state=EntryState.DRAFT)
    return dict(rows.order_by().values_list("call").annotate(n=Count("pk")).values_list("call", "n"))


def works_on_calls(actor: Actor, edition: Edition) -> bool:
    """Return whether `actor` works on any call of an edition; costs a query only for whoever holds a role in single calls."""
    if policy_for(Call).may(actor, "enter", Call(edition=edition)):
        return True
    ids = actor.scope_ids("call", READERS | {JUROR.code})
    return bool(ids) and Call.objects.filter(edition=edition, pk__in=ids).exists()


def public_calls(edition: Edition) -> QuerySet[Call]:
    """Return the calls of an edition that everybody may see, by their deadlines."""
    return visible(PUBLIC, Call.objects.filter(edition=edition)).select_related("edition")


def has_public_calls(edition: Edition) -> bool:
    """Return whether everybody may see any call of an edition.

    Asked by each public page, for its menu: the answer is kept with the state of the edition's public content, which every
    change of a call raises.
    """
    key = f"calls.public.{edition.pk}.{edition.content_version}"
    known: bool | None = cache.get(key)
    if known is None:
        known = public_calls(edition).exists()
        cache.set(key, known)
    return known
