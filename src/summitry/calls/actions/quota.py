"""The quotas of a call: how many of the chosen at least and at most share an area, a kind of institution, an entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.setting_up import UNDECIDED, require_state, set_up_changed
from summitry.calls.enums import Dimension, EntrantKind
from summitry.calls.models import Area, Call, Quota
from summitry.directory.models import Entity
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput


def create_quota(call: Call, *, by: Actor, dimension: str, label: str = "", **facts: Any) -> Quota:
    """Add a quota; `label` "" stands for each label of the dimension. Announces CallChanged. Raises InvalidInput, CallFixed."""
    require(by, "edit", Quota(call=call))
    with recording():
        require_state(call, UNDECIDED)
        quota = Quota(call=call, dimension=dimension, label=label, **facts)
        _check(quota)
        checked(quota).save(force_insert=True)
        record("calls.quota.created", by=by, obj=quota)
        set_up_changed(call, "quotas", by=by)
    return quota


def update_quota(
    quota: Quota, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Quota:
    """Change a quota. Announces CallChanged. Raises InvalidInput, StaleState, CallFixed."""
    require(by, "edit", quota)
    trial = Quota(pk=quota.pk, call=quota.call)
    for name in ("dimension", "label", "least", "most"):
        setattr(trial, name, changes.get(name, getattr(quota, name)))
    _check(trial)
    with recording():
        require_state(quota.call, UNDECIDED)
        if change(quota, changes, by=by, audit="calls.quota.updated", expected=expected):
            set_up_changed(quota.call, "quotas", by=by)
    return quota


def remove_quota(quota: Quota, *, by: Actor) -> None:
    """Remove a quota. Announces CallChanged. Raises CallFixed."""
    require(by, "edit", quota)
    call = quota.call
    with recording():
        require_state(call, UNDECIDED)
        record("calls.quota.removed", by=by, obj=quota)
        quota.delete()
        set_up_changed(call, "quotas", by=by)


def _check(quota: Quota) -> None:
    errors: dict[str, list[str]] = {}
    if quota.label and not _is_known(quota):
        errors["label"] = [_("There is nothing by this name in this call.")]
    if not quota.least and quota.most is None:
        errors["most"] = [_("Say how many at least, or how many at most.")]
    elif quota.most is not None and quota.most < max(quota.least, 1):
        errors["most"] = [_("At most cannot be less than at least, nor less than one.")]
    others = Quota.objects.filter(call=quota.call, dimension=quota.dimension, label=quota.label)
    if others.exclude(pk=quota.pk).exists():
        errors["label"] = [_("There is a quota for this already.")]
    if errors:
        raise InvalidInput(fields=errors)


def _is_known(quota: Quota) -> bool:
    if quota.dimension == Dimension.AREA:
        return Area.objects.filter(call=quota.call, slug=quota.label).exists()
    if quota.dimension == Dimension.KIND:
        return quota.label in EntrantKind.values
    return Entity.objects.filter(code=quota.label).exists()
