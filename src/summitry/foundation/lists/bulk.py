"""Changing many rows of a list: planned and shown first, then done at once, and taken back row by row."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation import clock
from summitry.foundation.access import policy_for
from summitry.foundation.audit import recording
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.lists.action import BulkAction, Change
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.spec import ListSpec
from summitry.foundation.lists.values import Wording, current, restored, stored
from summitry.foundation.models import BulkRun

KEPT = dt.timedelta(days=30)
"""How long a change can be taken back."""

MOST_ROWS = 2000
TOO_MANY = gettext_lazy("At most %(most)d entries can be changed at once. Please narrow the list.")


class Difference(NamedTuple):
    """One field of one row, before and after, in words."""

    label: str
    before: str
    after: str


class Planned(NamedTuple):
    """A row that would change."""

    id: int
    name: str
    differences: list[Difference]


class Refused(NamedTuple):
    """A row that is left out, and why."""

    id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do: `unchanged` names the rows that have these values already."""

    changes: list[Change]
    planned: list[Planned]
    refused: list[Refused]
    unchanged: list[str]

    @property
    def fingerprint(self) -> str:
        """What the preview showed, in short: the same rows with the same values give the same."""
        content = [
            [[change.row.pk, current(change.row, change.values), stored(type(change.row), change.values)] for change in self.changes],
            [[row.id, row.reason] for row in self.refused],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def plan_bulk(
    spec: ListSpec, action: BulkAction, ids: Sequence[int], data: Mapping[str, Any], reader: Reader
) -> Plan:
    """Return what `action` would do to the rows of these ids that the reader works on; nothing is written.

    Raises InvalidInput for too many rows.
    """
    if len(ids) > MOST_ROWS:
        raise InvalidInput(TOO_MANY, most=MOST_ROWS)
    found = {row.pk: row for row in spec.rows(reader).filter(pk__in=ids)}
    rows = [found[pk] for pk in ids if pk in found]
    names = _names(spec, rows, reader)
    plan, wording = Plan([], [], [], []), Wording(spec.rows(reader).model, reader)
    for row in rows:
        reason = _reason(action, row, data, reader)
        if reason:
            plan.refused.append(Refused(row.pk, names[row.pk], reason))
            continue
        values = action.change(row, data, reader)
        before, after = current(row, values), stored(type(row), values)
        wanted = {name: value for name, value in values.items() if before[name] != after[name]}
        if wanted:
            plan.changes.append(Change(row, wanted))
            shown = _differences(wording, before, wanted)
            plan.planned.append(Planned(row.pk, names[row.pk], shown))
        else:
            plan.unchanged.append(names[row.pk])
    return plan


def run_bulk(spec: ListSpec, action: BulkAction, plan: Plan, key: uuid.UUID, reader: Reader) -> BulkRun:
    """Carry out a plan and keep what is needed to take it back; the same `key` a second time changes nothing.

    Raises what the action raises (StaleState where a row changed meanwhile); then nothing is written.
    """
    names = {row.id: row.name for row in plan.planned}
    rows = [
        {
            "id": change.row.pk,
            "name": names[change.row.pk],
            "before": current(change.row, change.values),
            "after": stored(type(change.row), change.values),
        }
        for change in plan.changes
    ]
    run = BulkRun(
        key=key,
        list_key=spec.key,
        action=action.key,
        edition_id=reader.edition.pk,
        account_id=reader.account_id,
        rows=rows,
        refused=[[row.id, row.name, row.reason] for row in plan.refused],
        created_at=clock.now(),
    )
    try:
        with recording():
            run.save(force_insert=True)
            action.apply(reader.edition, plan.changes, reader.actor)
    except IntegrityError:
        done = BulkRun.objects.filter(key=key, account_id=reader.account_id).first()
        if done is None:
            raise
        return done
    return run


def runs_of(spec: ListSpec, reader: Reader) -> QuerySet[BulkRun]:
    """Return the changes of the last thirty days: the reader's own, and everybody's for the edition's staff."""
    runs = BulkRun.objects.select_related("account").filter(
        list_key=spec.key, edition_id=reader.edition.pk, created_at__gte=clock.now() - KEPT
    )
    return runs if reader.is_staff else runs.filter(account_id=reader.account_id)


def run_by_id(spec: ListSpec, run_id: int, reader: Reader) -> BulkRun:
    """Return one of these changes. Raises NotFound."""
    run = runs_of(spec, reader).filter(pk=run_id).first()
    if run is None:
        raise NotFound
    return run


def undo_bulk(spec: ListSpec, run: BulkRun, reader: Reader) -> BulkRun:
    """Give the rows of a change their values from before; `run.left` then names those that were left as they are.

    A row is left where it has changed since, is gone, or is not the reader's to edit. Raises StaleState where the
    change was taken back already, and PermissionRefused where it is not offered to the reader.
    """
    action = next((each for each in spec.actions if each.key == run.action), None)
    if action is None or not action.may(reader):
        raise PermissionRefused
    model = spec.rows(reader).model
    with recording():
        claimed = BulkRun.objects.filter(pk=run.pk, undone_at=None).update(
            undone_at=clock.now(), undone_by=reader.account_id
        )
        if not claimed:
            raise StaleState
        mine = spec.rows(reader).filter(pk__in=[row["id"] for row in run.rows]).values_list("pk", flat=True)
        locked = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=list(mine))}
        changes, left = [], []
        for row in run.rows:
            change = _taken_back(action, locked.get(row["id"]), row, reader)
            if isinstance(change, str):
                left.append([row["id"], row["name"], change])
            else:
                changes.append(change)
        if changes:
            action.apply(reader.edition, changes, reader.actor)
        BulkRun.objects.filter(pk=run.pk).update(left=left)
    run.refresh_from_db()
    return run


def differences_of(spec: ListSpec, run: BulkRun, reader: Reader) -> Iterable[Planned]:
    """Yield the rows of a change with their values before and after, in words."""
    wording = Wording(spec.rows(reader).model, reader)
    for row in run.rows:
        yield Planned(row["id"], row["name"], _differences(wording, row["before"], row["after"]))


def _taken_back(action: BulkAction, row: Any, kept: Mapping[str, Any], reader: Reader) -> Change | str:
    if row is None:
        return _("It is no longer there, or no longer yours.")
    if current(row, kept["after"]) != kept["after"]:
        return _("It has been changed since.")
    if not policy_for(type(row)).may(reader.actor, action.verb, row):
        return _("You may not change it.")
    try:
        return Change(row, restored(type(row), kept["before"]))
    except ObjectDoesNotExist:
        return _("What it had before is no longer there.")


def _reason(action: BulkAction, row: Any, data: Mapping[str, Any], reader: Reader) -> str:
    if not policy_for(type(row)).may(reader.actor, action.verb, row):
        return _("You may not change it.")
    return action.refuse(row, data, reader)


def _names(spec: ListSpec, rows: Sequence[Any], reader: Reader) -> dict[int, str]:
    lines = spec.lines(rows, reader) if spec.lines else rows
    return {row.pk: spec.label(line, reader) for row, line in zip(rows, lines, strict=True)}


def _differences(wording: Wording, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(wording.label(name), wording.value(name, before[name]), wording.value(name, after[name]))
        for name in after
    ]
