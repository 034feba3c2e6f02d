"""What eligibility and juries tell the readiness list: entries and conflicts that wait for somebody, jurors who have not answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from summitry.calls.enums import CallState, JurorState
from summitry.calls.models import Call, Conflict, Juror
from summitry.calls.permissions import ELIGIBILITY, MANAGER
from summitry.calls.queries.calls import calls_at_work
from summitry.calls.queries.eligibility import LOOK, SECOND, queue_of
from summitry.calls.queries.entry_windows import is_past_deadline
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for, within
from summitry.foundation.web.navigation import Phase

WORKED_ON = (CallState.PUBLISHED, CallState.FROZEN)


def eligibility(asked: Asked) -> Iterator[Line]:
    """Entries that wait for an officer, once their deadline is over (three queries for each such call)."""
    for call in _calls(asked):
        if not policy_for(Call).may(asked.actor, "check", call) or not is_past_deadline(call):
            continue
        counts = queue_of(call, asked.actor, LOOK).counts
        if count := counts.get(LOOK, 0):
            text = ngettext(
                "%(count)d entry waits to be checked.", "%(count)d entries wait to be checked.", count
            )
            yield _line(asked, call, "eligibility", text, count, ELIGIBILITY.label)
        if count := counts.get(SECOND, 0):
            text = ngettext(
                "%(count)d rejection waits for a second person.",
                "%(count)d rejections wait for a second person.",
                count,
            )
            yield _line(asked, call, "eligibility", text, count, ELIGIBILITY.label, "?queue=second")


def juries(asked: Asked) -> Iterator[Line]:
    """Conflicts that wait for a decision, and jurors who have not answered (two queries for each call)."""
    for call in _calls(asked):
        open_ = within(asked.actor, Conflict.objects.filter(juror__call=call, state="open"))
        if count := open_.count():
            text = ngettext(
                "%(count)d conflict of interest waits to be decided; it bars meanwhile.",
                "%(count)d conflicts of interest wait to be decided; they bar meanwhile.",
                count,
            )
            yield _line(asked, call, "conflicts", text, count, MANAGER.label, "?state=open")
        if not policy_for(Call).may(asked.actor, "edit", call):
            continue
        silent = Juror.objects.filter(call=call, state__in=(JurorState.PROPOSED, JurorState.INVITED)).count()
        if silent:
            text = ngettext(
                "%(count)d juror has not accepted yet.", "%(count)d jurors have not accepted yet.", silent
            )
            yield _line(asked, call, "jury", text, silent, MANAGER.label)


def _calls(asked: Asked) -> Iterable[Call]:
    return calls_at_work(asked.actor, asked.edition).filter(state__in=WORKED_ON)


def _line(
    asked: Asked, call: Call, page: str, text: str, count: int, owner: object, narrowed: str = ""
) -> Line:
    url = reverse(f"calls:{page}", args=[asked.edition.slug, call.slug])
    return Line(
        f"calls-{page}{narrowed.replace('?', '-').replace('=', '-')}-{call.pk}",
        Severity.DUE,
        call.name.shown(asked.lang, asked.edition.fallback).text,
        text % {"count": count},
        Phase.INVITE,
        count,
        str(owner),
        None,
        f"{url}{narrowed}",
    )


def register() -> None:
    """Let eligibility and juries speak on the readiness list."""
    register_check("calls.eligibility", eligibility)
    register_check("calls.juries", juries)
