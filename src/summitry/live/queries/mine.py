"""An interpreter's own page: her turns, and what she prepares with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.directory.models import Person, Term
from summitry.directory.queries.affiliations import Post, posts_on
from summitry.directory.queries.names import names_of
from summitry.directory.queries.terms import approved_terms
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Shown, Text
from summitry.live.models import Interpreter, Shift, Undertaking, UndertakingText
from summitry.live.queries.day import day_of
from summitry.programme.enums import PUBLIC_ROLES, AppearanceState
from summitry.programme.models import Appearance, Contribution, Session, Slot


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session in which an interpreter works: her turns there, and those of her partners."""

    session: Session
    lang: str
    relay: str
    booth: str
    room: Text | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    turns: tuple[Shift, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of an interpreter, with the minutes that she is at the microphone."""

    day: dt.date
    sessions: tuple[OwnSession, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class PackPerson:
    """Somebody who appears: every spelling of the name, the post, the biography."""

    person: Person
    name: Shown
    spellings: tuple[str, ...]
    role: str
    post: Post | None
    contribution: Text | None


@dataclass(frozen=True, slots=True)
class TermLine:
    """An approved term in the languages of a session, and forms that are not to be used."""

    term: Term
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What an interpreter prepares a session with; its files come from the programme."""

    session: Session
    contributions: tuple[Contribution, ...]
    people: tuple[PackPerson, ...]
    terms: tuple[TermLine, ...]
    langs: tuple[str, ...]


def interpreter_of(actor: Actor, edition: Edition) -> Interpreter | None:
    """Return the interpreter whose account `actor` uses."""
    if actor.account_id is None:
        return None
    rows = Interpreter.objects.filter(edition=edition, person__account=actor.account_id)
    return rows.select_related("person", "edition").first()


def open_text(interpreter: Interpreter) -> tuple[UndertakingText | None, bool]:
    """Return the present undertaking and whether the interpreter has accepted it."""
    text = UndertakingText.objects.filter(edition=interpreter.edition_id).first()
    if text is None:
        return None, False
    return text, Undertaking.objects.filter(text=text, interpreter=interpreter).exists()


def days_of(interpreter: Interpreter, lang: str) -> list[OwnDay]:
    """Return the days on which an interpreter works, in four statements."""
    edition = interpreter.edition
    mine = list(
        Shift.objects.filter(interpreter=interpreter).select_related("plan__session", "plan__booth__room")
    )
    sessions = {shift.plan.session_id for shift in mine}
    slots = Slot.objects.filter(version__edition=edition, version__number=None, session__in=sessions)
    places = {slot.session_id: slot for slot in slots.select_related("room")}
    partners = _partners(interpreter, {shift.plan_id for shift in mine}, lang)
    by_plan: dict[int, list[Shift]] = defaultdict(list)
    for shift in mine:
        by_plan[shift.plan_id].append(shift)
    days: dict[dt.date, list[OwnSession]] = defaultdict(list)
    for plan_id, turns in by_plan.items():
        plan = turns[0].plan
        slot = places.get(plan.session_id)
        if slot is None:
            continue
        days[day_of(slot.starts_at, edition)].append(
            OwnSession(
                plan.session, plan.lang, plan.relay, str(plan.booth or ""),
                slot.room.name if slot.room else None, slot.starts_at, slot.ends_at, tuple(turns),
                tuple(partners.get(plan_id, ())),
            )
        )  # fmt: skip
    return [_day(day, those) for day, those in sorted(days.items())]


def works_in(interpreter: Interpreter, session: Session) -> bool:
    """Return whether an interpreter is in one of the session's teams."""
    return interpreter.memberships.filter(plan__session=session).exists()


def pack_of(session: Session, lang: str) -> Pack:
    """Return what a session is prepared with, in six statements."""
    rows = list(
        Appearance.objects.filter(session=session, role__in=PUBLIC_ROLES)
        .exclude(state=AppearanceState.DECLINED)
        .select_related("person", "contribution")
    )
    rows.sort(key=lambda row: (row.contribution.position if row.contribution else -1, row.position, row.pk))
    ids = [row.person_id for row in rows]
    names, posts = names_of(ids), posts_on(ids, session.edition.starts_on)
    langs = tuple(dict.fromkeys((*session.spoken, *session.interpreted)))
    people = tuple(
        PackPerson(
            row.person,
            names.shown(row.person_id, lang, tuple(session.edition.fallback)),
            tuple(names.spellings(row.person_id)),
            str(row.get_role_display()),
            posts[row.person_id][0] if posts.get(row.person_id) else None,
            row.contribution.title if row.contribution else None,
        )
        for row in rows
    )
    return Pack(session, tuple(session.contributions.all()), people, _terms(langs), langs)


def _terms(langs: Sequence[str]) -> tuple[TermLine, ...]:
    """Approved terms that say something in two of the session's languages; "zh" reads what is written for "zh-hans"."""
    lines = []
    for term in approved_terms():
        words = tuple((lang, found) for lang in langs if (found := _in(term.words, lang)))
        if len(words) > 1:
            lines.append(TermLine(term, words))
    return tuple(sorted(lines, key=lambda line: line.words[0][1].casefold()))


def _in(text: Text, lang: str) -> str:
    own = text.get(lang)
    return own or next(
        (words for code, words in text.texts.items() if code.partition("-")[0] == lang.partition("-")[0]), ""
    )


def _partners(interpreter: Interpreter, plan_ids: set[int], lang: str) -> dict[int, list[str]]:
    rows = Shift.objects.filter(plan__in=plan_ids).exclude(interpreter=interpreter)
    pairs = set(rows.values_list("plan_id", "interpreter__person_id"))
    names = names_of({person for _plan, person in pairs})
    found: dict[int, list[str]] = defaultdict(list)
    for plan_id, person in sorted(pairs):
        found[plan_id].append(names.shown(person, lang, tuple(interpreter.edition.fallback)).text)
    return found


def _day(day: dt.date, sessions: Sequence[OwnSession]) -> OwnDay:
    ordered = tuple(sorted(sessions, key=lambda one: one.starts_at))
    spans = [turn.ends_at - turn.starts_at for one in ordered for turn in one.turns]
    return OwnDay(day, ordered, int(sum(spans, dt.timedelta()).total_seconds()) // 60)
