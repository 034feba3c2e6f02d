"""What live finals add to the rest of Summitry: a tab, and the live topics of the desk, of ballots and of the big screen."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.calls.events import FinalChanged
from summitry.calls.models import Call, Final, Round
from summitry.calls.queries.final_links import may_hear_screen, screen_topic, topic_of
from summitry.calls.tabs import register_tab
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.bus import subscribe
from summitry.foundation.live import hint, register_topic

TAB = "final"


def tab_link(call: Call, actor: Actor) -> str | None:
    """Return where a reader finds the final: the desk for whoever runs it, her ballot for a juror."""
    may = policy_for(Final).may
    final = Final(round=Round(call=call))
    if may(actor, "edit", final):
        return reverse("calls:final", args=[call.edition.slug, call.slug])
    if may(actor, "vote", final) and Final.objects.filter(round__call=call).exists():
        return reverse("calls:final_ballot", args=[call.edition.slug, call.slug])
    return None


def may_hear(actor: Actor, topic: str) -> bool:
    """Return whether `actor` may see the final that a topic names."""
    number = topic.split(":")[1]
    if not number.isdigit() or len(number) > 18:
        return False
    final = Final.objects.filter(pk=int(number)).select_related("round__call").first()
    return actor.is_signed_in and final is not None and policy_for(Final).may(actor, "view", final)


def may_hear_on_screen(actor: Actor, topic: str) -> bool:
    """Return whether a topic is a big screen's own: its link is the key, whoever holds it."""
    return may_hear_screen(topic)


def on_final(event: FinalChanged) -> None:
    """Tell the desk, the ballots and the big screen that something moved."""
    hint(topic_of(event.final_id), "moved")
    final = Final.objects.filter(pk=event.final_id).first()
    if final is not None:
        hint(screen_topic(final), "moved")


def register() -> None:
    """Register all of it; called once, when the room starts."""
    register_tab(TAB, _("Final"), 60, tab_link)
    register_topic("final:*", may_hear)
    register_topic("final-screen:*:*", may_hear_on_screen)
    subscribe(FinalChanged, on_final)
