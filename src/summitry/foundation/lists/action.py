"""The declaration of a change that may be made to many rows of a list at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise

from summitry.foundation.access import Actor
from summitry.foundation.lists.reader import Reader


class Change(NamedTuple):
    """A row, and the values that its fields are to have."""

    row: Any
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """A change of many rows.

    `form` is what has to be said beside which rows; its cleaned data reaches `change`, which returns the fields that a
    row would get, and `refuse`, which returns why this row cannot have it (nothing where it can). Who may not `verb` a
    row is refused anyway. `apply` is the room's own action: it asks, writes, audits and announces, all or nothing; it
    serves to take the change back as well, with the values from before. `may` says who is offered it.
    """

    key: str
    label: str | Promise
    change: Callable[[Any, Mapping[str, Any], Reader], Mapping[str, Any]]
    apply: Callable[[Any, Sequence[Change], Actor], object]
    form: Callable[[Reader], type[forms.Form]] | None = None
    refuse: Callable[[Any, Mapping[str, Any], Reader], str] = lambda _row, _data, _reader: ""
    verb: str = "edit"
    may: Callable[[Reader], bool] = lambda _reader: True
