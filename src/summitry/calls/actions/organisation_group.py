"""Which institutions count as one house where conflicts of interest are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from summitry.calls.actions.deriving import derive_soon
from summitry.calls.actions.recording import record_step
from summitry.calls.enums import StepKind
from summitry.calls.models import Call, OrganisationGroup
from summitry.calls.queries.conflicts import groups_of
from summitry.calls.record.canonical import digest
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, StaleState

LONGEST = 200
MOST = 500
"""Groups of a call, and members of a group."""


def set_groups(
    call: Call,
    groups: Mapping[str, Sequence[str]],
    *,
    by: Actor,
    expected: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Let these institutions count as one house each; conflicts are looked for again. `expected` is what the editor saw.

    Raises InvalidInput (under "groups"), StaleState.
    """
    require(by, "edit", OrganisationGroup(call=call))
    wanted = {name: list(members) for name, members in groups.items()}
    if len(wanted) > MOST or any(len(members) > MOST for members in wanted.values()):
        raise InvalidInput(fields={"groups": [_("At most %(most)d.") % {"most": MOST}]})
    if any(len(name) > LONGEST for members in wanted.items() for name in (members[0], *members[1])):
        raise InvalidInput(
            fields={"groups": [_("A name has at most %(most)d characters.") % {"most": LONGEST}]}
        )
    with recording():
        present = groups_of(call)
        if expected is not None and present != {name: list(rows) for name, rows in expected.items()}:
            raise StaleState
        if present == wanted:
            return
        OrganisationGroup.objects.filter(call=call).exclude(name__in=wanted).delete()
        OrganisationGroup.objects.bulk_create(
            [OrganisationGroup(call=call, name=name, members=members) for name, members in wanted.items()],
            update_conflicts=True,
            unique_fields=["call", "name"],
            update_fields=["members"],
        )
        record("calls.organisation_groups.set", by=by, obj=call, before=present, after=wanted)
        record_step(call.pk, StepKind.CONFLICT, {"did": "groups", "digest": digest(wanted)})
        derive_soon(call.pk)
