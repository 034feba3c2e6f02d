"""How words become tokens.

Each Han, kana or Hangul character is a token of its own, and a run of them is searched as a phrase; everything else is
split at non-letters, stripped of accents and folded in case. Han text is indexed a second time by its pinyin
syllables (most frequent reading of the phrase), each marked with a leading `py`, so that `wuzhen` and `wu zhen` find
乌镇 while English words never collide with syllables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from summitry.foundation.search.readings import readings_of
from summitry.foundation.search.syllables import SYLLABLES

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_SINGLE = f"{_HAN}\u3040-\u30ff\uac00-\ud7af"
_TOKEN = re.compile(f"[{_SINGLE}]|[^\\W_{_SINGLE}]+")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_RUN = re.compile(f"[{_SINGLE}]+|[^\\W_{_SINGLE}]+")
_LATIN = re.compile(r"[a-z]{2,40}\Z")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
PINYIN_MARK = "py"


def fold(text: str) -> str:
    """Return `text` without accents, case and compatibility forms, for comparing what looks the same to a reader.

    Compatibility caseless matching as in The Unicode Standard, D146, then without combining marks. Folding twice
    changes nothing.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    decomposed = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain).translate(_ARABIC)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text`, in order, without pinyin."""
    return _TOKEN.findall(fold(text))


def pinyin_tokens(text: str) -> list[str]:
    """Return the marked pinyin syllables of the Han runs of `text`, in order."""
    return [PINYIN_MARK + fold(syllable) for run in _HAN_RUN.findall(text) for syllable in readings_of(run)]


@lru_cache(maxsize=2048)
def segmentations(word: str, limit: int = 4) -> tuple[tuple[str, ...], ...]:
    """Return up to `limit` ways to read a Latin word as pinyin syllables, fewest syllables first."""
    found: list[tuple[str, ...]] = []

    def walk(rest: str, taken: tuple[str, ...]) -> None:
        if not rest:
            found.append(taken)
            return
        for size in range(min(6, len(rest)), 0, -1):
            if len(found) >= limit * 4:
                return
            if rest[:size] in SYLLABLES:
                walk(rest[size:], (*taken, rest[:size]))

    walk(word, ())
    return tuple(sorted(found, key=len)[:limit])


def query_phrases(query: str) -> list[list[tuple[str, ...]]]:
    """Return what a query asks for: all of the outer list, each as one of several phrases of tokens.

    The last token of a Latin, Cyrillic or Arabic word is meant as a prefix; its caller adds that.
    """
    wanted: list[list[tuple[str, ...]]] = []
    for run in _RUN.findall(fold(query)):
        phrase = tuple(_TOKEN.findall(run))
        alternatives = [phrase]
        if len(phrase) == 1 and _LATIN.match(run):
            alternatives += [tuple(PINYIN_MARK + part for part in parts) for parts in segmentations(run)]
        wanted.append(alternatives)
    return wanted


def is_prefix_token(token: str) -> bool:
    """Return whether a token may be the beginning of a word (single characters and pinyin are complete)."""
    return not token.startswith(PINYIN_MARK) and not re.match(f"[{_SINGLE}]", token)
