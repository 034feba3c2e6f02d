"""What the log says of selection and announcement."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.decision.made": _("%(actor)s decided about the entry %(object)s."),
    "calls.lot.drawn": _("%(actor)s drew %(places)s of %(count)s entries of %(object)s by lot."),
    "calls.laureate.named": _("%(actor)s gave an award: %(object)s."),
    "calls.laureate.cited": _("%(actor)s worded the citation of %(object)s."),
    "calls.laureate.confirmed": _("%(actor)s noted that the entrant has accepted the award: %(object)s."),
    "calls.laureate.unnamed": _("%(actor)s took an award back: %(object)s."),
    "calls.laureate.revoked": _("%(actor)s revoked an award: %(object)s."),
    "calls.laureates.ordered": _("%(actor)s put the laureates of %(object)s in order."),
    "calls.call.announced": _("%(actor)s announced the laureates of %(object)s."),
}
