"""Which sessions match what a visitor asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from summitry.foundation.search import fold
from summitry.programme.queries.kept import Kept
from summitry.programme.queries.programme import Programme, SessionLine

_haystacks: Kept[Mapping[int, str]] = Kept(8)


def matching(
    programme: Programme, sessions: Sequence[SessionLine], wanted: Mapping[str, str]
) -> list[SessionLine]:
    """Return the sessions that meet all of `wanted`; an empty value asks for nothing.

    `q` finds words in titles of all languages, people in all spellings, forum, topic and room, whatever their accents
    and case, and any part of a Chinese text. `kind` is the forum's, `lang` is spoken or interpreted, `delivery` is how
    at least one person takes part; `topic`, `forum` and `room` are slugs or codes.
    """
    tests = [(test, wanted[name]) for name, test in _TESTS.items() if wanted.get(name)]
    found = [session for session in sessions if all(test(session, value) for test, value in tests)]
    words = fold(wanted.get("q", "")).split()
    if words:
        texts = haystacks(programme)
        found = [session for session in found if all(word in texts[session.id] for word in words)]
    return found


def haystacks(programme: Programme) -> Mapping[int, str]:
    """Return the folded text in which each session is searched; made at the first search of a programme."""
    key = (programme.edition_id, programme.lang)
    return _haystacks.get_or_load(
        key,
        lambda: {session.id: fold("\n".join(_texts(session))) for session in programme.sessions},
        state=programme.content_version,
    )


def _texts(session: SessionLine) -> Iterable[str]:
    yield from session.words
    yield from session.forum.words
    if session.forum.topic:
        yield session.forum.topic.name.text
    if session.room:
        yield session.room.name.text
    for person in session.people:
        yield from person.spellings


def _in_topic(session: SessionLine, value: str) -> bool:
    return session.forum.topic is not None and session.forum.topic.slug == value


_TESTS: Mapping[str, Callable[[SessionLine, str], bool]] = {
    "kind": lambda session, value: session.forum.kind == value,
    "topic": _in_topic,
    "forum": lambda session, value: session.forum.slug == value,
    "room": lambda session, value: session.room is not None and session.room.code == value,
    "lang": lambda session, value: value in session.spoken or value in session.interpreted,
    "delivery": lambda session, value: any(part.delivery == value for part in session.parts),
}
