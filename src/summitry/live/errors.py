"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput, StaleState, SummitryError


class RunMovedOn(StaleState):
    """Somebody else took a step first; nothing was changed."""

    code = "run-moved-on"
    message = _("%(who)s was faster: “%(cue)s”. Nothing was changed.")


class NothingToDo(SummitryError):
    """The run has no such step now: no cue is left, nothing has begun, or it has ended."""

    code = "nothing-to-do"
    message = _("There is nothing to do this with now.")


class CueHasBegun(SummitryError):
    """A cue that has begun stays where it is."""

    code = "cue-has-begun"
    message = _("This cue has begun already. It can only be changed, not moved or removed.")


class SheetNotEmpty(SummitryError):
    """A cue sheet is drafted, or copied, only where there is none."""

    code = "sheet-not-empty"
    message = _("This session has a cue sheet already. Remove its cues first.")


class NotPlaced(SummitryError):
    """The session has no time yet."""

    code = "not-placed"
    message = _("This session has no time in the schedule yet.")


class ForeignObject(InvalidInput):
    """The objects belong to different editions."""

    code = "foreign-object"
    message = _("This belongs to another edition.")


class UndertakingOpen(SummitryError):
    """Whoever has not accepted the present text sees no preparation pack."""

    code = "undertaking-open"
    status = 403
    message = _("Please accept the undertaking of confidentiality first.")
