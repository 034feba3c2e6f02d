"""Who reads a list: the actor, the edition, and the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import Shown, Text
from summitry.foundation.web.actor import actor_of


@dataclass(frozen=True, slots=True)
class Reader:
    """What a list's declaration is asked with. `edition` is the edition room's row, which this room does not know."""

    actor: Actor
    edition: Any
    lang: str

    @property
    def account_id(self) -> int:
        """Her account. Raises PermissionRefused for somebody without one: nothing can be kept for her."""
        if self.actor.account_id is None:
            raise PermissionRefused
        return self.actor.account_id

    @property
    def is_staff(self) -> bool:
        """Whether she works on the whole edition, not only on a part of it."""
        return policy_for(type(self.edition)).may(self.actor, "view_draft", self.edition)

    def shown(self, text: Text) -> Shown:
        """Return a translated text in the reader's language, else by the edition's fallback chain."""
        return text.shown(self.lang, self.edition.fallback)


def reader_of(request: HttpRequest, edition: Any) -> Reader:
    """Return who makes this request, as a reader of the edition's lists."""
    return Reader(actor_of(request), edition, get_language() or "en")
