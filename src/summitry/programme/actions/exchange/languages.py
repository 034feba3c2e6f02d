"""Which of our language codes a file means by what it calls a language."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}")
_CHINESE = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-tw": "zh-hant", "zh-hk": "zh-hant"}
_NAMED_IN = ("en", "de", "fr", "es", "ru", "zh", "ar")


def language_code(said: str) -> str:
    """Return the code for a tag (`de`, `pt-BR`, `zh_CN`) or a language's name (`German`); "" for anything else."""
    text = said.strip().lower().replace("_", "-")
    if text in _CHINESE:
        return _CHINESE[text]
    if _TAG.fullmatch(text) and text.split("-")[0] in _codes():
        return text
    return _by_name().get(text, "")


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) <= 3)


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for locale in _NAMED_IN:
        for code, name in Locale(locale).languages.items():
            if len(str(code)) <= 3:
                names.setdefault(str(name).lower(), _CHINESE.get(str(code), str(code)))
    return names
