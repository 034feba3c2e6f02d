"""Panels: parts of a jury, each for some areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.recording import record_step
from summitry.calls.enums import StepKind
from summitry.calls.errors import StillUsed
from summitry.calls.events import JuryChanged
from summitry.calls.models import Area, Call, Final, Juror, Panel
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text


def create_panel(call: Call, *, by: Actor, name: Text, areas: list[str] | None = None) -> Panel:
    """Add a panel that reads some areas, or all. Announces JuryChanged. Raises InvalidInput."""
    require(by, "edit", Panel(call=call))
    _check(call, name, areas or [])
    with recording():
        position = Panel.objects.filter(call=call).count()
        panel = checked(Panel(call=call, name=name, areas=areas or [], position=position))
        panel.save(force_insert=True)
        record("calls.panel.created", by=by, obj=panel)
        _tell(panel, "panel_created", by)
    return panel


def update_panel(
    panel: Panel, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Panel:
    """Change a panel. Announces JuryChanged where anything differs. Raises InvalidInput, StaleState."""
    require(by, "edit", panel)
    _check(panel.call, changes.get("name", panel.name), changes.get("areas", panel.areas))
    with recording():
        if change(panel, changes, by=by, audit="calls.panel.updated", expected=expected):
            _tell(panel, "panel_changed", by)
    return panel


def remove_panel(panel: Panel, *, by: Actor) -> None:
    """Remove a panel; its jurors stay on the jury, without one. Announces JuryChanged.

    Raises StillUsed for a panel that judges a final: without it, the whole jury would.
    """
    require(by, "edit", panel)
    with recording():
        if Final.objects.filter(panel=panel).exists():
            raise StillUsed(what=panel)
        record("calls.panel.removed", by=by, obj=panel)
        _tell(panel, "panel_removed", by)
        panel.delete()


def _check(call: Call, name: Text, areas: list[str]) -> None:
    errors = {}
    if not name:
        errors["name"] = [_("Give it a name.")]
    if Area.objects.filter(call=call, slug__in=areas).count() != len(set(areas)):
        errors["areas"] = [_("Choose areas of this call.")]
    if errors:
        raise InvalidInput(fields=errors)


def _tell(panel: Panel, did: str, by: Actor) -> None:
    call = panel.call
    record_step(call.pk, StepKind.JUROR, {"did": did, "panel": panel.pk, "areas": sorted(panel.areas)})
    jurors = tuple(Juror.objects.filter(panel=panel).order_by("pk").values_list("pk", flat=True))
    announce(JuryChanged(by=by, edition_id=call.edition_id, call_id=call.pk, juror_ids=jurors))
