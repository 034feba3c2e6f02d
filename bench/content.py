"""What a page or export has to show before its cost may be compared: a fast page that leaves things out is no match."""

import re
from collections.abc import Iterable
from html import unescape

from bench.load import fetch
from bench.summit import Summit

SPACE = re.compile(r"\s+")
TAG = re.compile(r"<[^>]*>")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
FOLD = re.compile(r"\r?\n[ \t]")


class IncompleteError(Exception):
    """An answer does not show all that it has to; says what is missing."""


def shown_text(body: bytes) -> str:
    """The text of an HTML, XML, JSON or iCalendar answer.

    Tags, folds and soft hyphens are left out, entities are their characters, spaces are collapsed.
    """
    return SPACE.sub(" ", unescape(TAG.sub(" ", FOLD.sub("", body.decode())))).replace(SOFT_HYPHEN, "")


def missing(body: bytes, expected: Iterable[str]) -> list[str]:
    """Those of the expected texts that the answer does not show."""
    text = shown_text(body)
    return [each for each in expected if each not in text]


def require(url: str, expected: Iterable[str], cookie: str = "") -> None:
    """Ask for the address once; IncompleteError if any of the texts is missing from the answer."""
    absent = missing(fetch(url, cookie), expected)
    if absent:
        raise IncompleteError(f"{url} lacks {len(absent)} of what it has to show, such as {absent[0]!r}")


def titles(summit: Summit) -> list[str]:
    """The title of every session."""
    return [session.title for session in summit.sessions]


def names(summit: Summit) -> list[str]:
    """The name of every speaker."""
    return [speaker.name for speaker in summit.speakers]


def biographies(summit: Summit) -> list[str]:
    """The biography of every speaker."""
    return [speaker.biography for speaker in summit.speakers]


def abstracts(summit: Summit) -> list[str]:
    """The abstract of every session."""
    return [session.abstract for session in summit.sessions]


def timetable(summit: Summit) -> list[str]:
    """What a timetable shows: titles, speakers, rooms and forums. (Times are written too differently to compare.)"""
    return [*titles(summit), *names(summit), *summit.rooms, *summit.forums]
