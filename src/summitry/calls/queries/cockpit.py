"""One call at a glance: the stage it is in, what its readers may count, and what is to be done next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from summitry.calls.enums import (
    AssignmentState,
    CallState,
    ComputationState,
    EntryState,
    InquiryState,
    RoundKind,
    RoundState,
    Task,
)
from summitry.calls.models import Assignment, Call, Computation, Entry, Inquiry, Round
from summitry.calls.permissions_judging import HELD
from summitry.calls.queries.calls import freezes_at, open_state
from summitry.calls.queries.computations import in_force, latest
from summitry.calls.queries.lacking import lacking_reads
from summitry.calls.queries.missing import missing_of
from summitry.calls.queries.tabs import tabs
from summitry.foundation.access import Actor, policy_for, visible, within

E = EntryState


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage between opening and announcement: how it stands ("done", "current" or "ahead") and when it ends."""

    label: str
    stand: str
    until: dt.datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done: in words, where, and whether it stops what follows.

    With a `deed`, the words of a button, it is done at once: `act` is posted to the address.
    """

    title: str
    text: str = ""
    url: str = ""
    stops: bool = False
    deed: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """How many entries are in a state, and where they are listed; no address for who has no list."""

    label: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Cockpit:
    """What an overview shows. `counts` are in the order of the way that entries go."""

    stages: list[Stage]
    counts: list[Tile]
    steps: list[NextStep]
    window: str


def cockpit_of(call: Call, actor: Actor, now: dt.datetime) -> Cockpit:
    """Return the overview of a call for one reader; entries from which a conflict bars her are in no count of the jury's."""
    rounds = list(Round.objects.filter(call=call))
    counts = counts_of(call, actor)
    links = {tab.code: tab.url for tab in tabs(call, actor, "")}
    listed = links.get("entries", "")
    return Cockpit(
        stages=list(_stages(call, rounds, counts)),
        counts=[
            Tile(str(state.label), counts[state], listed and f"{listed}?state={state}")
            for state in EntryState
            if counts.get(state)
        ],
        steps=list(_steps(call, actor, rounds, counts, now, links)),
        window=open_state(call, now),
    )


def counts_of(call: Call, actor: Actor) -> dict[str, int]:
    """Return how many entries of each state the reader works on (one query)."""
    rows = within(actor, Entry.objects.filter(call=call))
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")).values_list("state", "n"))


def _stages(call: Call, rounds: list[Round], counts: Mapping[str, int]) -> Iterator[Stage]:
    current = _current(call, rounds, counts)
    names: list[tuple[str, dt.datetime | None, str]] = [
        (pgettext("stage", "Set-up"), None, ""),
        (pgettext("stage", "Entries"), call.closes_at, ""),
        (pgettext("stage", "Eligibility"), None, ""),
        *((str(one.name), one.closes_at, str(one.get_state_display())) for one in rounds),
        (pgettext("stage", "Selection"), None, ""),
        (pgettext("stage", "Announcement"), call.announced_at or call.embargo_until, ""),
    ]
    for place, (label, until, note) in enumerate(names):
        stand = "current" if place == current else "done" if place < current else "ahead"
        yield Stage(label, stand, until, note)


def _current(call: Call, rounds: list[Round], counts: Mapping[str, int]) -> int:
    """Return the place of the present stage; -1 for a call that was cancelled, one past the last for an announced one."""
    last = 5 + len(rounds)
    simple = {CallState.CANCELLED: -1, CallState.DRAFT: 0, CallState.PUBLISHED: 1, CallState.ANNOUNCED: last}
    if call.state in simple:
        return simple[CallState(call.state)]
    has_begun = any(one.state != RoundState.PLANNED for one in rounds)
    if not has_begun and (counts.get(E.SUBMITTED) or counts.get(E.RETURNED)):
        return 2
    for place, one in enumerate(rounds):
        if one.state != RoundState.DECIDED:
            return 3 + place
    is_decided = not counts.get(E.SHORTLISTED) and any(counts.get(state) for state in (E.SELECTED, E.RESERVE))
    return last - 1 if is_decided else last - 2


def _steps(
    call: Call,
    actor: Actor,
    rounds: list[Round],
    counts: Mapping[str, int],
    now: dt.datetime,
    links: Mapping[str, str],
) -> Iterator[NextStep]:
    may = policy_for(Call).may
    if call.state == CallState.DRAFT and may(actor, "edit", call):
        yield from _to_publish(call, links)
    yield from _waiting(call, actor)
    if call.state == CallState.PUBLISHED:
        yield from _collecting(call, now, links)
    if call.state == CallState.FROZEN:
        yield from _judging(call, actor, rounds, counts, links)


def _to_publish(call: Call, links: Mapping[str, str]) -> Iterator[NextStep]:
    own = {"settings", "areas", "form", "rules", "awards", "quotas", "codes"}
    for one in missing_of(call):
        args = [call.edition.slug, call.slug]
        url = reverse(f"calls:{one.where}", args=args) if one.where in own else links.get(one.where, "")
        yield NextStep(one.words, url=url, stops=one.stops)


def _waiting(call: Call, actor: Actor) -> Iterator[NextStep]:
    if not policy_for(Inquiry).may(actor, "edit", Inquiry(call=call)):
        return
    waiting = Inquiry.objects.filter(call=call, state=InquiryState.ASKED).count()
    if waiting:
        text = ngettext(
            "%(count)d question waits for an answer.", "%(count)d questions wait for an answer.", waiting
        )
        yield NextStep(
            _("Questions about the call"),
            text % {"count": waiting},
            reverse("calls:inquiries", args=[call.edition.slug, call.slug]),
        )


def _collecting(call: Call, now: dt.datetime, links: Mapping[str, str]) -> Iterator[NextStep]:
    state = open_state(call, now)
    if state == "grace":
        text = _("Drafts that are open can still be handed in; entries are frozen afterwards.")
        yield NextStep(_("The deadline has passed"), text, links.get("entries", ""))
    elif now >= freezes_at(call):
        text = _("This happens by itself within some minutes.")
        yield NextStep(_("Entries are being frozen"), text, links.get("entries", ""))


def _judging(
    call: Call, actor: Actor, rounds: list[Round], counts: Mapping[str, int], links: Mapping[str, str]
) -> Iterator[NextStep]:
    unchecked = counts.get(E.SUBMITTED, 0)
    if unchecked and "eligibility" in links:
        text = ngettext(
            "%(count)d entry waits to be checked.", "%(count)d entries wait to be checked.", unchecked
        )
        yield NextStep(_("Eligibility"), text % {"count": unchecked}, links["eligibility"])
    present = next((one for one in rounds if one.state != RoundState.DECIDED), None)
    if present is not None:
        yield from _lacking(call, actor, present)
        where = "final" if present.kind == RoundKind.LIVE else "rounds"
        if where in links:
            yield NextStep(str(present.name), _round_words(present, actor), links[where])
    elif counts.get(E.SHORTLISTED) and "selection" in links:
        yield NextStep(
            _("Selection"), _("The rounds are decided: choose under the quotas."), links["selection"]
        )
    elif counts.get(E.SELECTED) and "announcement" in links:
        text = _("The laureates are chosen: prepare citations, certificates and letters.")
        yield NextStep(pgettext("stage", "Announcement"), text, links["announcement"])


def _lacking(call: Call, actor: Actor, present: Round) -> Iterator[NextStep]:
    """Reads of a round that was given out and that nobody will do now: a juror has left, or must not judge."""
    if present.kind != RoundKind.DESK or present.state not in {RoundState.PLANNED, RoundState.READING}:
        return
    may = policy_for(Computation).may
    asked = Computation(call=call)
    if not may(actor, "view", asked) or in_force(call, Task.ASSIGNMENT, present) is None:
        return
    lacking = lacking_reads([present], actor).get(present.pk, 0)
    if not lacking:
        return
    url = reverse("calls:round_assignment", args=[call.edition.slug, call.slug, present.number])
    text = ngettext("%(count)d read is without a juror.", "%(count)d reads are without a juror.", lacking)
    title, text = _("Readers are lacking"), text % {"count": lacking}
    newest = latest(call, Task.ASSIGNMENT, present)
    if newest is not None and newest.state == ComputationState.PROPOSED:
        yield NextStep(title, f"{text} {_('A proposal waits to be approved.')}", url)
    elif may(actor, "approve", asked):
        yield NextStep(title, text, url, deed=_("Propose other readers"), act="propose")
    else:
        yield NextStep(title, text, url)


def _round_words(present: Round, actor: Actor) -> str:
    if present.state == RoundState.READING and present.kind == RoundKind.DESK:
        rows = visible(actor, Assignment.objects.filter(round=present, state__in=HELD))
        done = rows.filter(state=AssignmentState.SUBMITTED).count()
        return _("%(done)d of %(all)d reviews are handed in.") % {"done": done, "all": rows.count()}
    desk = {
        RoundState.PLANNED: _("Give its entries to jurors, and open it."),
        RoundState.CLOSED: _("Its reviews are closed: decide which entries go on."),
    }
    live = {
        RoundState.PLANNED: _("Set the order of the pitches, and begin when all are there."),
        RoundState.READING: _("It is under way."),
        RoundState.CLOSED: _("Its ballots are counted: decide which entries go on."),
    }
    return (live if present.kind == RoundKind.LIVE else desk)[RoundState(present.state)]
