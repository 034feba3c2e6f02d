"""Everybody who appears in the programme, narrowed by where, when, how, and what is still missing of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext_lazy, override

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.i18n import formats
from summitry.mailing.audiences import Audience, Filter, Placeholder, Question, Recipient
from summitry.mailing.queries.people import person_recipient
from summitry.mailing.queries.writing import interface_language
from summitry.programme.audiences.choices import (
    changed_choices,
    changed_sessions,
    day_choices,
    forum_choices,
    kind_choices,
    language_choices,
    on_days,
    present_version,
    room_choices,
)
from summitry.programme.enums import (
    PUBLIC_ROLES,
    AppearanceState,
    Delivery,
    LinkTest,
    MaterialKind,
    SpeakerRole,
)
from summitry.programme.models import Appearance, Forum, Material, Slot, Speaker, Version
from summitry.programme.queries.speaker_links import page_address

LACKING = (
    ("biography", gettext_lazy("An approved biography")),
    ("slides", gettext_lazy("Slides")),
    ("link_test", gettext_lazy("A passed test of the live link")),
    ("visit", gettext_lazy("A visit to their own page")),
)


@dataclass(slots=True)
class Part:
    """One person with the appearances that fit the question."""

    person: Person
    speaker: Speaker | None = None
    appearances: list[Appearance] = field(default_factory=list)


def find(question: Question) -> Iterator[Recipient]:
    """Yield who appears and fits; a declined appearance counts only where it is asked for."""
    edition = question.edition
    version = present_version(edition)
    parts = _parts(question, version)
    slots = _slots(version, {one.session_id for part in parts for one in part.appearances})
    lacking, reads = question.among("lacking"), question.among("language")
    with_slides = _with_slides(edition) if lacking and "slides" in lacking else frozenset()
    default = next(iter(edition.fallback), "en")
    for part in parts:
        if lacking and not lacking & _lacks(part, with_slides):
            continue
        recipient = _recipient(part, slots, edition)
        if not reads or (recipient.language or default).partition("-")[0] in reads:
            yield recipient


def _parts(question: Question, version: Version | None) -> list[Part]:
    """Ask for the appearances that fit (one query) and the speakers' records (another)."""
    edition = question.edition
    rows = within(question.actor, Appearance.objects.filter(session__edition=edition, role__in=PUBLIC_ROLES))
    for key, lookup in (
        ("forum", "session__forum_id__in"),
        ("kind", "session__forum__kind__in"),
        ("role", "role__in"),
        ("delivery", "delivery__in"),
    ):
        if chosen := question.among(key):
            rows = rows.filter(**{lookup: chosen})
    if states := question.among("state"):
        rows = rows.filter(state__in=states)
    else:
        rows = rows.exclude(state=AppearanceState.DECLINED)
    if question.among("room") or question.among("day"):
        slots = Slot.objects.filter(version=version, is_cancelled=False, session=OuterRef("session"))
        if rooms := question.among("room"):
            slots = slots.filter(room_id__in=rooms)
        if days := question.among("day"):
            slots = on_days(slots, edition, days)
        rows = rows.filter(Exists(slots))
    if versions := question.among("changed"):
        rows = rows.filter(session_id__in=changed_sessions(edition, versions))
    parts: dict[int, Part] = {}
    related = ("session__forum", "person__account")
    for row in rows.select_related(*related).order_by("session_id", "position", "pk"):
        parts.setdefault(row.person_id, Part(row.person)).appearances.append(row)
    for speaker in Speaker.objects.filter(edition=edition, person__in=parts):
        parts[speaker.person_id].speaker = speaker
    return list(parts.values())


def _recipient(part: Part, slots: Mapping[int, Slot], edition: Edition) -> Recipient:
    speaker = part.speaker
    sessions = list({one.session_id: one.session for one in part.appearances}.values())
    sessions.sort(key=lambda session: slots[session.pk].starts_at.timestamp() if session.pk in slots else 0)
    forums = {session.forum_id: session.forum for session in sessions}

    def lines(lang: str) -> tuple[str, ...]:
        return tuple(
            f"{_place(slots.get(session.pk), edition, lang)}{session.title.shown(lang, edition.fallback)}"
            for session in sessions
        )

    def titles(lang: str) -> str:
        words = [forum.title.shown(lang, edition.fallback).text for forum in forums.values()]
        return formats.listing(words, lang)

    def page(lang: str) -> str:
        return page_address(speaker, lang=interface_language(lang)) if speaker else ""

    def reason(lang: str) -> str:
        with override(lang):
            return "; ".join(
                f"{one.get_role_display()}: {one.session.title.shown(lang, edition.fallback)}"
                for one in part.appearances[:3]
            )

    return person_recipient(
        part.person,
        language=speaker.language if speaker else "",
        reason=reason,
        context={"sessions": lines, "forums": titles, **({"page": page} if speaker else {})},
    )


def _place(slot: Slot | None, edition: Edition, lang: str) -> str:
    """Return "Tue 10 Nov, 10:30–11:15, Moon Bridge: ", as far as it is known."""
    if slot is None:
        return ""
    day = formats.date(slot.starts_at.astimezone(edition.zone).date(), lang, "MMMEd")
    start, end = (formats.time(instant, edition.zone) for instant in (slot.starts_at, slot.ends_at))
    room = f", {slot.room.name.shown(lang, edition.fallback)}" if slot.room else ""
    return f"{day}, {start}–{end}{room}: "


def _slots(version: Version | None, session_ids: Collection[int]) -> dict[int, Slot]:
    if version is None:
        return {}
    rows = Slot.objects.filter(version=version, is_cancelled=False).select_related("room")
    return {slot.session_id: slot for slot in rows if slot.session_id in session_ids}


def _lacks(part: Part, with_slides: Collection[int]) -> set[str]:
    """Return what the organisers still wait for from this person."""
    speaker = part.speaker
    is_remote = any(one.delivery == Delivery.LIVE_LINK for one in part.appearances)
    missing = {
        "biography": speaker is None or not speaker.signed,
        "slides": part.person.pk not in with_slides,
        "link_test": is_remote and (speaker is None or speaker.link_test != LinkTest.PASSED),
        "visit": speaker is None or speaker.seen_at is None,
    }
    return {key for key, is_missing in missing.items() if is_missing}


def _with_slides(edition: Edition) -> frozenset[int]:
    rows = Material.objects.filter(session__edition=edition, kind=MaterialKind.SLIDES)
    return frozenset(rows.exclude(speaker=None).values_list("speaker__person_id", flat=True))


def _open_to(actor: Actor, edition: Edition) -> bool:
    return within(actor, Forum.objects.filter(edition=edition)).exists()


def _filters() -> Iterable[Filter]:
    yield Filter("forum", gettext_lazy("Forum"), forum_choices)
    yield Filter("kind", gettext_lazy("Kind of forum"), kind_choices)
    yield Filter("day", gettext_lazy("Day"), day_choices)
    yield Filter("room", gettext_lazy("Room"), room_choices)
    yield Filter(
        "role",
        gettext_lazy("Role"),
        lambda _question: [(role.value, role.label) for role in SpeakerRole if role in PUBLIC_ROLES],
    )
    yield Filter("delivery", gettext_lazy("How they take part"), lambda _question: Delivery.choices)
    yield Filter("state", gettext_lazy("What they answered"), lambda _question: AppearanceState.choices)
    yield Filter("lacking", gettext_lazy("What is still missing"), lambda _question: LACKING)
    yield Filter("changed", gettext_lazy("Affected by a change of the schedule"), changed_choices)
    yield Filter(
        "language",
        gettext_lazy("Language they read"),
        lambda question: language_choices(question, get_language() or "en"),
    )


SPEAKERS = Audience(
    key="speakers",
    label=gettext_lazy("Speakers"),
    summary=gettext_lazy(
        "Everybody who appears in a session: chairs, moderators, speakers, panellists, rapporteurs."
    ),
    filters=tuple(_filters()),
    find=find,
    placeholders=(
        Placeholder("sessions", gettext_lazy("Their sessions with day, time and room, one line each")),
        Placeholder("forums", gettext_lazy("The titles of their forums")),
        Placeholder("page", gettext_lazy("The address of their own page"), is_secret=True),
    ),
    open_to=_open_to,
    is_personal=True,
)
