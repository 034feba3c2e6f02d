"""The awards of a call: what can be won, in which area, by how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.ordering import put_in_order
from summitry.calls.actions.setting_up import UNDECIDED, free_slug, require_state, set_up_changed
from summitry.calls.errors import StillUsed
from summitry.calls.models import Area, Award, Call, Laureate
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text

WORDS = frozenset({"name", "prize"})


def create_award(call: Call, *, by: Actor, name: Text, area: Area | None = None, **facts: Any) -> Award:
    """Add an award; without `slug` its address comes from its name. Announces CallChanged.

    Raises InvalidInput, and CallFixed once laureates are announced.
    """
    require(by, "edit", Award(call=call))
    with recording():
        require_state(call, UNDECIDED)
        rows = Award.objects.filter(call=call)
        facts = {"slug": free_slug(rows, name, "award"), "position": rows.count(), **facts}
        award = Award(call=call, name=name, area=area, **facts)
        _check(award)
        checked(award).save(force_insert=True)
        record("calls.award.created", by=by, obj=award)
        set_up_changed(call, "awards", by=by)
    return award


def update_award(
    award: Award, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Award:
    """Change an award. Announces CallChanged.

    Raises InvalidInput, StaleState, and CallFixed for anything but its words once laureates are announced.
    """
    require(by, "edit", award)
    trial = Award(call=award.call, area=changes.get("area", award.area))
    for name in ("slug", "name", "places"):
        setattr(trial, name, changes.get(name, getattr(award, name)))
    _check(trial)
    with recording():
        if {name for name, value in changes.items() if getattr(award, name) != value} - WORDS:
            require_state(award.call, UNDECIDED)
        if change(award, changes, by=by, audit="calls.award.updated", expected=expected):
            set_up_changed(award.call, "awards", by=by)
    return award


def remove_award(award: Award, *, by: Actor) -> None:
    """Remove an award that nobody holds. Announces CallChanged. Raises StillUsed, CallFixed."""
    require(by, "edit", award)
    call = award.call
    with recording():
        require_state(call, UNDECIDED)
        if Laureate.objects.filter(award=award).exists():
            raise StillUsed(what=str(award))
        record("calls.award.removed", by=by, obj=award)
        award.delete()
        set_up_changed(call, "awards", by=by)


def order_awards(call: Call, slugs: Sequence[str], *, by: Actor) -> None:
    """Put the awards in this order; those that are not named follow. Announces CallChanged where anything differs."""
    require(by, "edit", Award(call=call))
    put_in_order(call, Award, slugs, "awards", by=by)


def _check(award: Award) -> None:
    errors: dict[str, list[str]] = {}
    if not award.name:
        errors["name"] = [_("Give it a name.")]
    if award.area is not None and award.area.call_id != award.call.pk:
        errors["area"] = [_("Choose an area of this call.")]
    if award.places < 1:
        errors["places"] = [_("At least one place.")]
    if errors:
        raise InvalidInput(fields=errors)
