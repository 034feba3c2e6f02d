"""A selection in words: what its quotas cost, whom they bring in and keep out, or why there is none and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.algorithms.selection import EVERY, Demand, Quota, Relief, Result, Shortage, Side
from summitry.calls.enums import Dimension, EntrantKind
from summitry.calls.models import Call, Entry
from summitry.calls.queries.selection import Line, Proposal, labels_of
from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry that a quota brings in or keeps out, and as what the quota counts it."""

    entry: Entry
    label: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What one quota costs: its name, the summed score it takes away, who would come in and go out without it."""

    quota: str
    loss: float
    comes: tuple[Moved, ...]
    goes: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What is said of a proposal: how many of the chosen carry each label, the price of each quota; or why there is none."""

    chosen: int = 0
    price: float = 0.0
    counts: tuple[tuple[str, int, str], ...] = ()
    prices: tuple[PriceLine, ...] = ()
    demands: tuple[str, ...] = ()
    ways: tuple[tuple[str, ...], ...] = ()


def account_of(call: Call, proposal: Proposal, lines: Iterable[Line]) -> Account:
    """Return what a proposal says, in the active language; entries that `lines` leave out are named nowhere."""
    labels = _Labels(call)
    if isinstance(proposal.answer, Shortage):
        return _short(proposal.answer, labels)
    entries = {line.entry.pk: line.entry for line in lines}
    result: Result = proposal.answer
    return Account(
        chosen=len(result.chosen),
        price=result.unconstrained - result.objective,
        counts=tuple(
            (labels.of(one.dimension, one.label), one.chosen, _bounds(one.least, one.most))
            for one in result.counts
        ),
        prices=tuple(
            PriceLine(
                labels.quota(one.quota),
                one.loss,
                _moved(one.comes, entries, one.quota.dimension, labels),
                _moved(one.goes, entries, one.quota.dimension, labels),
            )
            for one in sorted(result.prices, key=lambda price: -price.loss)
        ),
    )


class _Labels:
    """The names of what quotas count, in the active language; read once."""

    def __init__(self, call: Call) -> None:
        lang = get_language() or "en"
        self._names = {"kind": {kind.value: str(kind.label) for kind in EntrantKind}}
        fallback = call.edition.fallback
        self._names["area"] = {one.slug: one.name.shown(lang, fallback).text for one in call.areas.all()}
        self._entities = EntityNames(call.edition.naming_profile_id, lang, fallback)
        self._codes: dict[str, int] | None = None

    def of(self, dimension: str, label: str) -> str:
        if dimension == Dimension.ENTITY:
            if self._codes is None:
                self._codes = dict(Entity.objects.values_list("code", "pk"))
            return self._entities.short(self._codes[label]).text if label in self._codes else label
        return self._names.get(dimension, {}).get(label, label)

    def quota(self, quota: Quota) -> str:
        bounds = _bounds(quota.least, quota.most)
        if quota.label == EVERY:
            name = _("%(dimension)s, each") % {"dimension": Dimension(quota.dimension).label}
        else:
            name = self.of(quota.dimension, quota.label)
        return f"{name}: {bounds}"


def _bounds(least: int, most: int | None) -> str:
    if most is None:
        return _("at least %(least)d") % {"least": least}
    if not least:
        return _("at most %(most)d") % {"most": most}
    return _("%(least)d to %(most)d") % {"least": least, "most": most}


def _moved(
    keys: Sequence[int], entries: Mapping[int, Entry], dimension: str, labels: _Labels
) -> tuple[Moved, ...]:
    known = [entries[key] for key in keys if key in entries]
    return tuple(Moved(one, labels.of(dimension, labels_of(one).get(dimension, ""))) for one in known)


def _short(shortage: Shortage, labels: _Labels) -> Account:
    return Account(
        demands=tuple(_demand(one, labels) for one in shortage.demands),
        ways=tuple(tuple(_relief(one, labels) for one in way) for way in shortage.ways),
    )


def _demand(demand: Demand, labels: _Labels) -> str:
    values = {"label": labels.of(demand.dimension, demand.label), "bound": demand.bound}
    return {
        Side.LEAST: _("%(label)s: at least %(bound)d"),
        Side.MOST: _("%(label)s: at most %(bound)d"),
        Side.PLACES: _("%(bound)d places in all"),
        Side.REQUIRED: _("an entry that is decided in"),
        Side.EXCLUDED: _("entries that are decided out"),
    }[demand.side] % values


def _relief(relief: Relief, labels: _Labels) -> str:
    values = {"label": labels.of(relief.demand.dimension, relief.demand.label), "bound": relief.bound}
    return {
        Side.LEAST: _("%(label)s: at least %(bound)d suffices"),
        Side.MOST: _("%(label)s: allow %(bound)d"),
        Side.PLACES: _("choose %(bound)d"),
        Side.REQUIRED: _("leave the entry open"),
        Side.EXCLUDED: _("leave the entries open"),
    }[relief.demand.side] % values
