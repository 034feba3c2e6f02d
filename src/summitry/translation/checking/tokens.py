"""Cutting a text into the pieces in which people read it: words, or characters where a script has no spaces."""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han, Kana
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|.", re.DOTALL)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")  # Arabic vowel signs and the stretching stroke
_ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ё": "е", "’": "'", "ʼ": "'"}
)


def tokens(text: str) -> list[str]:
    """Return the pieces of `text` in order; joined, they are the text again."""
    return _TOKEN.findall(text)


def is_unspaced(text: str) -> bool:
    """Return whether `text` holds a script that is written without spaces between words."""
    return bool(_IS_UNSPACED.search(text))


def folded(text: str) -> str:
    """Return `text` as it is compared: without case, compatibility forms and signs that writers may leave out."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", plain).translate(_ALIKE)
