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
