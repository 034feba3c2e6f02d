"""The order of what belongs to a call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summitry.calls.actions.setting_up import UNDECIDED, require_state, set_up_changed
from summitry.calls.models import Call
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording


def put_in_order(call: Call, model: Any, slugs: Sequence[str], what: str, *, by: Actor) -> None:
    """Give the rows of a call positions in the order of `slugs`; rows that are not named follow in their present order.

    The caller has asked for permission. `what` names the rows: "areas", "questions" or "awards". Announces CallChanged where
    anything differs. Raises CallFixed once laureates are announced.
    """
    with recording():
        require_state(call, UNDECIDED)
        rows = {row.slug: row for row in model.objects.filter(call=call)}
        before = list(rows)
        after = [slug for slug in dict.fromkeys(slugs) if slug in rows]
        after += [slug for slug in before if slug not in after]
        for position, slug in enumerate(after):
            rows[slug].position = position
        model.objects.bulk_update(rows.values(), ["position"])
        if after != before:
            record(f"calls.{what}.ordered", by=by, obj=call, before={what: before}, after={what: after})
            set_up_changed(call, what, by=by)
