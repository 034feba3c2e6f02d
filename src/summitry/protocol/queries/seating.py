"""What the pages of a seating plan show: tables with their seats, who waits for one, gaps, and what is not kept to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.algorithms.seating import (
    Diner,
    Kind,
    Place,
    Rule,
    Shape,
    Violation,
    beside,
    check,
    propose,
)
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import formats
from summitry.protocol.enums import RuleKind, Span
from summitry.protocol.models import Block, PrecedenceEntry, Seat, SeatingPlan, SeatingRule
from summitry.protocol.queries.people import Who, whos

UNRANKED = 100_000
"""Where those stand in the order of a plan who are not in its precedence list."""


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat with who sits there, who left it, and whether its holder breaks a rule."""

    seat: Seat
    who: Who | None
    left: Who | None
    is_broken: bool


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A table or row with its seats."""

    block: Block
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is not kept: by whom, in words, and why the rule is there."""

    rule: SeatingRule
    people: tuple[Who, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A plan as one page shows it."""

    plan: SeatingPlan
    blocks: tuple[BlockLine, ...]
    waiting: tuple[Who, ...]
    gaps: tuple[SeatLine, ...]
    broken: tuple[Broken, ...]
    rules: tuple[tuple[SeatingRule, tuple[Who, ...]], ...]
    seated: int
    free: int

    @property
    def size(self) -> int:
        """How many seats there are."""
        return self.seated + self.free


def seating_at_work(actor: Actor, edition: Edition, slug: str) -> SeatingPlan:
    """Return a plan that `actor` works on. Raises NotFound for any other."""
    rows = SeatingPlan.objects.filter(edition=edition, slug=slug)
    found = within(actor, rows.select_related("edition__naming_profile", "room", "precedence")).first()
    if found is None:
        raise NotFound
    return found


def chart_of(plan: SeatingPlan, *, further: Iterable[int] = (), rules_too: bool = True) -> Chart:
    """Return the whole plan with eleven statements; `further` guests wait for a seat besides those of its list.

    Without `rules_too` it tells of no rules: who is kept apart is not for everybody who sees the plan.
    """
    seats = list(plan.seats.select_related("block"))
    blocks = list(plan.blocks.all())
    rules = _rules(plan)
    ranked = _order(plan)
    ids = {pk for seat in seats for pk in (seat.guest_id, seat.left_id) if pk is not None}
    people = whos(plan.edition, {*ids, *ranked, *further, *(pk for _rule, guests in rules for pk in guests)})
    seated = {seat.guest_id: seat.pk for seat in seats if seat.guest_id is not None}
    found = check(
        _places(blocks, seats), _diners(seated, people, ranked), [_rule(*each) for each in rules], seated
    )
    broken = _broken(rules, found, people) if rules_too else ()
    named = {who.pk for one in broken for who in one.people}
    lines = {
        seat.pk: SeatLine(
            seat, people.get(seat.guest_id or 0), people.get(seat.left_id or 0), seat.guest_id in named
        )
        for seat in seats
    }
    waiting = [
        people[pk]
        for pk in dict.fromkeys((*ranked, *further))
        if pk in people and pk not in seated and not people[pk].is_gone
    ]
    return Chart(
        plan,
        tuple(
            BlockLine(block, tuple(lines[seat.pk] for seat in seats if seat.block_id == block.pk))
            for block in blocks
        ),
        tuple(waiting),
        tuple(line for line in lines.values() if line.left is not None and line.who is None),
        broken,
        tuple((rule, tuple(people[pk] for pk in guests if pk in people)) for rule, guests in rules)
        if rules_too
        else (),
        len(seated),
        len(seats) - len(seated),
    )


def proposal_for(plan: SeatingPlan) -> dict[int, int]:
    """Return a seating for everybody who is seated or waits, guest to seat: by the plan's order, rules kept, locks left."""
    seats = list(plan.seats.select_related("block"))
    blocks = list(plan.blocks.all())
    ranked = _order(plan)
    seated = {seat.guest_id: seat.pk for seat in seats if seat.guest_id is not None}
    locked = {seat.guest_id: seat.pk for seat in seats if seat.guest_id is not None and seat.is_locked}
    held = {seat.pk for seat in seats if seat.is_locked and seat.guest_id is None}
    people = whos(plan.edition, {*ranked, *seated})
    wanted = {pk: 0 for pk in people if not people[pk].is_gone}
    places = [place for place in _places(blocks, seats) if place.id not in held]
    return propose(places, _diners(wanted, people, ranked), [_rule(*each) for each in _rules(plan)], locked)


def preview_of(chart: Chart, seated: Mapping[int, int]) -> list[tuple[SeatLine, Who | None]]:
    """Return each seat whose holder a proposal would change, with who would have it."""
    people = {line.who.pk: line.who for block in chart.blocks for line in block.seats if line.who is not None}
    people |= {who.pk: who for who in chart.waiting}
    holders = {seat: guest for guest, seat in seated.items()}
    return [
        (line, people.get(holders.get(line.seat.pk, 0)))
        for block in chart.blocks
        for line in block.seats
        if (line.who.pk if line.who else None) != holders.get(line.seat.pk) and not line.seat.is_locked
    ]


def _order(plan: SeatingPlan) -> dict[int, int]:
    if plan.precedence_id is None:
        return {}
    entries = PrecedenceEntry.objects.filter(precedence=plan.precedence_id)
    return dict(entries.values_list("guest_id", "position"))


def _rules(plan: SeatingPlan) -> list[tuple[SeatingRule, list[int]]]:
    rules = list(plan.rules.all())
    guests: dict[int, list[int]] = defaultdict(list)
    through = SeatingRule.guests.through.objects.filter(seatingrule__in=rules).order_by("pk")
    for rule_id, guest_id in through.values_list("seatingrule_id", "guest_id"):
        guests[rule_id].append(guest_id)
    return [(rule, guests[rule.pk]) for rule in rules]


def _rule(rule: SeatingRule, guests: list[int]) -> Rule:
    return Rule(rule.pk, Kind(rule.kind), frozenset(guests), rule.span == Span.BLOCK)


def _places(blocks: Iterable[Block], seats: Iterable[Seat]) -> list[Place]:
    of_block: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        of_block[seat.block_id].append(seat)
    places = []
    for block in blocks:
        row = of_block[block.pk]
        near = beside(Shape(block.kind), len(row))
        places += [
            Place(seat.pk, block.pk, seat.honour, frozenset(row[n].pk for n in near[index]))
            for index, seat in enumerate(row)
        ]
    return places


def _diners(wanted: Iterable[int], people: Mapping[int, Who], ranked: Mapping[int, int]) -> list[Diner]:
    return [
        Diner(pk, ranked.get(pk, UNRANKED), frozenset(people[pk].guest.person.languages))
        for pk in wanted
        if pk in people
    ]


def _broken(
    rules: Iterable[tuple[SeatingRule, list[int]]], found: Iterable[Violation], people: Mapping[int, Who]
) -> tuple[Broken, ...]:
    by_id = {rule.pk: rule for rule, _guests in rules}
    return tuple(
        Broken(
            by_id[one.rule],
            named := tuple(people[pk] for pk in one.diners),
            _sentence(by_id[one.rule], named),
        )
        for one in found
    )


def _sentence(rule: SeatingRule, people: tuple[Who, ...]) -> str:
    names = {
        "names": formats.listing([f"\u2068{who.name}\u2069" for who in people], people[0].name.lang or "en")
    }
    whole = rule.span == Span.BLOCK
    if rule.kind == RuleKind.APART:
        return (_("%(names)s sit at one table.") if whole else _("%(names)s sit beside each other.")) % names
    if rule.kind == RuleKind.TOGETHER:
        return (
            _("%(names)s sits at another table than the others.")
            if whole
            else _("%(names)s sits apart from the others.")
        ) % names
    return _("%(names)s shares no language with a neighbour.") % names
