"""The areas of a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.ordering import put_in_order
from summitry.calls.actions.setting_up import TAKING, free_slug, require_state, set_up_changed
from summitry.calls.errors import StillUsed
from summitry.calls.models import Area, Call, Entry, Question, Quota
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text


def create_area(call: Call, *, by: Actor, name: Text, **facts: Any) -> Area:
    """Add an area; without `slug` its address comes from its name. Announces CallChanged.

    Raises InvalidInput, and CallFixed once entries are frozen.
    """
    require(by, "edit", Area(call=call))
    _check(name)
    with recording():
        require_state(call, TAKING)
        rows = Area.objects.filter(call=call)
        facts = {"slug": free_slug(rows, name, "area"), "position": rows.count(), **facts}
        area = checked(Area(call=call, name=name, **facts))
        area.save(force_insert=True)
        record("calls.area.created", by=by, obj=area)
        set_up_changed(call, "areas", by=by)
    return area


def update_area(area: Area, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any) -> Area:
    """Change an area; its address, by which everything refers to it, stays. Announces CallChanged.

    Raises InvalidInput, StaleState.
    """
    require(by, "edit", area)
    _check(changes.get("name", area.name))
    if changes.get("slug", area.slug) != area.slug:
        raise InvalidInput(fields={"slug": [_("The address of an area stays.")]})
    with recording():
        if change(area, changes, by=by, audit="calls.area.updated", expected=expected):
            set_up_changed(area.call, "areas", by=by)
    return area


def remove_area(area: Area, *, by: Actor) -> None:
    """Remove an area that nothing refers to. Announces CallChanged. Raises StillUsed, and CallFixed once entries are frozen."""
    require(by, "edit", area)
    call = area.call
    with recording():
        require_state(call, TAKING)
        if is_used(area):
            raise StillUsed(what=str(area))
        record("calls.area.removed", by=by, obj=area)
        area.delete()
        set_up_changed(call, "areas", by=by)


def order_areas(call: Call, slugs: Sequence[str], *, by: Actor) -> None:
    """Put the areas in this order; those that are not named follow. Announces CallChanged where anything differs."""
    require(by, "edit", Area(call=call))
    put_in_order(call, Area, slugs, "areas", by=by)


def is_used(area: Area) -> bool:
    """Return whether an entry, an award, a question, a quota or a juror's panel names an area."""
    call = area.call
    named = [
        *Question.objects.filter(call=call).values_list("areas", flat=True),
        *call.panels.values_list("areas", flat=True),
        *call.jurors.values_list("expertise", flat=True),
    ]
    return (
        Entry.objects.filter(area=area).exists()
        or area.awards.exists()
        or Quota.objects.filter(call=call, dimension="area", label=area.slug).exists()
        or any(area.slug in slugs for slugs in named)
    )


def _check(name: Text) -> None:
    if not name:
        raise InvalidInput(fields={"name": [_("Give it a name.")]})
