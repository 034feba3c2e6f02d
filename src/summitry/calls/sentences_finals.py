"""What the log says of live finals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.final.planned": _("%(actor)s planned the live final of %(object)s."),
    "calls.final.updated": _("%(actor)s changed how the live final of %(object)s is held."),
    "calls.final.ordered": _("%(actor)s changed the order of the pitches of %(object)s."),
    "calls.final.drawn": _("%(actor)s drew the order of the pitches of %(object)s by lot."),
    "calls.final.screen_renewed": _("%(actor)s gave the big screen of %(object)s a new link."),
    "calls.final.started": _("%(actor)s started the live final of %(object)s."),
    "calls.final.next": _("%(actor)s went on to the next pitch of %(object)s."),
    "calls.final.back": _("%(actor)s took the last step of %(object)s back: %(entry)s."),
    "calls.final.clock_started": _("%(actor)s let the clock run: %(entry)s."),
    "calls.final.clock_stopped": _("%(actor)s stopped the clock: %(entry)s."),
    "calls.final.questions": _("%(actor)s opened the questions: %(entry)s."),
    "calls.final.closed": _("%(actor)s closed the ballots of %(object)s."),
    "calls.final.reopened": _("%(actor)s took ballots of %(object)s again."),
    "calls.final.counted": _("%(actor)s counted the ballots of %(object)s."),
    "calls.final.unveiled": _("%(actor)s revealed places of %(object)s on the stage, %(places)s by now."),
    "calls.ballot.committed": _("%(actor)s committed a ballot in %(object)s."),
    "calls.ballot.revealed": _("%(actor)s revealed her ballot in %(object)s."),
}
