"""The list of guests as protocol sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import names_of
from summitry.foundation.access import within
from summitry.foundation.i18n import Shown, Text
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Option,
    Reader,
    by_keys,
    search,
    yes_no,
)
from summitry.guests.enums import GONE, Attendance
from summitry.guests.models import Guest
from summitry.protocol.enums import Direction, LegState, Rank
from summitry.protocol.models import Courtesy, Leg, Stay
from summitry.protocol.queries.order import RANKS
from summitry.protocol.queries.people import Who, whos

KNOWN, UNKNOWN = Chip(_("Known"), "jade"), Chip(_("Missing"), "amber")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A guest with how far her reception is prepared."""

    who: Who
    salutation: Text
    is_asked: bool
    arrives: bool
    is_lodged: bool


def rows(reader: Reader) -> QuerySet[Guest]:
    """Return the guests on site who come and whom the reader works on; those who are received with a rank come first."""
    guests = within(reader.actor, Guest.objects.filter(edition=reader.edition, attendance=Attendance.ON_SITE))
    return guests.exclude(state__in=GONE)


def lines(guests: Sequence[Guest], reader: Reader) -> list[PersonLine]:
    """Return the lines of these guests, with eight statements for all."""
    ids = [guest.pk for guest in guests]
    people = whos(reader.edition, ids, reader.lang)
    salutations = dict(Courtesy.objects.filter(guest__in=ids).values_list("guest_id", "salutation"))
    legs = Leg.objects.filter(guest__in=ids, direction=Direction.ARRIVAL).exclude(state=LegState.CANCELLED)
    arriving = set(legs.values_list("guest_id", flat=True))
    lodged = set(Stay.objects.filter(guest__in=ids).values_list("guest_id", flat=True))
    return [
        PersonLine(people[pk], salutations.get(pk, Text()), pk in salutations, pk in arriving, pk in lodged)
        for pk in ids
    ]


def _by_name(guests: QuerySet[Any], reader: Reader) -> Mapping[int, str]:
    people = dict(guests.order_by().values_list("pk", "person_id"))
    names = names_of(people.values())
    return {pk: names.sort_key(person, reader.lang, reader.edition.fallback) for pk, person in people.items()}


def _by_rank(guests: QuerySet[Any], reader: Reader) -> Mapping[int, tuple[int, str]]:
    ranks = dict(
        Courtesy.objects.filter(guest__edition=reader.edition)
        .exclude(rank=Rank.OTHER)
        .values_list("guest_id", "rank")
    )
    names = _by_name(guests, reader)
    return {pk: (RANKS.index(ranks.get(pk, Rank.OTHER)), name) for pk, name in names.items()}


def _name(line: PersonLine, _reader: Reader) -> Shown:
    return line.who.name


def _link(line: PersonLine, reader: Reader) -> str:
    return reverse("protocol:person", args=[reader.edition.slug, line.who.pk])


def _missing(line: PersonLine, reader: Reader) -> list[Chip]:
    return [
        Chip(lang.split("-")[0].upper(), "seal")
        for lang in reader.edition.languages
        if line.is_asked and not line.salutation.get(lang)
    ]


def _of_rank(guests: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    return guests.filter(courtesy__rank=value)


def _without_salutation(reader: Reader) -> Q:
    missing = Q(pk__in=[])
    for lang in reader.edition.languages:
        missing |= ~Q(courtesy__salutation__has_key=lang)
    return Q(courtesy__isnull=False) & missing


PEOPLE = ListSpec(
    key="protocol.people",
    route="protocol:people",
    nav="protocol-people",
    title=_("Reception"),
    lead=_("How guests are ranked and addressed, and how far their reception is prepared."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.who.name.text,
    columns=(
        Column(key="name", label=_("Name"), value=_name, link=_link, sort=by_keys(_by_name)),
        Column(key="style", label=_("Style"), value=lambda line, _reader: line.who.style),
        Column(
            key="rank",
            label=_("Rank"),
            value=lambda line, _reader: Rank(line.who.rank).label,
            sort=by_keys(_by_rank),
        ),
        Column(key="entity", label=_("Represents"), value=lambda line, _reader: line.who.entity),
        Column(
            key="post",
            label=_("Post"),
            value=lambda line, _reader: line.who.post,
            is_wide=True,
            is_hidden=True,
        ),
        Column(key="salutation", label=_("Salutation missing"), value=_missing),
        Column(
            key="arrival", label=_("Arrival"), value=lambda line, _reader: KNOWN if line.arrives else UNKNOWN
        ),
        Column(key="stay", label=_("Stay"), value=lambda line, _reader: KNOWN if line.is_lodged else UNKNOWN),
    ),
    filters=(
        search("person__reference_name", "person__names__text"),
        Filter(
            key="rank",
            label=_("Rank"),
            options=lambda _reader: [Option(value, label) for value, label in Rank.choices],
            narrow=_of_rank,
        ),
        yes_no(
            "dignitary",
            _("Has a rank"),
            lambda _reader: Q(courtesy__isnull=False) & ~Q(courtesy__rank=Rank.OTHER),
        ),
        yes_no("unaddressed", _("Salutation missing"), _without_salutation),
        yes_no(
            "arrival",
            _("Arrival known"),
            lambda _reader: Q(Exists(Leg.objects.filter(guest=OuterRef("pk"), direction=Direction.ARRIVAL))),
        ),
        yes_no(
            "stay", _("Stay arranged"), lambda _reader: Q(Exists(Stay.objects.filter(guest=OuterRef("pk"))))
        ),
    ),
    order="rank",
    empty=Empty(
        title=_("No guests yet"), text=_("Whoever is invited or nominated to come on site is received here.")
    ),
)
