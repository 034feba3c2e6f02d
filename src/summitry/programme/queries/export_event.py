"""One session of ours as an event of a schedule document: the one projection that export and import share.

Export shows it in the words of the file it came from, as far as they are still true; import compares a new file
against it, field by field. So what an import has written goes out again exactly as it came in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import override

from summitry.editions.models import Edition
from summitry.foundation.i18n import Text, language_tag
from summitry.programme.enums import ContributionKind, ForumKind
from summitry.programme.interchange.document import TRANSLATIONS, Day, Event, EventPerson, Json
from summitry.programme.interchange.identity import derived_id
from summitry.programme.models import Contribution, Forum
from summitry.programme.queries.export_kept import fingerprint
from summitry.programme.queries.export_keys import BIOGRAPHY
from summitry.programme.queries.export_rows import AppearanceRow
from summitry.programme.queries.export_slots import AnySession
from summitry.programme.queries.links import Links, links_of

NO_EXTRA: Mapping[str, Json] = {}
TRANSLATED = ("title", "subtitle", "abstract")
"""Texts of a session whose other languages a document carries beside the event."""


@dataclass(frozen=True)
class Voice:
    """In which language an export speaks: a reader's, with the edition's fallbacks, or (empty) each text's own."""

    edition: Edition
    lang: str = ""

    def say(self, text: Text) -> str:
        """Return the words for this export."""
        if not self.lang:
            return text.get(text.source)
        return text.get(self.lang) or text.shown(self.lang, self.edition.fallback).text

    @cached_property
    def links(self) -> Links:
        """The addresses of the edition's pages in the language of the export, without the host."""
        return links_of(self.edition.slug, self.lang or settings.LANGUAGE_CODE)


def absolute(path: str) -> str:
    """Return a page's address with the host."""
    return settings.BASE_URL + path


@dataclass(slots=True)
class Numbers:
    """Numeric ids for what has none: made of the GUID, so that they stay the same, and clear of those in use."""

    taken: set[int] = field(default_factory=set)
    given: dict[str, int] = field(default_factory=dict)

    def of(self, guid: str) -> int:
        """Return the number that stands for `guid`."""
        number = self.given.get(guid)
        if number is None:
            number = self.given[guid] = derived_id(guid, self.taken)
            self.taken.add(number)
        return number


def native_event(
    session: AnySession,
    *,
    voice: Voice,
    numbers: Numbers,
    forum: Forum,
    room: str,
    day: int,
    starts_at: dt.datetime,
    duration: dt.timedelta,
    persons: tuple[EventPerson, ...] = (),
    description: str = "",
    addresses: bool = True,
) -> Event:
    """Return a session as our own tables alone would have it said; its code, the end of its address, if wanted."""
    guid = str(session.guid)
    return Event(
        guid=guid,
        id=numbers.of(guid),
        code=session.code if addresses else "",
        slug=f"{voice.edition.slug}-{session.code}",
        url=absolute(voice.links.session(session.code)),
        day=day,
        room=room,
        starts_at=starts_at,
        duration=duration,
        title=voice.say(session.title),
        subtitle=voice.say(session.subtitle),
        track=voice.say(forum.title),
        type=session.format or kind_name(forum, voice),
        language=language_tag(session.spoken[0]) if session.spoken else "",
        abstract=voice.say(session.abstract),
        description=description,
        persons=persons,
    )


def kind_name(forum: Forum, voice: Voice) -> str:
    """Return what sort of gathering a session of the forum is, for sessions that do not say it themselves."""
    return (
        "" if forum.kind == ForumKind.TRACK else _kind_label(forum.kind, voice.lang or settings.LANGUAGE_CODE)
    )


@cache
def _kind_label(kind: str, lang: str) -> str:
    with override(lang):
        return str(ForumKind(kind).label)


def translations_of(session: AnySession) -> dict[str, Json]:
    """Return the words of a session in the languages other than their source: {field: {language: text}}."""
    found: dict[str, Json] = {}
    for name in TRANSLATED:
        text: Text = getattr(session, name)
        if not text or text.texts.keys() == {text.source}:
            continue
        others: dict[str, Json] = {lang: words for lang, words in text.texts.items() if lang != text.source}
        found[name] = others
    return found


def kept_translations(event: Event, session: AnySession) -> dict[str, Json]:
    """Return what must be kept so that the event's translations go out again as they came in."""
    theirs, ours = event.extra.get(TRANSLATIONS, {}), translations_of(session)
    return {} if theirs == ours else {"translations": [fingerprint(ours), theirs]}


def with_translations(
    extra: Mapping[str, Json], session: AnySession, kept: Mapping[str, Any]
) -> Mapping[str, Json]:
    """Return an event's `extra` with the session's translations, in the file's form while they are still those."""
    translations: Json = translations_of(session)
    stored = kept.get("translations")
    if stored and stored[0] == fingerprint(translations):
        translations = stored[1]
    return {**extra, TRANSLATIONS: translations} if translations else extra


def day_of(instant: dt.datetime, days: Sequence[Day]) -> int:
    """Return the index of the day that an instant belongs to: the one that spans it, else the one with its date."""
    for day in days:
        if day.start <= instant < day.end:
            return day.index
    return next((day.index for day in days if day.date == instant.date()), 0)


def calendar_day(index: int, date: dt.date, edition: Edition) -> Day:
    """Return one day from midnight to midnight in the edition's zone."""
    start, end = (dt.datetime.combine(date + dt.timedelta(days), dt.time(), edition.zone) for days in (0, 1))
    return Day(index=index, date=date, start=start, end=end)


def native_person(
    row: AppearanceRow,
    name: str,
    voice: Voice,
    numbers: Numbers,
    biography: str = "",
    *,
    addresses: bool = True,
) -> EventPerson:
    """Return a person as our own tables alone would have her said; `name` is for the reader of this export."""
    return EventPerson(
        name=name,
        id=numbers.of(row.public_id),
        guid=row.public_id,
        url=absolute(voice.links.speaker(row.slug)) if addresses else "",
        extra={BIOGRAPHY: biography} if biography else NO_EXTRA,
    )


def programme_text(
    contributions: Iterable[Contribution], names: Mapping[int, Sequence[str]], voice: Voice
) -> str:
    """Return a session's contributions as lines of Markdown, each with who gives it; `names` are by contribution."""
    lines = []
    with override(voice.lang or settings.LANGUAGE_CODE):
        for contribution in contributions:
            kind = str(ContributionKind(contribution.kind).label)
            people = ", ".join(names.get(contribution.pk, ()))
            title = voice.say(contribution.title)
            lines.append(f"- {kind}: {title}" + (f" ({people})" if people else ""))
    return "\n".join(lines)
