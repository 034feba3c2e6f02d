"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput, SummitryError


class AddressTaken(InvalidInput):
    """A forum or session of this edition already has this slug, code or guid."""

    code = "address-taken"
    status = 409
    message = _("Another entry of this edition already has this address.")


class SlotOutOfOrder(InvalidInput):
    """A session would end before it starts."""

    code = "slot-out-of-order"
    message = _("A session must end after it starts.")


class ForeignObject(InvalidInput):
    """The objects belong to different editions."""

    code = "foreign-object"
    message = _("This belongs to another edition.")


class NothingScheduled(SummitryError):
    """There is neither a placed session nor an earlier version, so there is nothing to publish."""

    code = "nothing-scheduled"
    message = _("No session has a place in the draft yet, so there is nothing to publish.")


class VersionIsPublished(SummitryError):
    """A published version never changes; the draft does."""

    code = "version-is-published"
    message = _("A published version of the schedule cannot be changed. Change the draft instead.")


class ForumHandedIn(SummitryError):
    """The forum lies with the secretariat, so its institution cannot change it."""

    code = "forum-handed-in"
    message = _("This forum has been handed in. Ask the secretariat to return it if something must change.")


class DeadlinePassed(SummitryError):
    """The time in which the institution could work on its forum is over, grace included."""

    code = "deadline-passed"
    message = _("The time for this has passed. Please ask the secretariat.")


class ForumIncomplete(InvalidInput):
    """Something is missing without which a forum cannot be handed in; `fields` names it."""

    code = "forum-incomplete"
    message = _("The forum is not complete yet.")


class FileRefused(InvalidInput):
    """A file is not what it is handed in as."""

    code = "file-refused"
    message = _("This file cannot be used here.")


class PartNotOpen(SummitryError):
    """A part that was declined, or that is no speaker's, takes no such answer."""

    code = "part-not-open"
    message = _("This is not possible for a part that was declined.")


class AlreadyProposed(SummitryError):
    """Somebody is proposed for this part already, and nobody has decided yet."""

    code = "already-proposed"
    message = _("A substitute has been named for this part already. Please wait for the decision.")
