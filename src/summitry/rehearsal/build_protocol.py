"""What makes the demo's protocol lived in: ranks and precedence, a dinner with its rules, arrivals, rides, rooms and meals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.guests.actions.moving import move
from summitry.guests.enums import Attendance, GuestState
from summitry.guests.models import Category, Guest
from summitry.protocol.actions.courtesy import set_courtesies, set_greeting
from summitry.protocol.actions.meal import create_meal, set_diets
from summitry.protocol.actions.precedence import create_precedence, move_entry, propose_order
from summitry.protocol.actions.proof import give_proofs
from summitry.protocol.actions.seating import (
    add_block,
    add_rule,
    create_seating,
    lock_seat,
    take_proposal,
)
from summitry.protocol.actions.stay import create_allotment, create_hotel, create_stays
from summitry.protocol.actions.travel import (
    add_riders,
    create_legs,
    create_station,
    create_transfer,
    create_vehicle,
)
from summitry.protocol.enums import BlockKind, Direction, LegState, Means, RuleKind
from summitry.protocol.models import Allotment, PrecedenceList, SeatingPlan, Station, Transfer
from summitry.protocol.queries.flags import check_flags
from summitry.protocol.queries.seating import proposal_for
from summitry.rehearsal.built import Built, of
from summitry.rehearsal.clock import SUMMIT_MORNING
from summitry.rehearsal.content import protocol as content

RECEIVED = 80
"""How many guests the demo's protocol brings, lodges and feeds by name."""
CAR = 3
LOOKED_AT = 40
"""How many flags somebody has looked at."""


def build_protocol(built: Built, by: Actor) -> None:
    """Rank the demo's dignitaries, seat and receive them. It needs the edition's guests, and does nothing without any."""
    edition = built.edition
    accredited = Guest.objects.filter(
        edition=edition, state=GuestState.CONFIRMED, attendance=Attendance.ON_SITE, principal=None
    )
    guests = list(accredited.select_related("person", "category", "edition").order_by("pk"))
    dignitaries = _rank(guests, by)
    if not dignitaries:
        return
    lists = [_precedence(edition, dignitaries, number, by) for number in range(len(content.LISTS))]
    plan = _dinner(edition, lists[0], dignitaries, by)
    received = list(dict.fromkeys((*dignitaries, *guests)))[:RECEIVED]
    arrivals = _travel(edition, received, by)
    _receive(edition, dignitaries, arrivals, by)
    _lodge(edition, received, len(dignitaries), by)
    _feed(edition, received, by)
    right = [line for line in check_flags(edition)[:LOOKED_AT] if not line.problems]
    give_proofs(edition, {built.entities[line.code]: line.mark for line in right}, by=by)
    with clock.frozen(_at(edition, -2, 15)):
        lost = plan.seats.filter(guest__isnull=False).order_by("honour")[7].guest
        if lost is not None:
            move(lost, GuestState.WITHDRAWN, by=by, reason=content.LEFT)


def _rank(guests: Sequence[Guest], by: Actor) -> list[Guest]:
    """Give the first guests who represent somebody a rank, each of another country or region."""
    ranks = [rank for rank, count in content.RANKS for _n in range(count)]
    found: dict[int, Guest] = {}
    for guest in guests:
        if guest.person.entity_id is not None:
            found.setdefault(guest.person.entity_id, guest)
    chosen = list(found.values())[: len(ranks)]
    set_courtesies(
        [
            (
                guest,
                {
                    "rank": rank,
                    "in_office_since": dt.date(
                        2019 + number * 7 % 7, 1 + number * 5 % 12, 1 + number * 11 % 28
                    ),
                    "style": of(content.STYLE),
                    "salutation": of(content.SALUTATION if number % 9 else {"en": content.SALUTATION["en"]}),
                },
            )
            for number, (guest, rank) in enumerate(zip(chosen, ranks, strict=False))
        ],
        by=by,
    )
    return chosen


def _precedence(edition: Edition, guests: Sequence[Guest], number: int, by: Actor) -> PrecedenceList:
    made = create_precedence(
        edition,
        by=by,
        name=of(content.LISTS[number]),
        slug=("opening", "photograph")[number],
        language=("en", "zh-hans")[number],
        start_letter=("M", "")[number],
    )
    propose_order(made, [guest.pk for guest in guests], by=by, seen=0)
    last = len(guests)
    for seen, (place, to) in enumerate(
        ((last - 5, 4), (9, 12), (last - 8, last - 10))[: 3 - 2 * number], start=1
    ):
        if to < place <= last or place < to <= last:
            entry = made.entries.select_related("precedence").get(position=place)
            entry.precedence = made
            move_entry(entry, to, by=by, seen=made.number, reason=content.REASONS[seen - 1])
    return made


def _dinner(edition: Edition, order: PrecedenceList, guests: Sequence[Guest], by: Actor) -> SeatingPlan:
    plan = create_seating(
        edition,
        by=by,
        name=of(content.DINNER),
        slug="welcome-dinner",
        starts_at=_at(edition, 0, 19),
        precedence=order,
    )
    add_block(plan, "A", BlockKind.LONG, 12, by=by, seen=plan.number)
    for label in "BCDE":
        add_block(plan, label, BlockKind.ROUND, 8, by=by, seen=plan.number)
    ranked = [entry.guest for entry in order.entries.select_related("guest")]
    if len(ranked) > 20:
        add_rule(plan, RuleKind.APART, ranked[2:4], by=by, reason=content.APART)
        add_rule(plan, RuleKind.APART, [ranked[13], ranked[16]], by=by, span="block", reason=content.APART)
        add_rule(plan, RuleKind.TOGETHER, [ranked[5], ranked[18]], by=by, reason=content.TOGETHER)
    add_rule(plan, RuleKind.LANGUAGE, [], by=by)
    take_proposal(plan, proposal_for(plan), by=by, seen=plan.number)
    for seat in plan.seats.select_related("plan", "block").filter(honour__lte=2, guest__isnull=False):
        seat.plan = plan
        lock_seat(seat, by=by, seen=plan.number, lock=True)
    return plan


def _travel(edition: Edition, guests: Sequence[Guest], by: Actor) -> dict[int, dt.datetime]:
    """Enter how guests come and go, and who is driven; return when each arrives."""
    stations = [create_station(edition, by=by, name=of(name), kind=kind) for kind, name in content.STATIONS]
    now = dt.datetime.fromisoformat(SUMMIT_MORNING)
    legs = [
        leg for number, guest in enumerate(guests) for leg in _legs(edition, stations, number, guest, now)
    ]
    create_legs(edition, legs, by=by)
    arrivals = {
        guest.pk: facts["arrives_at"] for guest, facts in legs if facts["direction"] == Direction.ARRIVAL
    }
    _drive(edition, stations, guests, arrivals, by)
    return arrivals


def _legs(
    edition: Edition, stations: Sequence[Station], number: int, guest: Guest, now: dt.datetime
) -> Iterator[tuple[Guest, Mapping[str, Any]]]:
    """Yield the arrival of a guest, on the eve or this morning, and for most the departure after the last day."""
    origin, zone, hours = content.ORIGINS[number % len(content.ORIGINS)]
    by_train = number % 8 == 3
    here, away = str(edition.host_city), "Shanghai" if by_train else origin
    facts = {
        "means": Means.TRAIN if by_train else Means.FLIGHT,
        "code": f"G {7300 + number}" if by_train else f"RV {100 + number}",
        "away_zone": edition.zone_name if by_train else zone,
        "station": stations[int(by_train)],
    }
    length = dt.timedelta(hours=1.5 if by_train else hours)
    late = number % 23 == 7
    comes = (
        now + dt.timedelta(minutes=20 * (number % 7) - 30)
        if late
        else _at(edition, -1, 8 + number % 12, 5 * (number % 11))
    )
    state = LegState.MET if comes < now - dt.timedelta(hours=1) else LegState.EXPECTED
    yield guest, {
        **facts, "direction": Direction.ARRIVAL, "from_place": away, "to_place": here,
        "departs_at": comes - length, "arrives_at": comes, "state": state,
    }  # fmt: skip
    if number % 5:
        goes = _at(edition, (edition.ends_on - edition.starts_on).days, 15 + number % 7, 10 * (number % 6))
        yield guest, {
            **facts, "direction": Direction.DEPARTURE, "from_place": here, "to_place": away,
            "departs_at": goes, "arrives_at": goes + length,
        }  # fmt: skip


def _drive(
    edition: Edition,
    stations: Sequence[Station],
    guests: Sequence[Guest],
    arrivals: Mapping[int, dt.datetime],
    by: Actor,
) -> None:
    """Let the first guests be driven from the airport to the venue, those who arrive in one hour together."""
    airport, venue = stations[0], stations[-1]
    cars = [
        create_vehicle(edition, by=by, label=f"Car {number + 1}", seats=CAR, driver=driver)
        for number, driver in enumerate(content.GREETERS)
    ]
    hours: dict[dt.datetime, list[Guest]] = {}
    for guest in guests[:40]:
        at = arrivals[guest.pk].replace(minute=0) + dt.timedelta(hours=1, minutes=15)
        hours.setdefault(at, []).append(guest)
    rides: list[tuple[Transfer, list[Guest]]] = []
    for at, riders in sorted(hours.items()):
        ride = create_transfer(
            edition,
            by=by,
            vehicle=cars[len(rides) % len(cars)],
            from_station=airport,
            to_station=venue,
            starts_at=at,
            ends_at=at + dt.timedelta(minutes=40),
        )
        rides.append((ride, riders[:CAR]))
    add_riders(rides, by=by)


def _receive(
    edition: Edition, guests: Sequence[Guest], arrivals: Mapping[int, dt.datetime], by: Actor
) -> None:
    for number, guest in enumerate(guests[:12]):
        set_greeting(
            guest,
            by=by,
            greeter=content.GREETERS[number % len(content.GREETERS)],
            place=str(of(content.STATIONS[0][1])),
            at=arrivals[guest.pk],
        )


def _lodge(edition: Edition, guests: Sequence[Guest], suites: int, by: Actor) -> None:
    """Hold rooms in two hotels, a suite for each of the first `suites` guests, and lodge all but a few."""
    first, last = edition.starts_on - dt.timedelta(days=2), edition.ends_on + dt.timedelta(days=2)
    held: list[Allotment] = [
        create_allotment(hotel, by=by, room_class=of(name), rooms=rooms, since=first, until=last)
        for hotel, name, rooms in zip(
            [create_hotel(edition, by=by, name=of(name)) for name in content.HOTELS],
            content.CLASSES,
            (suites + 4, RECEIVED),
            strict=True,
        )
    ]
    create_stays(
        edition,
        [
            (
                guest,
                held[int(number >= suites)],
                {"arrives_on": edition.starts_on - dt.timedelta(days=1), "leaves_on": edition.ends_on},
            )
            for number, guest in enumerate(guests)
            if number % 11 != 6
        ],
        by=by,
    )


def _feed(edition: Edition, guests: Sequence[Guest], by: Actor) -> None:
    categories = list(Category.objects.filter(edition=edition))
    high = {guest.category_id for guest in guests[:20]}
    for day in range(len(edition.days)):
        create_meal(
            edition, by=by, categories=categories, name=of(content.LUNCH), place=of(content.GARDEN),
            starts_at=_at(edition, day, 12, 15),
        )  # fmt: skip
    create_meal(
        edition, by=by, categories=[one for one in categories if one.pk in high], name=of(content.DINNER),
        place=of(content.GARDEN), starts_at=_at(edition, 0, 19),
    )  # fmt: skip
    set_diets(
        {guest: [content.DIETS[n % len(content.DIETS)]] for n, guest in enumerate(guests) if n % 3 == 1},
        by=by,
    )


def _at(edition: Edition, day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Return an instant by the host city's clock, `day` days after the first."""
    date = edition.starts_on + dt.timedelta(days=day)
    return dt.datetime.combine(date, dt.time(hour, minute), edition.zone)
