"""Editing one record: a form that knows what its editor saw, so that two people neither overwrite nor lose anything.

Each field carries a digest of what it said when the form was opened, a text one for each language. What somebody else
has changed meanwhile and this editor has not stays the other's; what both changed is a clash: both versions are shown,
what was typed stays in the form, and saving again is then a decision.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.forms.text import TextFormField
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest

M = TypeVar("M", bound=Model)
T = TypeVar("T")
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed while this editor changed it, too: its label and what it says now."""

    field: str
    label: str
    theirs: Any


class RecordForm(forms.Form, Generic[M]):
    """Fields named like those of `record`. After `is_valid()`, `changes` is what this editor changed, to be written."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *args: Any, record: M, **kwargs: Any) -> None:
        self.record = record
        self.clashes: list[Clash] = []
        super().__init__(data, *args, **kwargs)
        self.add_fields()
        seen = self._seen()
        for name in self.record_fields:
            self.initial.setdefault(name, getattr(record, name))
            field, mark = self.fields[name], seen.get(name)
            if isinstance(field, TextFormField) and isinstance(mark, dict):
                field.seen = mark
        self.initial[SEEN] = self._marks()

    def add_fields(self) -> None:
        """Add the fields that depend on the record; subclasses override this."""

    @property
    def record_fields(self) -> list[str]:
        """The names of the fields that belong to the record."""
        return [name for name in self.fields if name != SEEN]

    @property
    def changes(self) -> dict[str, Any]:
        """What this editor changed against what she saw; what others changed meanwhile is not in it."""
        seen = self._seen()
        return {
            name: value
            for name, value in self._given().items()
            if mark_of(value) not in (mark_of(getattr(self.record, name)), seen.get(name))
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in [name for name, value in self._given().items() if self._is_crossed(name, value)]:
            label = str(self.fields[name].label or name)
            self.clashes.append(Clash(name, label, getattr(self.record, name)))
            text = _("Somebody else changed this meanwhile. Compare, and save again to keep yours.")
            self.add_error(name, text)
        if self.clashes:
            # The editor sees both versions now: the next saving is her decision.
            data = cast("QueryDict", self.data).copy()
            data[self.add_prefix(SEEN)] = self._marks()
            self.data = data
        return cleaned

    def save(self, write: Callable[..., T]) -> T | None:
        """Hand the changes to `write`, an action that takes them by name; return what it returns, or None if refused.

        What it refuses is said beside the fields, and what was typed stays.
        """
        if not self.is_valid():
            return None
        try:
            return write(**self.changes)
        except InvalidInput as refusal:
            self.refuse(refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            self.add_error(None, str(refusal))
        return None

    def refuse(self, fields: Mapping[str, list[str]]) -> None:
        """Put an action's refusal beside the fields that it names; what concerns none of them goes on top."""
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)

    def _is_crossed(self, name: str, value: Any) -> bool:
        field = self.fields[name]
        if isinstance(field, TextFormField):
            return bool(field.crossed)
        now = mark_of(getattr(self.record, name))
        seen = self._seen().get(name, now)
        return seen != now and mark_of(value) not in (now, seen)

    def _given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.record_fields if name in self.cleaned_data}

    def _marks(self) -> str:
        marks = {name: mark_of(getattr(self.record, name)) for name in self.record_fields}
        return json.dumps(marks, separators=(",", ":"))

    def _seen(self) -> dict[str, Any]:
        try:
            seen = json.loads(self.data.get(self.add_prefix(SEEN), "") or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}


def mark_of(value: Any) -> str | dict[str, str]:
    """Return a short digest of a field's value, or of a text's words in each language; equal values have equal marks."""
    if isinstance(value, Text):
        return {lang: digest(words) for lang, words in value.texts.items()}
    if isinstance(value, Model):
        value = value.pk
    return digest(json.dumps(None if value == "" else value, cls=DjangoJSONEncoder, sort_keys=True))
