"""What guests answered, as plain values: those that are sealed are opened here and nowhere else.

Whoever opens them for somebody records the look (see `actions.unsealing`).
"""

from __future__ import annotations

import json
from typing import Any

from summitry.foundation.i18n import formats
from summitry.foundation.sealing import SealBroken, seal, unseal
from summitry.guests.enums import FieldKind
from summitry.guests.models import Answer, Field

SEALED_FOR = "guests.answer"


def sealed_value(value: Any) -> str:
    """Return a value as it is kept where its purpose is sealed."""
    return seal(json.dumps(value, ensure_ascii=False), SEALED_FOR)


def value_of(answer: Answer) -> Any:
    """Return what was answered, opened where it is sealed; nothing where the installation's key no longer opens it."""
    if not answer.sealed:
        return answer.value
    try:
        return json.loads(unseal(answer.sealed, SEALED_FOR))
    except SealBroken:
        return None


def in_words(field: Field, value: Any, lang: str) -> str:
    """Return a value in words: the labels of what was chosen, the parts of a document's data, a list with commas."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return formats.listing([_labelled(field, one, lang) for one in value], lang)
    return _labelled(field, value, lang)


def _labelled(field: Field, value: Any, lang: str) -> str:
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        for option in field.options:
            if option.get("value") == value:
                label = option.get("label", {})
                return (
                    str(label.get(lang) or label.get("en") or value)
                    if isinstance(label, dict)
                    else str(label)
                )
    return str(value)
