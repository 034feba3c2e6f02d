"""The secret seed of a call: its digest goes into the record before anything is drawn, the seed itself at the end."""

from __future__ import annotations

from summitry.calls.actions.recording import record_step
from summitry.calls.enums import StepKind
from summitry.calls.models import Call, Step
from summitry.calls.record.seeds import seed_digest
from summitry.foundation.audit import recording


def commit_seed(call: Call) -> Step | None:
    """Write the digest of the call's seed into its record, once; returns None where it stands there already."""
    return _told_once(call, "digest", seed_digest(call.seed))


def reveal_seed(call: Call) -> Step | None:
    """Write the seed itself into the record, once: from then on everybody can draw again what was drawn."""
    commit_seed(call)
    return _told_once(call, "seed", call.seed)


def _told_once(call: Call, name: str, value: str) -> Step | None:
    with recording():
        for content in Step.objects.filter(call=call, kind=StepKind.SEED).values_list("content", flat=True):
            if name in content:
                return None
        return record_step(call.pk, StepKind.SEED, {name: value})
