"""What the pages of the review panel of jurors add to the rest of Summitry: navigation and live topics."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.calls.models import Assignment, Round
from summitry.calls.queries.discussion import may_discuss
from summitry.calls.queries.panel import is_on_a_jury
from summitry.foundation.access import Actor
from summitry.foundation.live import register_topic
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav


def my_reviews_link(edition: Any, actor: Actor) -> str | None:
    """Return where somebody reads as a juror; None for everybody else."""
    if edition is None or not is_on_a_jury(actor, edition):
        return None
    return reverse("calls:my_reviews", args=[edition.slug])


def may_hear_of_review(actor: Actor, topic: str) -> bool:
    """Return whether a review is the actor's own."""
    pk = _number(topic, 1)
    return actor.is_signed_in and Assignment.objects.filter(pk=pk, juror__account=actor.account_id).exists()


def may_hear_discussion(actor: Actor, topic: str) -> bool:
    """Return whether the actor sees the discussion that a topic names."""
    round_ = Round.objects.filter(pk=_number(topic, 1)).select_related("call").first()
    return actor.is_signed_in and round_ is not None and may_discuss(actor, round_, _number(topic, 2))


def _number(topic: str, place: int) -> int:
    words = topic.split(":")
    return (
        int(words[place]) if len(words) > place and words[place].isdigit() and len(words[place]) < 19 else 0
    )


def register() -> None:
    """Register all of it; called once, when the room starts."""
    link = NavEntry("my-reviews", _("My reviews"), 5, my_reviews_link, "edit", Phase.HOME)
    register_nav(link, console=True)
    register_topic("review:*", may_hear_of_review)
    register_topic("discussion:*:*", may_hear_discussion)
