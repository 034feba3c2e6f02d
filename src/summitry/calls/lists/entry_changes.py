"""What can be done with many entries at once: said to repeat nothing, admitted late, disqualified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.calls.actions.entry import admit_late, disqualify_entry
from summitry.calls.actions.repeats import dismiss_repeat
from summitry.calls.enums import ENTRY, WITH_ENTRANT, EntryState
from summitry.calls.forms.entry_parts import LateForm, ReasonForm
from summitry.calls.models import Entry
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.foundation.lists import BulkAction, Change, Reader


def is_office(reader: Reader) -> bool:
    """Return whether the reader keeps entries somewhere; each row is asked about besides."""
    return policy_for(Entry).may(reader.actor, "edit")


def _late_form(reader: Reader) -> type[forms.Form]:
    class Asked(LateForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, zone=reader.edition.zone, **kwargs)

    return Asked


def _refuse_late(row: Entry, data: Mapping[str, Any], _reader: Reader) -> str:
    if row.state not in WITH_ENTRANT:
        return _("It was handed in, or has left.")
    until = data.get("until")
    return "" if until is not None and until > clock.now() else _("Give a moment that is still to come.")


def _admit(_edition: Edition, changes: Sequence[Change], by: Actor) -> None:
    for row, values in changes:
        if values.get("late_until") is None:
            raise TransitionRefused  # its entrant was told; disqualify it where it must not come
        admit_late(row, until=values["late_until"], reason=values.get("reason", row.reason), by=by)


def _disqualify(_edition: Edition, changes: Sequence[Change], by: Actor) -> None:
    for row, values in changes:
        if values.get("state") != EntryState.DISQUALIFIED:
            raise TransitionRefused  # for good, like every exclusion
        disqualify_entry(row, reason=values.get("reason", row.reason), by=by)


def _refuse_disqualifying(row: Entry, _data: Mapping[str, Any], _reader: Reader) -> str:
    return "" if ENTRY.allows(row.state, EntryState.DISQUALIFIED) else _("It takes part no more.")


def _dismiss(_edition: Edition, changes: Sequence[Change], by: Actor) -> None:
    for row, values in changes:
        if values["similar_to"] is None:
            dismiss_repeat(row, by=by)
        elif not Entry.objects.filter(pk=row.pk, similar_to=None).update(similar_to=values["similar_to"]):
            raise StaleState


CHANGES = (
    BulkAction(
        key="distinct",
        label=gettext_lazy("These repeat nothing"),
        change=lambda _row, _data, _reader: {"similar_to": None},
        apply=_dismiss,
        may=is_office,
    ),
    BulkAction(
        key="late",
        label=gettext_lazy("Admit after the deadline"),
        form=_late_form,
        change=lambda _row, data, _reader: {"late_until": data["until"], "reason": data["reason"]},
        refuse=_refuse_late,
        apply=_admit,
        may=is_office,
    ),
    BulkAction(
        key="disqualify",
        label=gettext_lazy("Disqualify"),
        form=lambda _reader: ReasonForm,
        change=lambda _row, data, _reader: {
            "state": EntryState.DISQUALIFIED,
            "reason": data["reason"],
        },
        refuse=_refuse_disqualifying,
        apply=_disqualify,
        may=is_office,
    ),
)
