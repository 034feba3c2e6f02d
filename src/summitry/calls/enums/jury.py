"""Choices of juries."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class JurorState(TextChoices):
    """How far a juror's appointment is."""

    PROPOSED = "proposed", pgettext_lazy("juror", "Proposed")
    INVITED = "invited", pgettext_lazy("juror", "Invited")
    ACCEPTED = "accepted", pgettext_lazy("juror", "Accepted")
    DECLINED = "declined", pgettext_lazy("juror", "Declined")
    LEFT = "left", pgettext_lazy("juror", "Has left")


class BidValue(TextChoices):
    """How gladly a juror would read an entry."""

    WANT = "want", _("I would like to read it")
    WILLING = "willing", _("I can read it")
    UNWILLING = "unwilling", _("Rather not")


class ConflictKind(TextChoices):
    """Why a juror cannot judge an entry."""

    SELF = "self", _("Her own entry")
    SAME_ORGANISATION = "same_organisation", _("Same organisation")
    SAME_GROUP = "same_group", _("Same group of organisations")
    SAME_DOMAIN = "same_domain", _("Same e-mail domain")
    CO_ENTRANT = "co_entrant", _("Enters something together with the entrant")
    ADVISER = "adviser", _("Advises the entrant")
    FUNDER = "funder", _("Funds the entrant")
    COUNTRY = "country", _("Same country or region")
    OTHER = "other", _("Another reason")


class ConflictSource(TextChoices):
    """Who found a conflict."""

    JUROR = "juror", _("Declared by the juror")
    ENTRANT = "entrant", _("Declared by the entrant")
    DERIVED = "derived", _("Found in the data")
    OFFICE = "office", _("Entered by the office")


class ConflictState(TextChoices):
    """Whether a conflict holds. One that waits for its decision bars as one that is upheld."""

    OPEN = "open", pgettext_lazy("conflict", "To be decided")
    UPHELD = "upheld", pgettext_lazy("conflict", "Upheld")
    DISMISSED = "dismissed", pgettext_lazy("conflict", "Dismissed")


J = JurorState
JUROR = TransitionTable(
    "calls.juror",
    "state",
    {
        J.PROPOSED: frozenset({J.INVITED, J.ACCEPTED, J.LEFT}),
        J.INVITED: frozenset({J.ACCEPTED, J.DECLINED, J.LEFT}),
        J.ACCEPTED: frozenset({J.LEFT}),
        J.DECLINED: frozenset({J.INVITED}),
        J.LEFT: frozenset({J.INVITED}),
    },
)

K = ConflictState
CONFLICT = TransitionTable(
    "calls.conflict",
    "state",
    {
        K.OPEN: frozenset({K.UPHELD, K.DISMISSED}),
        K.UPHELD: frozenset({K.DISMISSED}),
        K.DISMISSED: frozenset({K.UPHELD, K.OPEN}),
    },
)
