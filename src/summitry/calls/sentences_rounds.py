"""What the log says of rounds, assignments and calibrations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.round.created": _("%(actor)s added the round %(object)s."),
    "calls.round.updated": _("%(actor)s changed the round %(object)s."),
    "calls.round.removed": _("%(actor)s removed the round %(object)s."),
    "calls.round.filled": _(
        "%(actor)s brought the entries of the round %(object)s up to date: %(came)s came, %(left)s left."
    ),
    "calls.round.opened": _("%(actor)s opened the round %(object)s."),
    "calls.round.closed": _("%(actor)s closed the round %(object)s."),
    "calls.round.extended": _("%(actor)s let jurors read again in the round %(object)s."),
    "calls.round.decided": _("%(actor)s decided the round %(object)s."),
    "calls.round.reopened": _("%(actor)s opened the decision of the round %(object)s again."),
    "calls.round.spread": _("%(actor)s spread the reads of the round %(object)s: %(reads)s in all."),
    "calls.round.planned": _("%(actor)s took over a plan of effort into the round %(object)s."),
    "calls.criterion.created": _("%(actor)s added the criterion %(object)s."),
    "calls.criterion.updated": _("%(actor)s changed the criterion %(object)s."),
    "calls.criterion.removed": _("%(actor)s removed the criterion %(object)s."),
    "calls.standing.reads": _("%(actor)s set how many jurors read an entry: %(object)s."),
    "calls.standing.set": _("%(actor)s set where an entry stands in its round: %(object)s."),
    "calls.assignments.applied": _(
        "%(actor)s gave out entries in the round %(object)s: %(given)s given, %(taken)s taken back."
    ),
    "calls.assignment.given": _("%(actor)s gave an entry to a juror by hand: %(object)s."),
    "calls.assignment.taken_back": _("%(actor)s took an entry back from a juror by hand: %(object)s."),
    "calls.assignments.reminded": _("%(actor)s reminded %(count)s jurors of the round %(object)s."),
}
