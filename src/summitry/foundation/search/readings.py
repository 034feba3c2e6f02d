"""How Chinese is read: the most frequent reading of each phrase, else of each character, in pinyin without tones.

`make assets` writes the table (`foundation.web.pinyin`); in memory it takes 2 MB, once something Chinese is indexed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from summitry.foundation.errors import SummitryError
from summitry.foundation.web.pinyin import FIRST_LETTER

TABLE = Path(__file__).with_name("readings.txt")

Phrases = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
"""By their second character, longest first: how phrases go on from their first, and the syllables of the odd ones."""


class _Readings(NamedTuple):
    """Characters in order, for each a letter that stands for its syllable; by first character the line of its phrases."""

    syllables: Sequence[str]
    characters: str
    letters: str
    phrases: Mapping[str, bytes]


def readings_of(run: str) -> Iterator[str]:
    """Yield the syllables of a run of Chinese characters; what has no reading is passed over."""
    start = 0
    while start < len(run):
        length, syllables = _phrase_at(run, start)
        if syllables:
            yield from syllables
        else:
            yield from filter(None, map(_syllable, run[start : start + length]))
        start += length


def _phrase_at(run: str, start: int) -> tuple[int, Sequence[str]]:
    """The length of the longest phrase there, or of its first character; and its syllables where it is an odd one."""
    second = run[start + 1 : start + 2]
    if second:
        for rest, syllables in _phrases(run[start]).get(second, ()):
            if run.startswith(rest, start + 1):
                return 1 + len(rest), syllables
    return 1, ()


@lru_cache(maxsize=4096)
def _syllable(character: str) -> str:
    table = _table()
    place = bisect_left(table.characters, character)
    if table.characters[place : place + 1] != character:
        return ""
    return table.syllables[ord(table.letters[place]) - ord(FIRST_LETTER)]


@lru_cache(maxsize=512)
def _phrases(first: str) -> Phrases:
    found = defaultdict(list)
    for item in _table().phrases.get(first, b"").decode().split(","):
        rest, *syllables = item.split(" ")
        found[rest[:1]].append((rest, syllables))
    return {second: sorted(items, key=lambda item: -len(item[0])) for second, items in found.items()}


@cache
def _table() -> _Readings:
    try:
        _source, syllables, characters, letters, *phrases = TABLE.read_bytes().splitlines()
    except OSError as error:
        raise SummitryError("The readings of Chinese characters are missing. Run `make assets`.") from error
    by_first = (line.split(b"\t") for line in phrases)
    return _Readings(
        syllables=syllables.decode().split(),
        characters=characters.decode(),
        letters=letters.decode(),
        phrases={first.decode(): rests for first, rests in by_first},
    )
