"""Errors that people may see: each carries a translated sentence and maps to one HTTP status."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SummitryError(Exception):
    """Base of all refusals that a person may see.

    `message` is a lazy translated sentence with %(name)s placeholders that `params` fill; `code` is stable for scripts.
    """

    code = "refused"
    status = 409
    message: str | Promise = _("This cannot be done.")

    def __init__(self, message: str | Promise | None = None, **params: Any) -> None:
        self.text = message if message is not None else self.message
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.text)
        return text % self.params if self.params else text


class PermissionRefused(SummitryError):
    """The actor may not do this."""

    code = "permission-refused"
    status = 403
    message = _("You do not have permission to do this.")


class NotFound(SummitryError):
    """The object does not exist, or the actor may not know that it does."""

    code = "not-found"
    status = 404
    message = _("This does not exist, or you may not see it.")


class StaleState(SummitryError):
    """Somebody else changed the object first; nothing was written."""

    code = "stale-state"
    message = _("Somebody else changed this a moment ago. Nothing was changed; please look again.")


class TransitionRefused(SummitryError):
    """The transition table does not allow this step."""

    code = "transition-refused"
    message = _("This step is not possible from the present state.")


class InvalidInput(SummitryError):
    """The input cannot be accepted; `fields` names what is wrong where."""

    code = "invalid-input"
    status = 422
    message = _("Please check the marked fields.")

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        fields: dict[str, list[str]] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(message, **params)
        self.fields = fields or {}
