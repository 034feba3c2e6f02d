"""Values of fields, as they are kept for taking a change back, and as a preview words them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DateTimeField, Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import ngettext

from summitry.foundation.i18n import Text, TranslatedField, languages
from summitry.foundation.lists.cells import plain
from summitry.foundation.lists.reader import Reader

_OF_LANGUAGES = frozenset({"spoken", "interpreted", "languages"})


def stored(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of fields as JSON: a related row by its id, a text with its languages and states."""
    return {name: _stored(model._meta.get_field(name), value) for name, value in values.items()}


def current(row: Model, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the row's fields of these names hold now, as `stored` writes it; costs no statement."""
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    return {field.name: _stored(field, getattr(row, field.attname)) for field in fields}


def restored(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored values as the fields take them; raises the related model's DoesNotExist where a row is gone."""
    return {name: _restored(model._meta.get_field(name), value) for name, value in values.items()}


_names: dict[tuple[str, str], Any] = {}


def name_fields(model: type[Model], **names: Any) -> None:
    """Say what a model's fields are called, in previews of changes and in trails; a room does so when it starts."""
    for field, words in names.items():
        _names[(model._meta.label_lower, field)] = words


def field_name(label: str, name: str) -> str:
    """Return what a field of the model with this label ("programme.forum") is called."""
    known = _names.get((label, name))
    return str(known) if known is not None else capfirst(name.replace("_", " "))


class Wording:
    """Words for the values of one model's fields, in Python or as stored; asks for each related row once."""

    def __init__(self, model: type[Model], reader: Reader) -> None:
        self.model = model
        self.reader = reader
        self._related: dict[tuple[str, Any], str] = {}

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return field_name(self.model._meta.label_lower, name)

    def value(self, name: str, value: Any) -> str:
        """Return a field's value in words."""
        field = self._field(name)
        if isinstance(field, ForeignKey):
            return self._row(field, value)
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value or ""))
        if isinstance(value, dict):
            value = Text.from_json(value)
        elif isinstance(field, DateTimeField) and isinstance(value, str) and value:
            value = field.to_python(value)
        elif name in _OF_LANGUAGES and isinstance(value, (list, tuple)):
            value = [languages.name_in(code, self.reader.lang) for code in value]
        if isinstance(value, list) and any(isinstance(each, (list, dict)) for each in value):
            return ngettext("%(n)d entry", "%(n)d entries", len(value)) % {"n": len(value)}
        return plain(value, self.reader)

    def is_text(self, name: str) -> bool:
        """Return whether a field holds a text in several languages."""
        return isinstance(self._field(name), TranslatedField)

    def _field(self, name: str) -> Any:
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        return field if field.concrete else None

    def _row(self, field: Any, value: Any) -> str:
        if isinstance(value, str) and ":" in value:  # as the audit log writes it: "programme.forum:12"
            value = int(value.rpartition(":")[2])
        if value is None:
            return ""
        key = (field.name, value.pk if isinstance(value, Model) else value)
        if key not in self._related:
            row = (
                value
                if isinstance(value, Model)
                else field.remote_field.model._base_manager.filter(pk=value).first()
            )
            self._related[key] = row_words(row, self.reader) if row is not None else ""
        return self._related[key]


def row_words(row: Model, reader: Reader) -> str:
    """Return what a row is called: its title or name in the reader's language, else what it says of itself."""
    for name in ("title", "name"):
        words = getattr(row, name, None)
        if isinstance(words, Text) and words:
            return reader.shown(words).text
    return str(row)


def _stored(field: Any, value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(field, Field) and field.choices and value is not None:
        return str(value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _restored(field: Any, value: Any) -> Any:
    if isinstance(field, ForeignKey):
        return None if value is None else field.remote_field.model._base_manager.get(pk=value)
    return field.to_python(value)
