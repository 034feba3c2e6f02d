"""Jurors, as pages and other parts of the room ask for them. Counts leave out whatever a conflict hides from who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse

from summitry.calls.enums import JurorState
from summitry.calls.models import Assignment, Bid, Call, Conflict, Juror, Panel
from summitry.calls.permissions_judging import BARRING, HELD
from summitry.directory.queries.entities import EntityNames
from summitry.directory.queries.names import names_of
from summitry.foundation.access import Actor, visible, within
from summitry.foundation.i18n import Shown
from summitry.foundation.i18n.text import NOTHING
from summitry.mailing.notices import site_address

SITTING = frozenset({JurorState.PROPOSED, JurorState.INVITED, JurorState.ACCEPTED})
"""Who is, or may soon be, on a jury: conflicts are looked for before anybody is invited."""
RELATED = ("person", "panel", "organisation", "entity", "account")


@dataclass(frozen=True, slots=True)
class JurorLine:
    """A juror with her name and house for a reader, and how much concerns her, as far as that reader may know."""

    juror: Juror
    name: Shown
    organisation: Shown
    entity: Shown
    expertise: tuple[str, ...]
    reads: int
    bids: int
    conflicts: int


def own_address(call: Call) -> str:
    """Return the full address of a juror's own page in a call."""
    return site_address(reverse("calls:mine", args=[call.edition.slug, call.slug]))


def jurors_at_work(call: Call, actor: Actor) -> QuerySet[Juror]:
    """Return the jurors of a call on whom `actor` works."""
    return within(actor, Juror.objects.filter(call=call)).select_related(*RELATED)


def own_juror(call: Call, actor: Actor) -> Juror | None:
    """Return the actor as a juror of a call; None where she is none."""
    if actor.account_id is None:
        return None
    found = Juror.objects.filter(call=call, account=actor.account_id).select_related(*RELATED).first()
    if found is not None:
        found.call = call
    return found


def juror_lines(call: Call, jurors: Sequence[Juror], actor: Actor, lang: str) -> list[JurorLine]:
    """Return these jurors as lines, by name (at most seven queries)."""
    chain = call.edition.fallback
    ids = [juror.pk for juror in jurors]
    names = names_of({juror.person_id for juror in jurors})
    entities = EntityNames(call.edition.naming_profile_id, lang, chain)
    areas = {area.slug: area.name.shown(lang, chain).text for area in call.areas.all()}
    reads = _count(within(actor, Assignment.objects.filter(juror__in=ids, state__in=HELD)))
    bids = _count(visible(actor, Bid.objects.filter(juror__in=ids)))
    conflicts = _count(within(actor, Conflict.objects.filter(juror__in=ids, state__in=BARRING)), "entry")
    order = {row.person_id: n for n, row in enumerate(names.in_order(lang, chain))}
    found = [
        JurorLine(
            juror,
            names.shown(juror.person_id, lang, chain),
            juror.organisation.name.shown(lang, chain) if juror.organisation else NOTHING,
            entities.short(juror.entity) if juror.entity else NOTHING,
            tuple(areas[slug] for slug in juror.expertise if slug in areas),
            reads[juror.pk],
            bids[juror.pk],
            conflicts[juror.pk],
        )
        for juror in jurors
    ]
    return sorted(found, key=lambda line: order.get(line.juror.person_id, len(order)))


def panels_of(call: Call, lang: str) -> list[tuple[Panel, Shown, list[str]]]:
    """Return the panels of a call with their names and their areas (two queries)."""
    chain = call.edition.fallback
    areas = {area.slug: area.name.shown(lang, chain).text for area in call.areas.all()}
    return [
        (panel, panel.name.shown(lang, chain), [areas[slug] for slug in panel.areas if slug in areas])
        for panel in Panel.objects.filter(call=call)
    ]


def _count(rows: QuerySet[Assignment] | QuerySet[Bid] | QuerySet[Conflict], what: str = "pk") -> Counter[int]:
    counted = rows.order_by().values("juror").annotate(n=Count(what, distinct=True))
    return Counter(dict(counted.values_list("juror", "n")))
