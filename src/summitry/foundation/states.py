"""State changes: the transition table is data, and the write is a compare-and-set.

Two people who decide at once cannot overwrite each other: the second one's UPDATE matches no row and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import veiled
from summitry.foundation.errors import StaleState, TransitionRefused

M = TypeVar("M", bound=Model)
_tables: dict[str, TransitionTable] = {}


@dataclass(frozen=True, slots=True)
class TransitionTable:
    """The legal steps of one field: `steps` maps each state to the states that may follow it.

    Registered under `name` ("programme.forum") so that the documentation can print it.
    """

    name: str
    field: str
    steps: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        _tables[self.name] = self

    def allows(self, old: str, new: str) -> bool:
        """Return whether `new` may follow `old`."""
        return new in self.steps.get(old, frozenset())


def tables() -> Mapping[str, TransitionTable]:
    """Return all transition tables by name."""
    return _tables


def transition(
    obj: M,
    table: TransitionTable,
    to: str,
    *,
    by: Actor,
    audit: str,
    changes: Mapping[str, Any] | None = None,
    withhold: frozenset[str] = frozenset(),
) -> M:
    """Move `obj` to the state `to`, write `changes` with it, and record the audit action `audit`.

    Fields in `withhold` are audited as changed, without their values: words about people never come into the log, from
    which nothing is erased. The caller has asked for permission. Raises TransitionRefused where the table has no such step, and StaleState
    where the row is no longer in the state that `obj` shows; in both cases nothing is written.
    """
    old = getattr(obj, table.field)
    if not table.allows(old, to):
        raise TransitionRefused
    values = {table.field: to, **(changes or {})}
    with recording():
        rows = type(obj)._default_manager.filter(pk=obj.pk, **{table.field: old})
        if not rows.update(**values):
            raise StaleState
        before = {name: getattr(obj, name) for name in values}
        for name, value in values.items():
            setattr(obj, name, value)
        record(audit, by=by, obj=obj, before=veiled(before, withhold), after=veiled(values, withhold))
    return obj
