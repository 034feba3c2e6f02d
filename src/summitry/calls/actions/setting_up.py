"""What all changes of a call's set-up share: what may still be changed, who is told, and what the record keeps of it."""

from __future__ import annotations

from typing import Any

from django.db import models

from summitry.calls.actions.indexing import index_call
from summitry.calls.actions.recording import record_step
from summitry.calls.enums import CallState, StepKind
from summitry.calls.errors import CallFixed
from summitry.calls.events import CallChanged
from summitry.calls.models import Call, Step
from summitry.calls.queries.configuration import configuration_of
from summitry.calls.record.canonical import digest
from summitry.directory.queries.slugs import slug_base
from summitry.editions.actions.content import touch_content
from summitry.foundation.access import Actor
from summitry.foundation.bus import announce
from summitry.foundation.i18n import Text

TAKING = frozenset({CallState.DRAFT, CallState.PUBLISHED})
"""While a call is in one of these, entries can still come in."""
UNDECIDED = TAKING | {CallState.FROZEN}


def require_state(call: Call, states: frozenset[CallState]) -> None:
    """Raise CallFixed where a call is in none of `states`; asks the row, after the caller has asked for the log."""
    if not Call.objects.filter(pk=call.pk, state__in=states).exists():
        raise CallFixed


def was_published(call: Call) -> bool:
    """Return whether the call was ever published: what the public has read stays on record."""
    return Step.objects.filter(call=call, kind=StepKind.PUBLISHED).exists()


def set_up_changed(call: Call, what: str, *, by: Actor) -> None:
    """Let the rest of Summitry know; of a call that was published, its record keeps the digest of what holds from now on.

    `what` names the part: "call", "areas", "form", "rules", "quotas" or "awards". In the caller's transaction.
    """
    if was_published(call):
        record_rules(call, what)
    tell_changed(call, by=by)


def tell_changed(call: Call, *, by: Actor) -> None:
    """Let the rest of Summitry know that a call changed, in the caller's transaction. Announces CallChanged."""
    touch_content(call.edition_id)
    index_call(call)
    announce(CallChanged(by=by, edition_id=call.edition_id, call_id=call.pk))


def record_rules(call: Call, what: str) -> Step:
    """Append what holds for a call from now on to its record, by its digest."""
    now = Call.objects.get(pk=call.pk)
    config = configuration_of(now)
    number = config["rules"]["number"] if config["rules"] else 0
    content = {"what": what, "state": str(now.state), "digest": digest(config), "rules_text": number}
    return record_step(call.pk, StepKind.RULES, content)


def free_slug(rows: models.QuerySet[Any], name: Text, fallback: str) -> str:
    """Return an address for a new row from its English or first words, that none of `rows` has."""
    longest = rows.model._meta.get_field("slug").max_length - 4
    base = slug_base([name.get("en") or str(name) or fallback, fallback])[:longest].strip("-") or fallback
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, 9999) if (slug := base if n == 1 else f"{base}-{n}") not in taken)
