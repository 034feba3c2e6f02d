"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import SummitryError


class CallClosed(SummitryError):
    """The time in which entries are taken has not begun or is over."""

    code = "call-closed"
    message = _("This call does not take entries at the moment.")


class CallFixed(SummitryError):
    """What is set up of the call holds: its entries are frozen, or its laureates are announced."""

    code = "call-fixed"
    message = _("This holds for the entries that came in and can no longer be changed.")


class StillUsed(SummitryError):
    """Something refers to it: it cannot be removed."""

    code = "still-used"
    message = _("“%(what)s” is still used and cannot be removed.")


class EntryClosed(SummitryError):
    """The entry was handed in, or left: its content is not changed any more."""

    code = "entry-closed"
    message = _("This entry can no longer be changed.")


class InConflict(SummitryError):
    """A conflict of interest bars this juror from this entry."""

    code = "in-conflict"
    message = _("A conflict of interest bars this.")


class OwnReviewFirst(SummitryError):
    """Who has an entry still to review herself knows nothing of what others think of it, and so does not decide."""

    code = "own-review-first"
    message = _("You have one of these entries still to review yourself.")


class RoundClosed(SummitryError):
    """The round does not take reviews at the moment."""

    code = "round-closed"
    message = _("This round does not take reviews at the moment.")


class StillOpen(SummitryError):
    """Entries can still be changed by their entrants: nothing is decided about them yet."""

    code = "still-open"
    message = _("Entrants can still change what they handed in. Decide once the deadline is over.")


class SecondPersonNeeded(SummitryError):
    """Who proposed a rejection cannot confirm it."""

    code = "second-person-needed"
    message = _("Somebody else has to confirm what you proposed.")


class NothingToCompute(SummitryError):
    """There is nothing to compute from: no entries, no jurors or no reviews."""

    code = "nothing-to-compute"
    message = _("There is nothing to compute yet: %(missing)s.")


class UnderEmbargo(SummitryError):
    """What is announced is held until its moment."""

    code = "under-embargo"
    message = _("This is held until %(moment)s.")


class AlreadyCommitted(SummitryError):
    """A ballot that was committed cannot be changed."""

    code = "already-committed"
    message = _("Your ballot is committed and can no longer be changed.")


class NotRevealed(SummitryError):
    """What was revealed is not what was committed."""

    code = "not-revealed"
    message = _("What was revealed does not match what was committed.")


class AwardFull(SummitryError):
    """As many hold an award as can."""

    code = "award-full"
    message = _("All places of %(award)s are taken.")


class NotReady(SummitryError):
    """Something has to be done before laureates are announced."""

    code = "not-ready"
    message = _("This cannot be announced yet: %(missing)s.")
