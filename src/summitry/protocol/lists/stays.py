"""The list of stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import within
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Option, Reader, related, search, yes_no
from summitry.guests.enums import GONE
from summitry.protocol.models import Hotel, Stay
from summitry.protocol.queries.people import Who, whos


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay with its guest."""

    stay: Stay
    who: Who


def rows(reader: Reader) -> QuerySet[Stay]:
    """Return the stays that the reader works on; those of guests who do not come are to be cancelled with the hotel."""
    mine = within(reader.actor, Stay.objects.filter(guest__edition=reader.edition))
    return mine.select_related("allotment__hotel")


def lines(stays: Sequence[Stay], reader: Reader) -> list[StayLine]:
    """Return the lines of these stays, with five statements for all."""
    people = whos(reader.edition, {stay.guest_id for stay in stays}, reader.lang)
    return [StayLine(stay, people[stay.guest_id]) for stay in stays]


def _hotels(reader: Reader) -> list[Option]:
    found = Hotel.objects.filter(edition=reader.edition)
    return [Option(hotel.slug, reader.shown(hotel.name).text) for hotel in found]


def _state(line: StayLine, _reader: Reader) -> Chip | None:
    if line.who.is_gone:
        return Chip(_("To be cancelled"), "seal")
    return Chip(_("Shares a room")) if line.stay.shares else None


STAYS = ListSpec(
    key="protocol.stays",
    route="protocol:stays",
    nav="protocol-stays",
    title=_("Stays"),
    head=lambda reader: (reverse("protocol:hotels", args=[reader.edition.slug]), str(_("Hotels"))),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.who.name.text,
    columns=(
        Column(
            key="name",
            label=_("Name"),
            value=lambda line, _reader: line.who.name,
            link=lambda line, reader: reverse("protocol:stay", args=[reader.edition.slug, line.stay.pk]),
        ),
        Column(
            key="hotel",
            label=_("Hotel"),
            value=lambda line, _reader: line.stay.allotment.hotel.name,
            sort="allotment__hotel__position",
        ),
        Column(
            key="class", label=_("Room class"), value=lambda line, _reader: line.stay.allotment.room_class
        ),
        Column(
            key="arrives",
            label=_("First night"),
            value=lambda line, _reader: line.stay.arrives_on,
            sort="arrives_on",
        ),
        Column(
            key="leaves",
            label=_("Leaves on"),
            value=lambda line, _reader: line.stay.leaves_on,
            sort="leaves_on",
        ),
        Column(
            key="room",
            label=_("Room number"),
            value=lambda line, _reader: line.stay.room_number,
            sort="room_number",
        ),
        Column(key="state", label=_("State"), value=_state),
        Column(key="note", label=_("Note"), value=lambda line, _reader: line.stay.note, is_hidden=True),
    ),
    filters=(
        search("guest__person__reference_name", "guest__person__names__text", "room_number", "note"),
        related("hotel", _("Hotel"), "allotment__hotel__slug", _hotels),
        yes_no("gone", _("To be cancelled"), lambda _reader: Q(guest__state__in=GONE)),
    ),
    order="arrives",
    empty=Empty(
        title=_("No stays yet"),
        text=_("Enter which rooms the hotels hold, then lodge guests on their pages of protocol."),
        step=lambda reader: (reverse("protocol:hotels", args=[reader.edition.slug]), str(_("Hotels"))),
    ),
)
