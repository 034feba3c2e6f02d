"""The trail of a record: who did what with it and when, in sentences, with readable values before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Model, Q

from summitry.foundation.access import policy_for
from summitry.foundation.audit import sentence
from summitry.foundation.i18n import Text
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.values import Wording
from summitry.foundation.models import AuditEntry, AuditSubject

SHOWN = 50


class FieldStep(NamedTuple):
    """One field's way in one step; `lang` names the language where a text changed in that one."""

    label: str
    lang: str
    before: str
    after: str


class Step(NamedTuple):
    """One entry of the log, as a reader meets it."""

    at: dt.datetime
    sentence: str
    fields: list[FieldStep]


def trail_of(obj: Model, reader: Reader, *, most: int = SHOWN) -> list[Step]:
    """Return what was done with `obj`, newest first: alone, or with others at once.

    Only for who works on the record by a role: a record that everybody may view has a trail that not everybody may.
    """
    rows = type(obj)._base_manager.filter(pk=obj.pk)
    if not policy_for(type(obj)).within(reader.actor, rows).exists():
        return []
    kind, key = obj._meta.label_lower, str(obj.pk)
    among = AuditSubject.objects.filter(object_type=kind, object_id=key).values("entry")
    entries = AuditEntry.objects.filter(Q(object_type=kind, object_id=key) | Q(pk__in=among))
    wording = Wording(type(obj), reader)
    return [_step(entry, key, wording) for entry in entries.order_by("-pk")[:most]]


def _step(entry: AuditEntry, key: str, wording: Wording) -> Step:
    about_many = not entry.object_id
    before = entry.before.get(key, {}) if about_many else entry.before
    after = entry.after.get(key, {}) if about_many else entry.after
    fields = [
        step
        for name in dict.fromkeys((*before, *after))
        for step in _field(name, before.get(name), after.get(name), wording)
    ]
    return Step(entry.at, sentence(entry), fields)


def _field(name: str, before: Any, after: Any, wording: Wording) -> list[FieldStep]:
    label = wording.label(name)
    if wording.is_text(name):
        old, new = Text.from_json(_mapping(before)), Text.from_json(_mapping(after))
        return [
            FieldStep(label, lang, old.get(lang), new.get(lang))
            for lang in dict.fromkeys((*old.texts, *new.texts))
            if old.get(lang) != new.get(lang)
        ]
    return [FieldStep(label, "", wording.value(name, before), wording.value(name, after))]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
