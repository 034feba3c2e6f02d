"""Fields that are asked only where another one has certain values."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms


def asked_when(field: forms.Field, name: str, values: Iterable[str]) -> None:
    """Let `field` be asked only while the field `name` has one of `values`.

    The page hides it otherwise and does not send it (components/field.html, questions.js); without scripts it is always there, so that
    what is typed into it must not count when it is not asked.
    """
    vars(field).update(asked_if=name, asked_in=" ".join(values))
