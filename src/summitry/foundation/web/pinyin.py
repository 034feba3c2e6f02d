"""Writes the readings of Chinese characters and phrases as `foundation.search` looks them up.

The dictionaries are pypinyin's. Loaded by it they take 60 MB, which no server process should; so only this needs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

FIRST_LETTER = "\u0100"


def write_readings(path: Path, *, force: bool = False) -> bool:
    """Write the readings to `path` unless they are there; say whether they were written.

    The first line names their source, the second has the syllables, the third all characters, the fourth a letter for
    each of them: its number less that of `FIRST_LETTER` is the place of its syllable. Then comes a line for each
    character that phrases begin with: it, and how each of them goes on, followed by its syllables where they are not
    those of its characters.
    """
    source = f"pypinyin {version('pypinyin')}\n"
    if not force and path.is_file():
        with path.open(encoding="utf-8") as file:
            if file.readline() == source:
                return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((source, *_characters(), *_phrases())), encoding="utf-8")
    return True


def _characters() -> Iterator[str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - heavy: see above

    syllables = {character: _read(character)[0] for character in map(chr, sorted(PINYIN_DICT))}
    known = sorted(set(syllables.values()))
    places = {syllable: chr(ord(FIRST_LETTER) + place) for place, syllable in enumerate(known)}
    yield f"{' '.join(known)}\n"
    yield f"{''.join(syllables)}\n"
    yield f"{''.join(places[syllable] for syllable in syllables.values())}\n"


def _phrases() -> list[str]:
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415 - heavy: see above

    by_first = defaultdict(list)
    for phrase in sorted(PHRASES_DICT):
        syllables = _read(phrase)
        if len(phrase) == len(syllables) > 1:  # those with punctuation never stand in a run of characters
            usual = [syllable for character in phrase for syllable in _read(character)]
            by_first[phrase[0]].append(
                phrase[1:] if syllables == usual else " ".join((phrase[1:], *syllables))
            )
    return [f"{first}\t{','.join(rests)}\n" for first, rests in by_first.items()]


def _read(words: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - heavy: see above

    return lazy_pinyin(words, style=Style.NORMAL, errors="ignore", v_to_u=False)
