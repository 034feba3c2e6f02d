"""Facts about languages: tags, direction and own names. Codes are lower-case BCP 47, as Django writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

OF_MEETINGS = (
    "ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "ms", "pt", "ru", "sw", "th", "tr", "vi", "zh-hans",
)  # fmt: skip
"""Languages that are commonly spoken at, or interpreted for, international meetings."""

_RTL_SCRIPTS = {"ar", "arc", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"}
_UNUSED = (
    "compact_currency_formats", "compound_unit_patterns", "currency_names", "currency_names_plural",
    "currency_symbols", "meta_zones", "time_zones", "unit_display_names", "unit_patterns",
)  # fmt: skip
"""Parts of a locale of which nothing is shown: two thirds of its data, 0.8 MB for each language and process."""
_UNUSED_FACTS = ("territory_currencies", "territory_languages", "windows_zone_mapping")
"""The same of what no locale owns: 0.6 MB."""


@cache
def language_tag(code: str) -> str:
    """Return the BCP 47 tag in its conventional case: `zh-hans` becomes `zh-Hans`, `pt-br` becomes `pt-BR`."""
    language, *rest = code.split("-")
    parts = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
    return "-".join([language.lower(), *parts])


@cache
def direction(code: str) -> str:
    """Return `rtl` or `ltr`, the direction in which the language is written; `ltr` in Latin script."""
    code = code.lower()
    language, *rest = code.split("-")
    if "latn" in rest:
        return "ltr"
    return "rtl" if code in _RTL_SCRIPTS or language in _RTL_SCRIPTS else "ltr"


@cache
def babel_locale(code: str) -> Locale:
    """Return Babel's locale for a language code; English where Babel does not know it.

    English is written as international secretariats do, with the day before the month.
    """
    locale = _locale(code)
    # Babel keeps what a locale inherits from as well.
    for name in ("root", "en", "en_001", locale.language, str(locale)):
        data = localedata.load(name)
        for part in _UNUSED:
            data.pop(part, None)
    for facts in _UNUSED_FACTS:
        cast("dict[str, Any]", get_global(facts)).clear()  # type: ignore[arg-type] # its list of names is not complete
    return locale


def _locale(code: str) -> Locale:
    if code == "en":
        return Locale("en", "GB")
    try:
        return Locale.parse(code.replace("-", "_"), sep="_")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def local_name(code: str) -> str:
    """Return the language's name in itself, as a language switcher shows it."""
    if code == "zh-hans":
        return "简体中文"
    name = babel_locale(code).get_language_name() or code
    return name[:1].upper() + name[1:]


def merged(first: Iterable[str], further: Iterable[str]) -> list[str]:
    """Return the codes of both, without those of `further` whose language `first` knows by another code (zh, zh-hans)."""
    known = dict.fromkeys(first)
    names = {name_in(code, "en") for code in known}
    return [
        *known,
        *(code for code in dict.fromkeys(further) if code not in known and name_in(code, "en") not in names),
    ]


@cache
def name_in(code: str, language: str) -> str:
    """Return the name of the language `code` as a reader of `language` knows it."""
    if code == "zh-hans":
        code = "zh"
    return babel_locale(code).get_language_name(language.replace("-", "_")) or code
