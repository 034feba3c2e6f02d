"""How a jury is made up, and what it can read against what there is to read. Nothing in it tells who reads which entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count

from summitry.calls.enums import IN_PLAY, EntryState, JurorState, RoundState
from summitry.calls.models import Area, Call, Entry, Juror, Round
from summitry.directory.queries.entities import EntityNames
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown, formats, languages
from summitry.foundation.i18n.text import NOTHING


@dataclass(frozen=True, slots=True)
class Share:
    """How many jurors have something in common; `percent` of those who have accepted."""

    label: Shown | str
    count: int
    percent: str


@dataclass(frozen=True, slots=True)
class AreaLoad:
    """An area: its entries, the reads that they need, how many jurors know it first, second and third, and the reads they offer.

    Who names several areas offers each an equal part of her reads.
    """

    name: Shown
    entries: int
    needed: int
    known: tuple[int, ...]
    offered: int

    @property
    def is_short(self) -> bool:
        """Whether those who know it offer less than it needs."""
        return self.offered < self.needed


@dataclass(frozen=True, slots=True)
class Balance:
    """A jury: who has accepted, by languages, countries and regions, organisations; and loads in the next round."""

    accepted: int
    waiting: int
    offered: int
    needed: int
    reads: int
    areas: tuple[AreaLoad, ...]
    languages: tuple[Share, ...]
    entities: tuple[Share, ...]
    organisations: tuple[Share, ...]


def balance_of(call: Call, lang: str, actor: Actor) -> Balance:
    """Return how a jury is made up (six queries); entries that a conflict hides from `actor` are not counted."""
    chain = call.edition.fallback
    rows = list(Juror.objects.filter(call=call).select_related("organisation", "entity"))
    jury = [row for row in rows if row.state == JurorState.ACCEPTED]
    entities = EntityNames(call.edition.naming_profile_id, lang, chain)
    reads = _reads_of_next_round(call)
    areas = _areas(call, jury, reads, lang, actor)
    return Balance(
        accepted=len(jury),
        waiting=sum(row.state in {JurorState.PROPOSED, JurorState.INVITED} for row in rows),
        offered=sum(row.most for row in jury),
        needed=sum(area.needed for area in areas),
        reads=reads,
        areas=areas,
        languages=_shares(jury, lambda row: [languages.name_in(code, lang) for code in row.languages], lang),
        entities=_shares(jury, lambda row: [entities.short(row.entity)] if row.entity else [], lang),
        organisations=_shares(
            jury, lambda row: [row.organisation.name.shown(lang, chain)] if row.organisation else [], lang
        ),
    )


def _reads_of_next_round(call: Call) -> int:
    following = Round.objects.filter(call=call).exclude(state=RoundState.DECIDED).order_by("number").first()
    return following.reads if following else 0


def _areas(call: Call, jury: Iterable[Juror], reads: int, lang: str, actor: Actor) -> tuple[AreaLoad, ...]:
    in_play = visible(actor, Entry.objects.filter(call=call, state__in=IN_PLAY | {EntryState.SUBMITTED}))
    entries = dict(in_play.order_by().values_list("area").annotate(n=Count("pk")))
    known: dict[str, list[int]] = {}
    offered: Counter[str] = Counter()
    for juror in jury:
        for rank, slug in enumerate(juror.expertise):
            known.setdefault(slug, [0, 0, 0])[min(rank, 2)] += 1
            offered[slug] += round(juror.most / len(juror.expertise))
    found = [
        AreaLoad(
            area.name.shown(lang, call.edition.fallback),
            entries.get(area.pk, 0),
            entries.get(area.pk, 0) * reads,
            tuple(known.get(area.slug, (0, 0, 0))),
            offered[area.slug],
        )
        for area in Area.objects.filter(call=call)
    ]
    if entries.get(None):
        found.append(AreaLoad(NOTHING, entries[None], entries[None] * reads, (0, 0, 0), 0))
    return tuple(found)


def _shares(
    jury: list[Juror], labels: Callable[[Juror], list[Shown] | list[str]], lang: str
) -> tuple[Share, ...]:
    counted: Counter[Shown | str] = Counter(label for juror in jury for label in labels(juror))
    total = len(jury) or 1
    return tuple(
        Share(label, count, formats.percent(count / total, lang)) for label, count in counted.most_common()
    )
