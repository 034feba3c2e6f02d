from collections import Counter

from bench.summit import (
    ABSTRACT,
    BIOGRAPHY,
    DAYS,
    DESCRIPTION,
    FORUMS,
    ROOMS,
    SESSIONS,
    SPEAKERS,
    TITLE,
    synthetic_summit,
)


def test_synthetic_summit_is_the_same_every_time() -> None:
    assert synthetic_summit() == synthetic_summit()


def test_synthetic_summit_has_the_size_of_the_reference_summit() -> None:
    summit = synthetic_summit()

    assert (len(summit.forums), len(summit.rooms), len(summit.sessions), len(summit.speakers)) == (
        22,
        20,
        300,
        600,
    )
    assert (FORUMS, ROOMS, DAYS, SESSIONS, SPEAKERS) == (22, 20, 3, 300, 600)
    assert {session.forum for session in summit.sessions} == set(range(FORUMS))
    assert {session.day for session in summit.sessions} == set(range(DAYS))


def test_texts_have_the_stated_lengths() -> None:
    summit = synthetic_summit()

    assert {len(session.title) for session in summit.sessions} == {TITLE}
    assert {len(session.abstract) for session in summit.sessions} == {ABSTRACT}
    assert {len(session.description) for session in summit.sessions} == {DESCRIPTION}
    assert {len(speaker.biography) for speaker in summit.speakers} == {BIOGRAPHY}


def test_names_and_titles_are_told_apart() -> None:
    summit = synthetic_summit()

    assert len({speaker.name for speaker in summit.speakers}) == SPEAKERS
    assert len({session.title for session in summit.sessions}) == SESSIONS
    assert len(set(summit.forums)) == FORUMS
    assert len(set(summit.rooms)) == ROOMS


def test_no_room_is_used_twice_at_once_and_every_speaker_speaks_once() -> None:
    summit = synthetic_summit()
    places = Counter((session.room, session.day, session.starts) for session in summit.sessions)

    assert set(places.values()) == {1}
    assert sorted(speaker.number for speaker in summit.speakers) == list(range(SPEAKERS))
