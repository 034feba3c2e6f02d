"""Collation keys: how names are put in order for readers of one language, without ICU.

The keys follow the shape of the Unicode Collation Algorithm: letters first, then accents, then case, compared one level
after the other. Letters come from compatibility decomposition and case folding, with accents set aside; letters that
do not decompose (ø, ł, æ…) stand beside their base letter; and a language's own letters (ñ in Spanish, й in Russian,
å in Swedish) stand where its readers look for them. A reader's own script comes before the others.

Chinese text has no order in its characters: it sorts by the pinyin that its owner gave as `sort_key`, which then
mingles with Latin names; without one it follows all of those. Particles ("de", "al-") count like any other word,
unless the given sort key says otherwise. Keys are plain strings: compare them, store them, use them in `sorted`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from summitry.directory.queries.scripts import script_of, scripts_read_by

_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o\u0338", "đ": "d\u0335", "ł": "l\u0335", "ħ": "h\u0335", "ŧ": "t\u0335", "ı": "i\u0335",
        "æ": "ae\u0335", "œ": "oe\u0335", "ð": "d\u0336", "þ": "th\u0335",
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "‐": "-", "–": "-", "·": " ", "ـ": "",
    }
)  # fmt: skip
_AFTER = "\U000e0001"  # sorts after every letter, and so makes room behind a base letter
_LONGEST = 999
_LAST = "z" + _AFTER * 2
_RUSSIAN = {"й": "и" + _AFTER}  # everywhere: no reader of Cyrillic takes й for и
_OWN_LETTERS: dict[str, dict[str, str]] = {
    "es": {"ñ": "n" + _AFTER},
    "sv": {"å": _LAST + "1", "ä": _LAST + "2", "ö": _LAST + "3"},
    "fi": {"å": _LAST + "1", "ä": _LAST + "2", "ö": _LAST + "3"},
    "da": {"æ": _LAST + "1", "ø": _LAST + "2", "å": _LAST + "3"},
    "nb": {"æ": _LAST + "1", "ø": _LAST + "2", "å": _LAST + "3"},
}


@lru_cache(maxsize=16384)
def collation_key(text: str, lang: str) -> str:
    """Return the key by which `text` sorts for readers of `lang`."""
    text = " ".join(text.split())
    if text.isascii():
        base, accents = text.casefold(), ""
    else:
        base, accents = _levels(text, lang.partition("-")[0])
    case = "".join("1" if char.isupper() else "0" for char in text).rstrip("0")
    return f"{_script_rank(base, lang)}{base}\x00{accents}\x00{case}"


def _levels(text: str, language: str) -> tuple[str, str]:
    own = _RUSSIAN | _OWN_LETTERS.get(language, {})
    letters: list[str] = []
    accents: list[str] = []
    for char in unicodedata.normalize("NFC", text).casefold():
        if char in own:
            letters.append(own[char])
            continue
        for part in unicodedata.normalize("NFKD", char.translate(_UNDECOMPOSED)):
            if unicodedata.combining(part):
                accents.append(f"{_LONGEST - len(letters):03d}{part}")  # a later accent weighs less
            else:
                letters.append(part.casefold())
    return "".join(letters), "".join(accents)


def _script_rank(base: str, lang: str) -> int:
    script = script_of(base)
    return 0 if not script or script in scripts_read_by(lang) or lang.partition("-")[0] in {"zh", "ja"} else 1


def latin_letters(text: str) -> str:
    """Return a Latin text in plain ASCII letters, for addresses: "Łukasz Ørsted" becomes "lukasz orsted"."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return letters.encode("ascii", "ignore").decode()
