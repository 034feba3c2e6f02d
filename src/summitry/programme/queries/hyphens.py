"""Soft hyphens for narrow cells: long words may break between syllables, so that none is cut in the middle.

A rule for all alphabetic languages rather than a dictionary for each: a break may come before a consonant that is
followed by a vowel, away from the word's ends. Browsers ignore the sign wherever the word fits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

SHY = "\u00ad"
LONG = 9
_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿаеёиоуыэюя"
_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_BREAK = re.compile(rf"(?<=[{_VOWELS}])(?=[^\W\d_{_VOWELS}][{_VOWELS}])", re.IGNORECASE)
_CLUSTER = re.compile(rf"(?<=[^\W\d_{_VOWELS}])(?=[^\W\d_{_VOWELS}h][{_VOWELS}])", re.IGNORECASE)
_EDGE = 4


def soft_hyphens(text: str) -> str:
    """Return `text` with soft hyphens in its long Latin and Cyrillic words; other scripts stay as they are."""
    return text if len(text) < LONG else _LONG_WORD.sub(lambda match: _hyphenated(match[0]), text)


@lru_cache(maxsize=2048)  # the words of an edition's titles stay the same through all its versions
def _hyphenated(word: str) -> str:
    places = {found.start() for pattern in (_BREAK, _CLUSTER) for found in pattern.finditer(word)}
    chosen: list[int] = []
    for place in sorted(places):
        if _EDGE <= place <= len(word) - _EDGE and (not chosen or place - chosen[-1] >= _EDGE):
            chosen.append(place)
    bounds = [0, *chosen, len(word)]
    return SHY.join(word[start:end] for start, end in pairwise(bounds))
