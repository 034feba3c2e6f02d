"""This room's entries in the console's rail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.mailing.models import Mailing, NoticeWording


def _outbox(edition: Any, actor: Actor) -> str | None:
    if edition is None or not policy_for(Mailing).may(actor, "create", Mailing(edition=edition)):
        return None
    return reverse("mailing:outbox", args=[edition.slug])


def _notices(edition: Any, actor: Actor) -> str | None:
    if edition is None or not policy_for(NoticeWording).may(actor, "view", NoticeWording(edition=edition)):
        return None
    return reverse("mailing:notices", args=[edition.slug])


def register() -> None:
    """Add the entries."""
    register_nav(NavEntry("mail", _("Mail"), 30, _outbox, "document", Phase.WRITE), console=True)
    notices = NavEntry("notices", _("Notices"), 31, _notices, "info", Phase.WRITE)
    register_nav(notices, console=True)
