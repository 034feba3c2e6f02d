"""What the programme's lists can be narrowed by: the reader's forums, the edition's rooms, days and languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.sorting import collation_key
from summitry.editions.models import Room
from summitry.foundation.access import visible, within
from summitry.foundation.i18n import Text, TextState, formats, languages
from summitry.foundation.lists import Chip, Filter, Option, Reader, yes_no
from summitry.programme.enums import ForumState
from summitry.programme.models import Forum, Slot

NO_ROOM = "none"
STATE_TONES: dict[str, str] = {
    ForumState.SUBMITTED: "amber",
    ForumState.RETURNED: "seal",
    ForumState.SIGNED: "jade",
    ForumState.PUBLISHED: "jade",
}


class Place(NamedTuple):
    """Where and when a session stands in the draft."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room_id: int | None
    room: Text | None


def forum_options(reader: Reader) -> list[Option]:
    """Return the forums that the reader works on, in the order of her language."""
    rows = within(reader.actor, Forum.objects.filter(edition=reader.edition)).values_list("slug", "title")
    options = [Option(slug, reader.shown(title).text or slug) for slug, title in rows.order_by()]
    return sorted(options, key=lambda option: collation_key(str(option.label), reader.lang))


def room_options(reader: Reader) -> list[Option]:
    """Return the edition's rooms, in their order, and "no room"."""
    rows = visible(reader.actor, Room.objects.filter(edition=reader.edition)).values_list("code", "name")
    rooms = [Option(code, reader.shown(name).text or code) for code, name in rows]
    return [*rooms, Option(NO_ROOM, _("No room"))]


def day_options(reader: Reader) -> list[Option]:
    """Return the edition's days."""
    return [Option(day.isoformat(), formats.date(day, reader.lang, "EdMMM")) for day in reader.edition.days]


def language_options(reader: Reader) -> list[Option]:
    """Return the edition's languages."""
    return [Option(code, languages.name_in(code, reader.lang)) for code in reader.edition.languages]


def draft_slots(reader: Reader) -> QuerySet[Slot]:
    """Return the slots of the edition's draft."""
    return Slot.objects.filter(version__edition=reader.edition, version__number=None)


def places_of(reader: Reader, session_ids: Iterable[int]) -> dict[int, Place]:
    """Return where these sessions stand in the draft, by session, with one statement."""
    rows = (
        draft_slots(reader)
        .filter(session__in=set(session_ids))
        .order_by()
        .values_list("session_id", "starts_at", "ends_at", "room_id", "room__name")
    )
    return {row[0]: Place(*row[1:]) for row in rows}


def of_draft(session: str) -> tuple[Filter, Filter, Filter]:
    """Return the filters by room, by day, and by whether a session is placed; `session` leads from a row to it."""

    def placed(reader: Reader, **where: Any) -> Q:
        return Q(Exists(draft_slots(reader).filter(session=OuterRef(session), **where)))

    def by_room(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
        where = {"room": None} if value == NO_ROOM else {"room__code": value}
        return rows.filter(placed(reader, **where))

    def by_day(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
        start = dt.datetime.combine(dt.date.fromisoformat(value), dt.time(), reader.edition.zone)
        return rows.filter(placed(reader, starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=1)))

    return (
        Filter(key="room", label=_("Room"), options=room_options, narrow=by_room),
        Filter(key="day", label=_("Day"), options=day_options, narrow=by_day),
        yes_no("placed", _("Placed on the board"), placed, _("Scheduled"), _("Not scheduled yet")),
    )


def text_filter(field: str, key: str, label: str | Promise) -> Filter:
    """Narrow by how far a text has come in one language: `missing.zh-hans`, `stale.fr`."""

    def options(reader: Reader) -> list[Option]:
        names = [(code, languages.name_in(code, reader.lang)) for code in reader.edition.languages]
        states = (
            (TextState.MISSING, _("%(language)s: missing")),
            (TextState.STALE, _("%(language)s: out of date")),
        )
        return [
            Option(f"{state}.{code}", str(words) % {"language": name})
            for state, words in states
            for code, name in names
        ]

    def narrow(rows: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
        state, _dot, lang = value.partition(".")
        if state == TextState.MISSING:
            return rows.exclude(**{f"{field}__has_key": lang})
        texts = rows.order_by().values_list("pk", field)
        return rows.filter(pk__in=[pk for pk, text in texts if text.state(lang) == TextState.STALE])

    return Filter(key=key, label=label, options=options, narrow=narrow)


def gaps(text: Text, reader: Reader) -> list[Chip]:
    """Return a mark for each of the edition's languages in which a text is missing or out of date."""
    tones = {TextState.MISSING: "seal", TextState.STALE: "amber"}
    return [
        Chip(code.split("-")[0].upper(), tones[state])
        for code in reader.edition.languages
        if (state := text.state(code)) in tones
    ]


def forum_state(forum: Forum) -> Chip:
    """Return how far a forum has come."""
    return Chip(forum.get_state_display(), STATE_TONES.get(forum.state, ""))


def record_url(name: str, reader: Reader, key: object) -> str:
    """Return the address of a record's page in the console."""
    return reverse(f"programme_console:{name}", args=[reader.edition.slug, key])
