"""The record of a call: what happened is appended in the transaction in which it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from summitry.calls.enums import StepKind
from summitry.calls.models import Step
from summitry.calls.record.chain import GENESIS, step_hash
from summitry.foundation import clock
from summitry.foundation.audit import recording


def record_step(call_id: int, kind: StepKind, content: Mapping[str, Any]) -> Step:
    """Append one step to the record of a call. `content` holds JSON values: plain facts, ids, digests, no free words.

    What must stay secret for now (a seed, a review) is recorded by its digest.
    """
    return record_steps(call_id, [(kind, content)])[0]


def record_steps(call_id: int, steps: Sequence[tuple[StepKind, Mapping[str, Any]]]) -> list[Step]:
    """Append several steps at once, in this order."""
    with recording():
        last = Step.objects.filter(call=call_id).order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        now = clock.now().astimezone(dt.UTC)
        made = []
        for kind, content in steps:
            number += 1
            at = now.isoformat(timespec="microseconds")
            found = step_hash(previous, number, str(kind), at, content)
            made.append(
                Step(
                    call_id=call_id,
                    number=number,
                    kind=kind,
                    content=dict(content),
                    at=now,
                    previous_hash=previous,
                    hash=found,
                )
            )
            previous = found
        return Step.objects.bulk_create(made, batch_size=500)
