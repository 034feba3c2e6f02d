"""Setting by when things are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline, Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput

MAX_GRACE_HOURS = 30 * 24


@dataclass(frozen=True, slots=True)
class DeadlineGiven:
    """What is due, when, and for how many hours after it a late one is still taken."""

    kind: DeadlineKind
    due_at: dt.datetime
    grace_hours: int = 0


def set_deadlines(edition: Edition, deadlines: Sequence[DeadlineGiven], *, by: Actor) -> None:
    """Replace the deadlines of an edition; equal ones change nothing. Raises InvalidInput naming the kind."""
    require(by, "edit", edition)
    wanted = {str(one.kind): (one.due_at, one.grace_hours) for one in deadlines}
    if len(wanted) < len(deadlines):
        raise InvalidInput(fields={"kind": [_("A deadline is named twice.")]})
    for one in deadlines:
        if not 0 <= one.grace_hours <= MAX_GRACE_HOURS:
            text = _("Grace can be at most %(hours)d hours.") % {"hours": MAX_GRACE_HOURS}
            raise InvalidInput(fields={str(one.kind): [text]})
    with recording():
        Edition.objects.select_for_update().only("pk").get(pk=edition.pk)
        present = {
            row.kind: (row.due_at, row.grace_hours) for row in Deadline.objects.filter(edition=edition)
        }
        if present == wanted:
            return
        Deadline.objects.filter(edition=edition).exclude(kind__in=wanted).delete()
        Deadline.objects.bulk_create(
            [
                Deadline(edition=edition, kind=kind, due_at=due_at, grace_hours=grace)
                for kind, (due_at, grace) in wanted.items()
            ],
            update_conflicts=True,
            unique_fields=["edition", "kind"],
            update_fields=["due_at", "grace_hours"],
        )
        record(
            "editions.deadlines.set", by=by, obj=edition, edition_id=edition.pk, before=present, after=wanted
        )
