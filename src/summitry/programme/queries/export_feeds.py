"""The addresses from which an edition's programme can be had, for the page that lists them and for page heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown
from summitry.programme.queries.export_event import absolute
from summitry.programme.queries.export_formats import FORMATS, Format
from summitry.programme.queries.programme import Programme

ROUTES = {
    "ics": "calendar",
    "frab-xml": "schedule_xml",
    "frab-json": "schedule_json",
    "csv": "schedule_csv",
    "xlsx": "schedule_xlsx",
}


@dataclass(frozen=True, slots=True)
class FileFeed:
    """A file of the whole programme."""

    label: str | Promise
    purpose: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """A calendar: the address to subscribe to in a calendar program, and the plain one."""

    title: Shown
    url: str
    subscribe: str


@dataclass(frozen=True, slots=True)
class Feeds:
    """Everything on the page."""

    whole: CalendarFeed
    files: Sequence[FileFeed]
    forums: Sequence[CalendarFeed]
    rooms: Sequence[CalendarFeed]
    embed: str


def file_address(edition: Edition, chosen: Format) -> str:
    """Return the absolute address of the programme in a format, in the active language."""
    return absolute(reverse(f"programme:{ROUTES[chosen.key]}", args=[edition.slug]))


def feeds_of(edition: Edition, programme: Programme) -> Feeds:
    """Return all addresses in the active language."""
    lang = programme.lang
    return Feeds(
        whole=_calendar(edition.name.shown(lang, edition.fallback), "calendar", edition.slug),
        files=[
            FileFeed(each.label, each.purpose, file_address(edition, each))
            for each in FORMATS.values()
            if each.key != "ics"
        ],
        forums=[_calendar(forum.title, "forum_ics", edition.slug, forum.slug) for forum in programme.forums],
        rooms=[_calendar(room.name, "room_ics", edition.slug, room.code) for room in programme.rooms],
        embed=absolute(reverse("programme:embed", args=[edition.slug])),
    )


def _calendar(title: Shown, route: str, *arguments: str) -> CalendarFeed:
    url = absolute(reverse(f"programme:{route}", args=arguments))
    _scheme, _separator, address = url.partition("://")
    return CalendarFeed(title, url, f"webcal://{address}")
