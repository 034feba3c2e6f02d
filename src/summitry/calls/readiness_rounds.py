"""What rounds tell the readiness list: entries without readers, proposals that wait, rounds to be decided."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.calls.enums import CallState, ComputationState, RoundKind, RoundState, Task
from summitry.calls.models import Computation, Round
from summitry.calls.permissions import CHAIR, MANAGER
from summitry.calls.queries.lacking import lacking_reads
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for, within
from summitry.foundation.web.navigation import Phase


def rounds(asked: Asked) -> Iterator[Line]:
    """What stands between the rounds of an edition's calls and their decisions (three queries; one where there are none)."""
    desk = Round.objects.filter(call__edition=asked.edition, kind=RoundKind.DESK)
    at_work = desk.filter(state__in=(RoundState.READING, RoundState.CLOSED)).exclude(
        call__state=CallState.CANCELLED
    )
    policy = policy_for(Computation)
    rows = within(asked.actor, at_work).select_related("call")
    found = [row for row in rows if policy.may(asked.actor, "view", Computation(call=row.call))]
    if not found:
        return
    yield from _waiting(asked, found)
    lacking = lacking_reads(found, asked.actor)
    for each in found:
        missing = lacking.get(each.pk, 0)
        if each.state == RoundState.CLOSED:
            text = _("Its reviews are closed; nobody knows yet who goes on.")
            yield _line(asked, each, "decision", Severity.DUE, text, 1, CHAIR.label)
        elif missing:
            text = ngettext(
                "%(count)d read is without a juror.", "%(count)d reads are without a juror.", missing
            )
            yield _line(
                asked, each, "reads", Severity.BLOCKER, text % {"count": missing}, missing, MANAGER.label
            )


def _waiting(asked: Asked, found: list[Round]) -> Iterator[Line]:
    """The last assignment of a round, where it waits for approval."""
    rows = Computation.objects.filter(round__in=found, task=Task.ASSIGNMENT, state=ComputationState.PROPOSED)
    waiting = set(within(asked.actor, rows).order_by().values_list("round_id", flat=True))
    for each in found:
        if each.pk in waiting:
            text = _("An assignment is proposed. It is not in force until somebody approves it.")
            yield _line(asked, each, "assignment", Severity.DUE, text, 1, CHAIR.label)


def _line(
    asked: Asked, round_: Round, page: str, severity: Severity, text: str, count: int, owner: object
) -> Line:
    name = "round_reads" if page == "reads" else f"round_{page}"
    url = reverse(f"calls:{name}", args=[asked.edition.slug, round_.call.slug, round_.number])
    title = _("%(call)s: %(round)s") % {
        "call": round_.call.name.shown(asked.lang, asked.edition.fallback).text,
        "round": round_.name.shown(asked.lang, asked.edition.fallback).text,
    }
    return Line(
        f"calls-round-{page}-{round_.pk}",
        severity,
        title,
        text,
        Phase.INVITE,
        count,
        str(owner),
        round_.closes_at,
        f"{url}?short=yes" if page == "reads" else url,
    )


def register() -> None:
    """Let rounds speak on the readiness list."""
    register_check("calls.rounds", rounds)
