"""Changing fields of one row: checked, compared with what the editor saw, and recorded with before and after.

This is for plain facts; a state moves through `foundation.states`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from summitry.foundation.access import Actor
from summitry.foundation.audit import record, record_many, recording
from summitry.foundation.errors import InvalidInput, NotFound, StaleState

M = TypeVar("M", bound=Model)
WITHHELD = "…"


def checked(obj: M, *, only: set[str] | None = None) -> M:
    """Return `obj` if its fields (or `only` these) satisfy its model; else raise InvalidInput naming the fields.

    The constraints of the table are asked in any case: one changed field can break a rule about two.
    """
    exclude = None if only is None else {field.name for field in obj._meta.fields} - only
    try:
        obj.full_clean(exclude=exclude, validate_constraints=False)
        obj.validate_constraints()
    except ValidationError as error:
        raise refusal(error) from error
    return obj


def refusal(error: ValidationError) -> InvalidInput:
    """Return Django's validation error as ours, field by field; what concerns no single field is under `""`."""
    if not hasattr(error, "error_dict"):
        return InvalidInput(fields={"": list(error.messages)})
    fields = error.message_dict
    return InvalidInput(
        fields={"" if name == NON_FIELD_ERRORS else name: list(fields[name]) for name in fields}
    )


def change(
    obj: M,
    values: Mapping[str, Any],
    *,
    by: Actor,
    audit: str,
    expected: Mapping[str, Any] | None = None,
    withhold: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Write `values` to the row of `obj`, record the audit action `audit`, and return which fields changed.

    The caller has asked for permission. `expected` is what the editor saw (by default what `obj` shows): where the
    row says something else by now, StaleState is raised. Fields in `withhold` are audited as changed, without their
    values. Nothing is written where nothing differs.
    """
    seen = {name: getattr(obj, name) for name in values} | dict(expected or {})
    with recording():
        # Rows that refer to this one may be made meanwhile: a publication must not wait for an editor who waits for it.
        current = type(obj)._base_manager.select_for_update(no_key=True).filter(pk=obj.pk).first()
        if current is None:
            raise NotFound
        new = {name: value for name, value in values.items() if getattr(current, name) != value}
        if any(getattr(current, name) != seen[name] for name in new):
            raise StaleState
        before = {name: getattr(current, name) for name in new}
        for name, value in new.items():
            setattr(current, name, value)
        if new:
            checked(current, only=set(new))
            try:
                with transaction.atomic():
                    current.save(update_fields=list(new))
            except IntegrityError as error:  # somebody took a unique value between the check and the write
                raise StaleState from error
            record(audit, by=by, obj=current, before=veiled(before, withhold), after=veiled(new, withhold))
    for name in values:
        setattr(obj, name, getattr(current, name))
    return frozenset(new)


def change_many(
    wanted: Sequence[tuple[M, Mapping[str, Any]]],
    *,
    by: Actor,
    audit: str,
    edition_id: int | None = None,
    withhold: frozenset[str] = frozenset(),
) -> frozenset[int]:
    """Write values to many rows of one model in few statements and with one audit entry; return the changed ids.

    Like `change`, row by row: the caller has asked for permission, each object is what the editor saw, and StaleState
    is raised where any row says something else by now; then nothing is written. Relations are taken as they are given.
    """
    changed: list[tuple[M, dict[str, Any], dict[str, Any]]] = []
    if not wanted:
        return frozenset()
    rows = type(wanted[0][0])._base_manager
    with recording():
        found = rows.select_for_update().filter(pk__in=[obj.pk for obj, _values in wanted])
        present = {row.pk: row for row in found}
        for obj, values in wanted:
            row = present.get(obj.pk)
            if row is None:
                raise NotFound
            new = {name: value for name, value in values.items() if _raw(row, name) != _raw_value(value)}
            if any(_raw(row, name) != _raw(obj, name) for name in new):
                raise StaleState
            if new:
                changed.append((row, {name: _raw(row, name) for name in new}, new))
        for row, _before, new in changed:
            for name, value in new.items():
                setattr(row, name, value)
            _check_plain(row, new)
        if changed:
            names = sorted({name for _row, _before, new in changed for name in new})
            try:
                with transaction.atomic():
                    rows.bulk_update([row for row, _before, _new in changed], names, batch_size=200)
            except IntegrityError as error:
                raise StaleState from error
            told = [(row, veiled(old, withhold), veiled(new, withhold)) for row, old, new in changed]
            record_many(audit, by=by, changes=told, edition_id=edition_id)
    return frozenset(row.pk for row, _before, _new in changed)


def _raw(row: Model, name: str) -> Any:
    """What the row holds, a relation by its id: comparing costs no statement."""
    field: Any = row._meta.get_field(name)
    return getattr(row, field.attname)


def _raw_value(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _check_plain(row: Model, names: Iterable[str]) -> None:
    others = {
        field.name for field in row._meta.concrete_fields if field.is_relation or field.name not in names
    }
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        raise refusal(error) from error


def veiled(values: Mapping[str, Any], withhold: frozenset[str]) -> dict[str, Any]:
    """Return values as the log keeps them: of those in `withhold` only that there are any."""
    return {name: WITHHELD if name in withhold and value else value for name, value in values.items()}
