"""Changes of many rows at once, over the API: the same changes, refusals and way back as in the console's lists."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Router, Schema

from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.lists import BulkAction, ListSpec, Reader
from summitry.foundation.lists.bulk import (
    Plan,
    differences_of,
    plan_bulk,
    run_bulk,
    run_by_id,
    runs_of,
    undo_bulk,
)
from summitry.foundation.models import BulkRun
from summitry.programme.lists.contributions import CONTRIBUTIONS
from summitry.programme.lists.forums import FORUMS
from summitry.programme.lists.sessions import SESSIONS
from summitry.programme.lists.speakers import SPEAKERS

router = Router()
LISTS: dict[str, ListSpec] = {
    "forums": FORUMS,
    "sessions": SESSIONS,
    "contributions": CONTRIBUTIONS,
    "speakers": SPEAKERS,
}
ListName = Literal["forums", "sessions", "contributions", "speakers"]


class ChangesIn(Schema):
    """Which change of which rows, and with what (`values`: the fields that the change asks for).

    Without `plan`, nothing is written and the answer says what would be done. Send its `plan` back to do exactly that;
    the same `key` a second time changes nothing.
    """

    action: str
    ids: list[int] = Field(min_length=1, max_length=2000)
    values: dict[str, str | list[str]] = Field(default_factory=dict)
    plan: str = ""
    key: uuid.UUID | None = None


class DifferenceOut(Schema):
    """One field, before and after, in the words of the request's language."""

    label: str
    before: str
    after: str


class RowOut(Schema):
    """A row that changes."""

    id: int
    name: str
    differences: list[DifferenceOut]


class RefusedOut(Schema):
    """A row that is left as it is, and why."""

    id: int
    name: str
    reason: str


class ChangesOut(Schema):
    """What would be done (`run` is null), or was. A change that was taken back names what it `left`."""

    run: int | None
    plan: str = ""
    rows: list[RowOut]
    refused: list[RefusedOut]
    is_undone: bool = False
    left: list[RefusedOut] = []


@router.post("/{slug}/changes/{name}", response=ChangesOut, url_name="changes")
def post_changes(request: HttpRequest, slug: str, name: ListName, body: ChangesIn) -> ChangesOut:
    """Say what a change of many rows would do; or do it, where the plan is still the one that you saw (else 409)."""
    reader, spec = _asked(request, slug), LISTS[name]
    action = next((one for one in spec.actions if one.key == body.action), None)
    if action is None:
        raise NotFound
    if not action.may(reader):
        raise PermissionRefused
    if body.key is not None:
        done = runs_of(spec, reader).filter(key=body.key, account_id=reader.account_id).first()
        if done is not None:
            return _run(spec, done, reader)
    plan = plan_bulk(spec, action, body.ids, _values(action, body.values, reader), reader)
    if not body.plan:
        return _plan(plan)
    if body.plan != plan.fingerprint:
        raise StaleState
    return _run(spec, run_bulk(spec, action, plan, body.key or uuid.uuid4(), reader), reader)


@router.get("/{slug}/changes/{name}/{run}", response=ChangesOut, url_name="change")
def get_change(request: HttpRequest, slug: str, name: ListName, run: int) -> ChangesOut:
    """A change of many rows that was made in the last thirty days."""
    reader, spec = _asked(request, slug), LISTS[name]
    return _run(spec, run_by_id(spec, run, reader), reader)


@router.post("/{slug}/changes/{name}/{run}/undo", response=ChangesOut, url_name="change_undo")
def post_undo(request: HttpRequest, slug: str, name: ListName, run: int) -> ChangesOut:
    """Give the rows their values from before; what has changed since is left and named."""
    reader, spec = _asked(request, slug), LISTS[name]
    return _run(spec, undo_bulk(spec, run_by_id(spec, run, reader), reader), reader)


def _asked(request: HttpRequest, slug: str) -> Reader:
    edition, actor = edition_at_work(request, slug)
    return Reader(actor, edition, get_language() or "en")


def _values(action: BulkAction, given: Mapping[str, str | list[str]], reader: Reader) -> dict[str, Any]:
    if action.form is None:
        return {}
    form = action.form(reader)(given)
    if not form.is_valid():
        raise InvalidInput(
            fields={name: [str(one) for one in errors] for name, errors in form.errors.items()}
        )
    return form.cleaned_data


def _plan(plan: Plan) -> ChangesOut:
    return ChangesOut(
        run=None,
        plan=plan.fingerprint,
        rows=[_row(one.id, one.name, one.differences) for one in plan.planned],
        refused=[RefusedOut(id=one.id, name=one.name, reason=one.reason) for one in plan.refused],
    )


def _run(spec: ListSpec, run: BulkRun, reader: Reader) -> ChangesOut:
    return ChangesOut(
        run=run.pk,
        rows=[_row(one.id, one.name, one.differences) for one in differences_of(spec, run, reader)],
        refused=[RefusedOut(id=pk, name=name, reason=reason) for pk, name, reason in run.refused],
        is_undone=run.undone_at is not None,
        left=[RefusedOut(id=pk, name=name, reason=reason) for pk, name, reason in run.left],
    )


def _row(pk: int, name: str, differences: Any) -> RowOut:
    told = [DifferenceOut(label=str(one.label), before=one.before, after=one.after) for one in differences]
    return RowOut(id=pk, name=name, differences=told)
