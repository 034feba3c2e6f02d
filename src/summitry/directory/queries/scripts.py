"""Which script a text is written in, and which scripts the readers of a language read."""

from __future__ import annotations

from functools import cache, lru_cache

from babel.core import get_global

LATIN = "Latn"
_RANGES = (
    (0x0041, 0x024F, LATIN),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1E00, 0x1EFF, LATIN),
    (0x3040, 0x30FF, "Kana"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
    (0x20000, 0x323AF, "Hani"),
)
_READS = {
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
    "Jpan": frozenset({"Hani", "Kana"}),
    "Kore": frozenset({"Hang"}),
}


@lru_cache(maxsize=16384)
def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script that `text` is written in, by its first letter; nothing without one.

    Japanese kana anywhere make it "Kana": that is no text for readers of Chinese characters alone.
    """
    if text.isascii():
        return LATIN if any(char.isalpha() for char in text) else ""
    scripts = [script for script in map(_script_of_letter, text) if script]
    return "Kana" if "Kana" in scripts else scripts[0] if scripts else ""


def _script_of_letter(char: str) -> str:
    if not char.isalpha():
        return ""
    point = ord(char)
    return next((script for first, last, script in _RANGES if first <= point <= last), "Zyyy")


@cache
def scripts_read_by(lang: str) -> frozenset[str]:
    """Return the scripts in which readers of `lang` expect to read: of `zh-hans` Han, of `ru` Cyrillic, of `en` Latin."""
    language, *rest = lang.split("-")
    script = next((part.title() for part in rest if len(part) == 4), "")
    if not script:
        likely = get_global("likely_subtags").get(language, "").split("_")
        script = next((part for part in likely if len(part) == 4), LATIN)
    return _READS.get(script, frozenset({script}))


def is_readable(text: str, lang: str) -> bool:
    """Return whether readers of `lang` read the script of `text`."""
    script = script_of(text)
    return not script or script in scripts_read_by(lang)
