"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput, StaleState, SummitryError


class NobodyChosen(InvalidInput):
    """A mailing without recipients cannot leave."""

    code = "nobody-chosen"
    message = _("This would reach nobody. Please choose recipients first.")


class NothingWritten(InvalidInput):
    """A mailing without subject and text cannot leave."""

    code = "nothing-written"
    message = _("There is no text yet. Please write a subject and a text in at least one language.")


class RecipientsChanged(StaleState):
    """The list of recipients is no longer the one that was confirmed; nothing was released."""

    code = "recipients-changed"
    message = _("The list of recipients has changed since you saw it. Please look at it again.")


class NotEditable(SummitryError):
    """What has been released can no longer be changed."""

    code = "not-editable"
    message = _("This mailing can no longer be changed. Recall it, or write a new one.")
