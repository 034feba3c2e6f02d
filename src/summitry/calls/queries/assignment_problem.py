"""The question of an assignment, drawn from the rows of a round: who may read what, how much, and how well it fits.

What a juror has begun or handed in is kept; what else she has is given up only where the rest demands it.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.enums import AssignmentState, JurorState
from summitry.calls.errors import NothingToCompute
from summitry.calls.models import Assignment, Bid, Entry, Juror, Round
from summitry.calls.permissions_judging import HELD
from summitry.calls.queries.conflicts import barring
from summitry.calls.queries.rounds import at_stake
from summitry.calls.record.seeds import derived_seed
from summitry.foundation.i18n import TextState

Pair = tuple[int, int]
LIMIT = 0.8
"""How likely a single pair may be where an assignment is drawn by lot."""
LINKS = 2
"""So many entries of each panel may be read by the panel beside it, so that their marks can be compared."""
UNEVEN = 0.25
"""By how much of the mean loads may differ, where it can be helped."""
SECONDS = 60.0
"""How long the fairest assignment may be looked for."""
LANGUAGE, PANEL, RECUSED = "language", "panel", "recused"
"""Rules beside the kinds of conflicts: she does not read its language, her panel does not read its area, she has recused herself."""


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry as an assignment sees it; `languages` are those in which its abstract can be read as somebody wrote it."""

    pk: int
    reads: int
    area: str
    languages: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class JurorFacts:
    """A juror as an assignment sees her; who has left only keeps what she has handed in."""

    pk: int
    most: int
    least: int
    organisation: str
    entity: str
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    expertise: tuple[str, ...]
    words: str


@dataclass(slots=True)
class Facts:
    """Everything about a round that an assignment depends on, before the fit of pairs is computed."""

    entries: list[EntryFacts]
    jurors: list[JurorFacts]
    barred: dict[Pair, tuple[str, ...]] = field(default_factory=dict)
    kept: set[Pair] = field(default_factory=set)
    former: set[Pair] = field(default_factory=set)
    bids: dict[Pair, str] = field(default_factory=dict)


def facts_of(round_: Round) -> Facts:
    """Return the facts of a round (six queries). Raises NothingToCompute without entries or jurors."""
    conflicts = barring(round_.call)
    given = _given(round_)
    kept = {pair for pair, states in given.items() if stays(*states) and pair not in conflicts}
    entries = _entries(round_, Counter(entry for entry, _juror in kept))
    there = {entry.pk for entry in entries}
    kept = {pair for pair in kept if pair[0] in there}
    jurors = _jurors(round_, Counter(juror for _entry, juror in kept))
    if not entries:
        raise NothingToCompute(missing=_("no entry is in this round"))
    if not jurors:
        raise NothingToCompute(missing=_("no juror has accepted"))
    found = Facts(entries, jurors, kept=kept)
    found.former = {pair for pair, (state, _left) in given.items() if state in HELD and pair[0] in there}
    recused = {pair for pair, (state, _left) in given.items() if state == AssignmentState.RECUSED}
    found.barred = _barred(found, conflicts, recused)
    bids = Bid.objects.filter(juror__call=round_.call_id, entry__in=there)
    found.bids = {
        (entry, juror): value for entry, juror, value in bids.values_list("entry", "juror", "value")
    }
    return found


def evened(facts: Facts) -> Facts:
    """Return the facts with loads kept within a quarter of the mean, where jurors' own limits let them be.

    Many assignments fit equally well; without this the first jurors would read everything and the last ones nothing.
    """
    mean = sum(entry.reads for entry in facts.entries) / len(facts.jurors)
    low, high = math.floor(mean * (1 - UNEVEN)), math.ceil(mean * (1 + UNEVEN))
    kept = Counter(juror for _entry, juror in facts.kept)
    jurors = []
    for juror in facts.jurors:
        most = min(juror.most, max(high, juror.least, kept[juror.pk]))
        jurors.append(replace(juror, most=most, least=max(juror.least, min(low, most))))
    return replace(facts, jurors=jurors)


def problem_of_round(round_: Round, fit: list[list[int]], facts: Facts) -> dict[str, Any]:
    """Return the question as JSON values, with the fit of each entry (row) and juror (column) in ten-thousandths."""
    return {
        "entries": [[entry.pk, entry.reads] for entry in facts.entries],
        "jurors": [
            [juror.pk, juror.most, juror.least, juror.organisation, juror.entity] for juror in facts.jurors
        ],
        "affinity": fit,
        "barred": [[*pair, sorted(rules)] for pair, rules in sorted(facts.barred.items())],
        "kept": [list(pair) for pair in sorted(facts.kept)],
        "former": [list(pair) for pair in sorted(facts.former)],
        "per_organisation": round_.per_organisation or None,
        "per_entity": round_.per_entity or None,
        "mode": str(round_.mode),
        "limit": LIMIT,
        "seed": derived_seed(round_.call.seed, "assignment", round_.number),
        "floor_share": 1.0,
        "seconds": SECONDS,
        "connect": True,
    }


def stays(state: str, juror_state: str) -> bool:
    """Return whether a read is kept: one handed in whatever happens, a begun one as long as its juror is there."""
    has_begun = state == AssignmentState.BEGUN and juror_state == JurorState.ACCEPTED
    return has_begun or state == AssignmentState.SUBMITTED


def _given(round_: Round) -> dict[Pair, tuple[str, str]]:
    rows = Assignment.objects.filter(round=round_).values_list("entry", "juror", "state", "juror__state")
    return {(entry, juror): (state, juror_state) for entry, juror, state, juror_state in rows}


def pair_rules(entry: Entry, juror: Juror) -> tuple[str, ...]:
    """Return the rules other than conflicts that bar one juror from one entry."""
    return rules_between(_entry_facts(entry, 0), _juror_facts(juror, juror.most, juror.least))


def _entries(round_: Round, kept: Counter[int]) -> list[EntryFacts]:
    rows = at_stake(round_).select_related("entry__area").order_by("entry_id")
    return [_entry_facts(row.entry, max(row.reads, kept[row.entry_id])) for row in rows]


def _entry_facts(entry: Entry, reads: int) -> EntryFacts:
    return EntryFacts(
        pk=entry.pk,
        reads=reads,
        area=entry.area.slug if entry.area else "",
        languages=_readable(entry),
        words=" ".join((*entry.title.texts.values(), *entry.abstract.texts.values())),
    )


def _readable(entry: Entry) -> tuple[str, ...]:
    written = [lang for lang in entry.abstract.texts if entry.abstract.state(lang) is TextState.REVIEWED]
    return tuple(sorted(written) or filter(None, [entry.language]))


def _jurors(round_: Round, kept: Counter[int]) -> list[JurorFacts]:
    rows = Juror.objects.filter(call=round_.call_id).select_related("panel").order_by("pk")
    found = []
    for row in rows:
        if row.state == JurorState.ACCEPTED:
            found.append(_juror_facts(row, max(row.most, kept[row.pk]), row.least))
        elif kept[row.pk]:
            found.append(_juror_facts(row, kept[row.pk], 0))
    return found


def _juror_facts(juror: Juror, most: int, least: int) -> JurorFacts:
    return JurorFacts(
        pk=juror.pk,
        most=most,
        least=least,
        organisation=str(juror.organisation_id or ""),
        entity=str(juror.entity_id or ""),
        areas=tuple(juror.panel.areas) if juror.panel else (),
        languages=tuple(juror.languages),
        expertise=tuple(juror.expertise),
        words=juror.words,
    )


def _barred(
    facts: Facts, conflicts: dict[Pair, tuple[str, ...]], recused: set[Pair]
) -> dict[Pair, tuple[str, ...]]:
    found: dict[Pair, tuple[str, ...]] = {}
    links = links_of(facts)
    for entry in facts.entries:
        for juror in facts.jurors:
            pair = (entry.pk, juror.pk)
            if pair in facts.kept:
                continue
            rules = (*conflicts.get(pair, ()), *rules_between(entry, juror))
            if juror.areas in links.get(entry.pk, ()):
                rules = tuple(rule for rule in rules if rule != PANEL)
            if pair in recused:
                rules = (*rules, RECUSED)
            if rules:
                found[pair] = rules
    return found


def links_of(facts: Facts) -> dict[int, set[tuple[str, ...]]]:
    """Return the entries that are open to the panel beside their own, too, with the areas of that panel.

    Panels that share no area share no entry, and marks that nobody gave side by side cannot be compared. So the first
    entries of each panel, `LINKS` of them, may also be read by the next panel; the panels stand in a ring.
    """
    panels = sorted({juror.areas for juror in facts.jurors if juror.areas})
    found: dict[int, set[tuple[str, ...]]] = {}
    if len(panels) < 2:
        return found
    for panel, beside in zip(panels, panels[1:] + panels[:1], strict=True):
        if not set(panel) & set(beside):
            own = [entry.pk for entry in facts.entries if entry.area in panel]
            for pk in own[:LINKS]:
                found.setdefault(pk, set()).add(beside)
    return found


def rules_between(entry: EntryFacts, juror: JurorFacts) -> tuple[str, ...]:
    """Return the rules other than conflicts that bar a juror from an entry. What is not known bars nobody."""
    rules = []
    if entry.languages and juror.languages and not set(entry.languages) & set(juror.languages):
        rules.append(LANGUAGE)
    if entry.area and juror.areas and entry.area not in juror.areas:
        rules.append(PANEL)
    return tuple(rules)
