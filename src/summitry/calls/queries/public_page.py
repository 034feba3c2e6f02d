"""What everybody may read about a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from summitry.calls.enums import InquiryState
from summitry.calls.models import Area, Award, Call, Criterion, Inquiry, Round, RulesText
from summitry.calls.queries.calls import OpenState, open_state
from summitry.foundation.i18n import Text
from summitry.foundation.web.markup import rendered


@dataclass(frozen=True, slots=True)
class Prose:
    """A long text for one reader: clean HTML, and its language where it is not hers."""

    html: SafeString
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that somebody asked, and the answer."""

    asked: Text
    answer: Prose


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A call's public page; `criteria` are those of all rounds, each once, by the first round that asks it."""

    window: OpenState
    description: Prose
    areas: list[Area]
    awards: list[Award]
    rounds: list[Round]
    criteria: list[Criterion]
    rules: RulesText | None
    rules_text: Prose
    answers: list[Answered]


def public_page(call: Call, fallback: Sequence[str], lang: str, now: dt.datetime) -> PublicPage:
    """Return what the public page of a call shows a reader of `lang` (six queries)."""
    criteria: dict[str, Criterion] = {}
    for one in Criterion.objects.filter(round__call=call).order_by("round__number", "position", "pk"):
        criteria.setdefault(one.slug, one)
    asked = Inquiry.objects.filter(call=call, is_public=True, state=InquiryState.ANSWERED)
    rules = RulesText.objects.filter(call=call).order_by("-number").first()
    return PublicPage(
        window=open_state(call, now),
        description=prose(call.description, lang, fallback),
        areas=list(Area.objects.filter(call=call)),
        awards=list(Award.objects.filter(call=call).select_related("area")),
        rounds=list(Round.objects.filter(call=call)),
        criteria=list(criteria.values()),
        rules=rules,
        rules_text=prose(rules.text if rules else Text(), lang, fallback),
        answers=[
            Answered(one.asked, prose(one.answer, lang, fallback)) for one in asked.order_by("asked_at", "pk")
        ],
    )


def prose(text: Text, lang: str, fallback: Sequence[str]) -> Prose:
    """Return a long text for a reader of `lang`, in another language of the chain where it has no words in hers."""
    shown = text.shown(lang, fallback)
    return Prose(rendered(shown.text), shown.lang if shown.fallback else "")
