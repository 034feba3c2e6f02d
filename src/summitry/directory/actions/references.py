"""Turning over every reference from one row to another, in whatever room's table it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, UniqueConstraint

from summitry.directory.actions.rows import PlainRow, plain_row

Reference = ForeignKey[Any, Any]


class Move(TypedDict):
    """Rows of one table whose reference in `field` was turned over."""

    model: str
    field: str
    old: Any
    new: Any
    pks: list[Any]


@dataclass(slots=True)
class Absorption:
    """What happens to the database: references that move, and rows that disappear, in this order.

    `alike` names, for tables without a rule of uniqueness, the columns by which two rows say the same.
    """

    alike: Mapping[type[Model], Sequence[str]] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    removed: list[PlainRow] = field(default_factory=list)

    def absorb(self, kept: Model, absorbed: Model) -> None:
        """Turn over all references from `absorbed` to `kept`, then delete `absorbed`.

        A row that would say the same as one of the kept row's is absorbed by that twin, with what refers to it.
        """
        for reference in references_to(type(absorbed)):
            self._turn_over(reference, kept, absorbed)
        self.removed.append(plain_row(absorbed))
        type(absorbed)._base_manager.filter(pk=absorbed.pk).delete()

    def _turn_over(self, reference: Reference, kept: Model, absorbed: Model) -> None:
        model = reference.model
        target = reference.target_field.attname
        old, new = getattr(absorbed, target), getattr(kept, target)
        moving = []
        for row in model._base_manager.filter(**{reference.attname: old}).order_by("pk"):
            twin = self._twin(row, reference, new)
            if twin is None:
                moving.append(row.pk)
            else:
                self.absorb(twin, row)
        if moving:
            model._base_manager.filter(pk__in=moving).update(**{reference.attname: new})
            label = model._meta.label_lower
            self.moves.append(
                {"model": label, "field": reference.attname, "old": old, "new": new, "pks": moving}
            )

    def _twin(self, row: Model, reference: Reference, new: Any) -> Model | None:
        model = type(row)
        for columns, condition in _unique_sets(model):
            rows = model._base_manager.filter(condition)
            values = _values(row, columns) | {reference.attname: new}
            if reference.attname not in columns or None in values.values():
                continue
            twin = (
                rows.filter(**values).exclude(pk=row.pk).first() if rows.filter(pk=row.pk).exists() else None
            )
            if twin is not None:
                return twin
        alike = self.alike.get(model)
        if alike is None:
            return None
        wanted = _values(row, alike) | {reference.attname: new}
        others = model._base_manager.filter(**{reference.attname: new}).order_by("pk")
        return next((other for other in others if _values(other, alike) == wanted), None)


def _values(row: Model, columns: Sequence[str]) -> dict[str, Any]:
    return {column: getattr(row, column) for column in columns}


def references_to(model: type[Model]) -> Iterator[Reference]:
    """Yield every foreign key of any table that leads to `model`, hidden ones and those of many-to-many tables too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            reference = relation.remote_field
            if isinstance(reference, ForeignKey):
                yield reference


def move_back(move: Move) -> None:
    """Turn references over to where they were; those that have been changed or deleted since stay as they are."""
    model = apps.get_model(move["model"])  # written down by us, for any room's table
    rows = model._base_manager.filter(pk__in=move["pks"], **{move["field"]: move["new"]})
    rows.update(**{move["field"]: move["old"]})


def _unique_sets(model: type[Model]) -> Iterator[tuple[list[str], Q]]:
    columns = {column.name: column.attname for column in model._meta.concrete_fields}
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            yield [columns[name] for name in constraint.fields], constraint.condition or Q()
    for names in model._meta.unique_together:
        yield [columns[name] for name in names], Q()
    for column in model._meta.concrete_fields:
        if column.unique and not column.primary_key:
            yield [column.attname], Q()
