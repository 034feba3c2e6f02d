"""Keeps what the public sees of a programme findable: sessions, forums and speakers, in every language they have.

Nothing else is in the index: what is not public yet, or no longer, is taken out in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from summitry.directory.models import Affiliation, Person
from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC, visible
from summitry.foundation.i18n import Text
from summitry.foundation.search import IndexRow, replace_documents
from summitry.programme.enums import PUBLIC_ROLES
from summitry.programme.models import Appearance, Contribution, Forum, Session

SUMMARY = 240
RANK_FORUM, RANK_SESSION, RANK_PERSON = 2, 3, 4
_waits: ContextVar[bool] = ContextVar("indexing waits", default=False)


@contextmanager
def indexed_once(edition: Edition) -> Iterator[None]:
    """Let what is written within, in this thread, wait to be indexed until the end: then the edition is, as a whole."""
    token = _waits.set(True)
    try:
        yield
    finally:
        _waits.reset(token)
    index_edition(edition)


def index_sessions(edition: Edition, ids: Iterable[int]) -> None:
    """Index these sessions with their contributions and the names of who appears."""
    if _waits.get():
        return
    wanted = set(ids)
    shown = list(visible(PUBLIC, Session.objects.filter(edition=edition, pk__in=wanted)))
    parts: dict[int, list[Text]] = defaultdict(list)
    for session_id, title, abstract in Contribution.objects.filter(session__in=shown).values_list(
        "session_id", "title", "abstract"
    ):
        parts[session_id] += [title, abstract]
    names = _names_by_session([session.pk for session in shown])
    rows = [
        IndexRow(
            kind="session",
            object_id=session.pk,
            edition_id=edition.pk,
            lang=lang,
            title=title,
            path=f"/{edition.slug}/sessions/{session.code}/",
            body=_body(lang, [session.subtitle, session.abstract, *parts[session.pk]], names[session.pk]),
            summary=session.abstract.get(lang)[:SUMMARY],
            rank=RANK_SESSION,
        )
        for session in shown
        for lang, title in session.title.texts.items()
    ]
    replace_documents("session", wanted, rows)


def index_forums(edition: Edition, ids: Iterable[int]) -> None:
    """Index these forums."""
    if _waits.get():
        return
    wanted = set(ids)
    shown = visible(PUBLIC, Forum.objects.filter(edition=edition, pk__in=wanted))
    rows = [
        IndexRow(
            kind="forum",
            object_id=forum.pk,
            edition_id=edition.pk,
            lang=lang,
            title=title,
            path=f"/{edition.slug}/forums/{forum.slug}/",
            body=forum.abstract.get(lang),
            summary=forum.abstract.get(lang)[:SUMMARY],
            rank=RANK_FORUM,
        )
        for forum in shown
        for lang, title in forum.title.texts.items()
    ]
    replace_documents("forum", wanted, rows)


def index_people(edition: Edition, ids: Iterable[int]) -> None:
    """Index these people as speakers of the edition, under all public spellings of their names."""
    if _waits.get():
        return
    wanted = set(ids)
    sessions = visible(PUBLIC, Session.objects.filter(edition=edition)).values("pk")
    appearing = Appearance.objects.filter(session__in=sessions, role__in=PUBLIC_ROLES, person__in=wanted)
    people = Person.objects.filter(pk__in=appearing.values("person_id"))
    names = names_of([person.pk for person in people])
    posts: dict[int, list[Text]] = defaultdict(list)
    for person_id, title, organisation in Affiliation.objects.filter(person__in=people).values_list(
        "person_id", "title", "organisation__name"
    ):
        posts[person_id] += [title, organisation]
    rows = [
        IndexRow(
            kind="person",
            object_id=person.pk,
            edition_id=edition.pk,
            lang=lang,
            title=names.shown(person.pk, lang, edition.fallback).text,
            path=f"/{edition.slug}/speakers/{person.slug}/",
            body=_body(lang, [*posts[person.pk], person.biography], names.spellings(person.pk)),
            summary=" · ".join(
                filter(None, (text.shown(lang, edition.fallback).text for text in posts[person.pk][:2]))
            ),
            rank=RANK_PERSON,
        )
        for person in people
        for lang in edition.languages or ["en"]
    ]
    # A person may speak in several editions; each has its own rows, so only this edition's are replaced.
    replace_documents("person", wanted, rows, edition_id=edition.pk)


def index_edition(edition: Edition) -> None:
    """Index everything that the public sees of an edition's programme."""
    index_forums(edition, Forum.objects.filter(edition=edition).values_list("pk", flat=True))
    index_sessions(edition, Session.objects.filter(edition=edition).values_list("pk", flat=True))
    index_people(
        edition,
        Appearance.objects.filter(session__edition=edition).values_list("person_id", flat=True).distinct(),
    )


def _names_by_session(ids: Sequence[int]) -> dict[int, list[str]]:
    pairs = list(
        Appearance.objects.filter(session__in=ids, role__in=PUBLIC_ROLES).values_list(
            "session_id", "person_id"
        )
    )
    names = names_of({person_id for _session_id, person_id in pairs})
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, person_id in pairs:
        found[session_id] += names.spellings(person_id)
    return found


def _body(lang: str, texts: Iterable[Text], names: Iterable[str]) -> str:
    return "\n".join([*(text.get(lang) for text in texts), *names])
