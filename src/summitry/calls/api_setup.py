"""Calls over the API: what everybody may read of them, and, for whoever works on one, how it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.calls.models import Area, Award, Call, Inquiry, Question, Quota, Round, RulesText
from summitry.calls.queries.calls import OpenState, open_state
from summitry.calls.queries.cockpit import counts_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text
from summitry.foundation.web.actor import actor_of

router = Router()


class CallOut(Schema):
    """A call; `window` says whether it takes entries now: before, open, grace (drafts only) or closed."""

    slug: str
    preset: str
    state: str
    window: Literal["before", "open", "grace", "closed"]
    name: Localised
    summary: Localised
    admission: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    languages: list[str]
    places: int


class AreaOut(Schema):
    """An area of a call."""

    slug: str
    name: Localised
    description: Localised


class OptionOut(Schema):
    """One of the answers that a question lets choose."""

    value: str
    label: Localised


class QuestionOut(Schema):
    """A question of the entry form; no `areas` means all. It is asked if `condition` is empty or met."""

    slug: str
    kind: str
    label: Localised
    hint: Localised
    areas: list[str]
    is_required: bool
    options: list[OptionOut]
    condition: dict[str, Any]
    longest: int


class AwardOut(Schema):
    """What can be won, in one area or in all."""

    slug: str
    name: Localised
    prize: Localised
    area: str | None
    places: int


class AnswerOut(Schema):
    """A question that somebody asked, with its answer."""

    asked: Localised
    answer: Localised


class RulesOut(Schema):
    """The rules in the version that holds."""

    number: int
    text: Localised


class CallDetailsOut(CallOut):
    """A call with all that its public page says."""

    description: Localised
    areas: list[AreaOut]
    questions: list[QuestionOut]
    awards: list[AwardOut]
    rules: RulesOut | None
    answers: list[AnswerOut]


class QuotaOut(Schema):
    """A quota; an empty label stands for each one of the dimension."""

    dimension: str
    label: str
    least: int
    most: int | None


class RoundOut(Schema):
    """A round of judging."""

    number: int
    name: Localised
    kind: str
    state: str
    reads: int
    places: int
    closes_at: dt.datetime | None


class StandingOut(Schema):
    """How a call stands, for whoever works on it: entries by state (as far as she may count them), rounds, quotas."""

    state: str
    entries: dict[str, int]
    rounds: list[RoundOut]
    quotas: list[QuotaOut]


@router.get("/{slug}/calls", response=CursorPage[CallOut], summary="Calls")
def list_calls(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[CallOut]:
    """List the published calls, and those on which you work."""
    actor, edition = _asked(request, slug)
    rows, following = page_of(
        visible(actor, Call.objects.filter(edition=edition)).select_related("edition"),
        cursor=cursor,
        limit=limit,
    )
    return CursorPage(items=[CallOut(**_facts(row)) for row in rows], next=following)


@router.get("/{slug}/calls/{call}", response=CallDetailsOut, summary="One call")
def get_call(request: HttpRequest, slug: str, call: str) -> CallDetailsOut:
    """Return a call with areas, form, awards, rules, and the questions that were answered in public."""
    actor, edition = _asked(request, slug)
    found = _call(actor, edition, call)
    rules = RulesText.objects.filter(call=found).order_by("-number").first()
    return CallDetailsOut(
        **_facts(found),
        description=localised(found.description),
        areas=[
            AreaOut(slug=row.slug, name=localised(row.name), description=localised(row.description))
            for row in Area.objects.filter(call=found)
        ],
        questions=[_question(row) for row in Question.objects.filter(call=found)],
        awards=[_award(row) for row in Award.objects.filter(call=found).select_related("area")],
        rules=RulesOut(number=rules.number, text=localised(rules.text)) if rules else None,
        answers=[
            AnswerOut(asked=localised(row.asked), answer=localised(row.answer))
            for row in Inquiry.objects.filter(call=found, is_public=True)
        ],
    )


@router.get("/{slug}/calls/{call}/standing", response=StandingOut, summary="How a call stands")
def get_standing(request: HttpRequest, slug: str, call: str) -> StandingOut:
    """Return how many entries a call has in which state, with its rounds and quotas; for those who work on it."""
    actor, edition = _asked(request, slug)
    found = _call(actor, edition, call)
    require(actor, "audit", found)
    return StandingOut(
        state=found.state,
        entries=counts_of(found, actor),
        rounds=[
            RoundOut(
                number=row.number,
                name=localised(row.name),
                kind=row.kind,
                state=row.state,
                reads=row.reads,
                places=row.places,
                closes_at=row.closes_at,
            )
            for row in Round.objects.filter(call=found)
        ],
        quotas=[
            QuotaOut(dimension=row.dimension, label=row.label, least=row.least, most=row.most)
            for row in Quota.objects.filter(call=found)
        ],
    )


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, Edition]:
    actor = actor_of(request)
    return actor, edition_by_slug(actor, slug)


def _call(actor: Actor, edition: Edition, slug: str) -> Call:
    found = visible(actor, Call.objects.filter(edition=edition, slug=slug)).select_related("edition").first()
    if found is None:
        raise NotFound
    return found


def _facts(call: Call) -> dict[str, Any]:
    window: OpenState = open_state(call, clock.now())
    return {
        **{name: getattr(call, name) for name in _PLAIN},
        "window": window,
        "name": localised(call.name),
        "summary": localised(call.summary),
    }


_PLAIN = ("slug", "preset", "state", "admission", "opens_at", "closes_at", "languages", "places")


def _question(row: Question) -> QuestionOut:
    return QuestionOut(
        slug=row.slug,
        kind=row.kind,
        label=localised(row.label),
        hint=localised(row.hint),
        areas=row.areas,
        is_required=row.is_required,
        options=[
            OptionOut(value=one["value"], label=localised(Text.from_json(one.get("label"))))
            for one in row.options
        ],
        condition=row.condition,
        longest=row.longest,
    )


def _award(row: Award) -> AwardOut:
    return AwardOut(
        slug=row.slug,
        name=localised(row.name),
        prize=localised(row.prize),
        area=row.area.slug if row.area else None,
        places=row.places,
    )
