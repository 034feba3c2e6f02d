"""The worklist of those who accredit: who waits in which step, and who first; and one application with what concerns it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, within
from summitry.foundation.i18n import Shown
from summitry.guests.enums import GuestState
from summitry.guests.models import Answer, Category, Decision, Field, Guest
from summitry.guests.permissions import decided_by
from summitry.guests.queries.answers import in_words
from summitry.guests.queries.steps import due_at

G = GuestState
QUEUES: Mapping[str, frozenset[str]] = {
    "completeness": frozenset({G.SUBMITTED}),
    "screening": frozenset({G.SCREENING}),
    "decision": frozenset({G.DECIDING}),
    "hold": frozenset({G.ON_HOLD}),
    "appeals": frozenset({G.APPEALED}),
    "asked": frozenset({G.INCOMPLETE}),
    "waiting": frozenset({G.WAITING}),
    "confirmation": frozenset({G.APPROVED}),
}
"""What waits, by what it waits for; a queue is in the order in which it should be worked off."""
QUEUE_LABELS: Mapping[str, str | Promise] = {
    "completeness": pgettext_lazy("queue", "To be checked"),
    "screening": pgettext_lazy("queue", "In screening"),
    "decision": pgettext_lazy("queue", "To be decided"),
    "hold": pgettext_lazy("queue", "On hold"),
    "appeals": pgettext_lazy("queue", "Appeals"),
    "asked": pgettext_lazy("queue", "Asked to complete"),
    "waiting": pgettext_lazy("queue", "Waiting list"),
    "confirmation": pgettext_lazy("queue", "To be confirmed"),
}
FIRST = "decision"
_QUEUE_OF = {state: key for key, states in QUEUES.items() for state in states}
_LATEST = dt.datetime.max.replace(tzinfo=dt.UTC)


class Place(NamedTuple):
    """Where an application stands in a queue."""

    id: int
    category_id: int
    due: dt.datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue in order, and how many wait in each of the others, of which so many overdue."""

    key: str
    places: Sequence[Place]
    counts: Mapping[str, int]
    overdue: Mapping[str, int]

    def beside(self, guest_id: int) -> tuple[int | None, int | None]:
        """Return who is before and after a guest; the first one after nobody, where she has left the queue."""
        ids = [place.id for place in self.places]
        if guest_id not in ids:
            return None, ids[0] if ids else None
        at = ids.index(guest_id)
        return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None


class Line(NamedTuple):
    """An application in a queue, as a page shows it."""

    guest: Guest
    name: Shown
    due: dt.datetime | None
    is_overdue: bool
    is_proposed: bool


class Said(NamedTuple):
    """An answer in words; of a sealed one only that it is there, of a file its name and key."""

    label: Shown
    words: str
    is_sealed: bool = False
    file_id: int | None = None


def working_on(actor: Actor, edition: Edition) -> QuerySet[Guest]:
    """Return the guests of an edition on whom `actor` works."""
    return within(actor, Guest.objects.filter(edition=edition))


def queue_of(actor: Actor, edition: Edition, key: str, category: str = "") -> Queue:
    """Return a queue of what an officer decides about, narrowed to one category where it is named (three queries)."""
    key = key if key in QUEUES else FIRST
    categories = {row.pk: row for row in Category.objects.filter(edition=edition)}
    mine = decided_by(actor, edition.pk, categories)
    rows = working_on(actor, edition).filter(state__in=_QUEUE_OF)
    if len(mine) < len(categories):
        rows = rows.filter(category__in=mine)
    if category:
        rows = rows.filter(category__slug=category)
    now = clock.now()
    counts: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    places: list[tuple[dt.datetime, dt.datetime, Place]] = []
    for pk, kind, state, since in rows.values_list("pk", "category_id", "state", "state_since"):
        due = due_at(categories[kind], state, since)
        late = due is not None and due < now
        of = _QUEUE_OF[state]
        counts[of] += 1
        overdue[of] += late
        if of == key:
            places.append((due or _LATEST, since, Place(pk, kind, due, late)))
    places.sort(key=lambda each: (each[0], each[1], each[2].id))
    return Queue(key, [place for _due, _since, place in places], counts, overdue)


def lines_of(places: Sequence[Place], edition: Edition, lang: str) -> list[Line]:
    """Return the lines of a part of a queue (two queries)."""
    rows = Guest.objects.select_related("person", "category", "delegation", "proposal")
    guests = rows.in_bulk([place.id for place in places])
    names = names_of({guest.person_id for guest in guests.values()})
    return [
        Line(
            guest,
            names.shown(guest.person_id, lang, edition.fallback),
            place.due,
            place.is_overdue,
            hasattr(guest, "proposal"),
        )
        for place in places
        if (guest := guests.get(place.id)) is not None
    ]


def said_by(guest: Guest, lang: str) -> list[Said]:
    """Return what a guest answered, question by question (one query)."""
    answers = Answer.objects.filter(guest=guest).select_related("field", "file")
    return [
        _said(answer.field, answer, guest, lang) for answer in answers.order_by("field__position", "field")
    ]


def _said(field: Field, answer: Answer, guest: Guest, lang: str) -> Said:
    label = field.label.shown(lang, guest.edition.fallback)
    if answer.file is not None:
        return Said(label, answer.file.name, file_id=answer.pk)
    if answer.sealed:
        return Said(label, "", is_sealed=True)
    return Said(label, in_words(field, answer.value, lang))


def history_of(guest: Guest) -> QuerySet[Decision]:
    """Return what was decided about a guest, newest first."""
    return Decision.objects.filter(guest=guest)
