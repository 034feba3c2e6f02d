"""The synthetic summit that both systems are given: invented, and the same on every machine.

Standard library only, because it is also imported by the seeders that run in a peer's environment.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

FORUMS, ROOMS, DAYS, SESSIONS, SPEAKERS = 22, 20, 3, 300, 600
FIRST_DAY = date(2041, 11, 11)
"""Far ahead, so that no run falls on a day when pages follow the clock."""

ZONE = "Asia/Shanghai"
TITLE, ABSTRACT, DESCRIPTION, BIOGRAPHY = 60, 300, 800, 500
"""Lengths in characters."""

STARTS_A_DAY = SESSIONS // (ROOMS * DAYS)
MORNING, RHYTHM, MINUTES = 9 * 60, 90, 60

ONSETS = "b ch d f g h j k l m n p r s sh t v w y z".split()
VOWELS = "a e i o u ai ea io ou".split()
CODAS = ["", "", "l", "n", "r", "s", "th"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One of the 600; each speaks in exactly one session."""

    number: int
    name: str
    biography: str


@dataclass(frozen=True, slots=True)
class Session:
    """One of the 300; `starts` counts minutes from midnight in the summit's zone."""

    number: int
    title: str
    abstract: str
    description: str
    forum: int
    room: int
    day: int
    starts: int
    minutes: int
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Summit:
    """Everything a seeder enters. Forums and rooms are named; sessions point at them by position."""

    name: str
    forums: tuple[str, ...]
    rooms: tuple[str, ...]
    sessions: tuple[Session, ...]

    @property
    def speakers(self) -> list[Speaker]:
        """All speakers, in the order of their sessions."""
        return [speaker for session in self.sessions for speaker in session.speakers]


def synthetic_summit() -> Summit:
    """Build the summit; two calls return equal values."""
    random = Random(20261109)
    vocabulary = [word(random) for _ in range(400)]
    speakers = [
        Speaker(number, person_name(random, number), prose(random, vocabulary, BIOGRAPHY))
        for number in range(SPEAKERS)
    ]
    return Summit(
        name="Rivertown Bench Summit",
        forums=tuple(f"Forum on {phrase(random, vocabulary, 24)}" for _ in range(FORUMS)),
        rooms=tuple(f"Hall {word(random).capitalize()} {number + 1:02d}" for number in range(ROOMS)),
        sessions=tuple(session(random, vocabulary, number, speakers) for number in range(SESSIONS)),
    )


def session(random: Random, vocabulary: list[str], number: int, speakers: list[Speaker]) -> Session:
    """The session at this position: days first, then starts, then rooms, so that every room is in use every day."""
    start, room = divmod(number, ROOMS)
    day, start = divmod(start, STARTS_A_DAY)
    each = SPEAKERS // SESSIONS
    return Session(
        number=number,
        title=phrase(random, vocabulary, TITLE),
        abstract=prose(random, vocabulary, ABSTRACT),
        description=prose(random, vocabulary, DESCRIPTION),
        forum=number % FORUMS,
        room=room,
        day=day,
        starts=MORNING + start * RHYTHM,
        minutes=MINUTES,
        speakers=tuple(speakers[number * each : (number + 1) * each]),
    )


def word(random: Random) -> str:
    """Two or three syllables that mean nothing."""
    return "".join(
        random.choice(ONSETS) + random.choice(VOWELS) + random.choice(CODAS)
        for _ in range(random.choice((2, 2, 3)))
    )


def person_name(random: Random, number: int) -> str:
    """Two words, and a third made of the number that keeps the name unique."""
    mark = "".join(ONSETS[int(digit)] + VOWELS[int(digit) % 5] for digit in f"{number:03d}").capitalize()
    return f"{word(random).capitalize()} {word(random).capitalize()} {mark}"


def phrase(random: Random, vocabulary: list[str], length: int) -> str:
    """Words without punctuation, exactly `length` characters."""
    text = random.choice(vocabulary).capitalize()
    while len(text) < length:
        text += f" {random.choice(vocabulary)}"
    text = text[:length]
    return text if text[-1] != " " else text[:-1] + "s"


def prose(random: Random, vocabulary: list[str], length: int) -> str:
    """Sentences of about eighty characters, exactly `length` characters in all."""
    text = ""
    while length - len(text) > 90:
        text += phrase(random, vocabulary, random.randrange(60, 88)) + ". "
    return text + phrase(random, vocabulary, length - len(text) - 1) + "."
