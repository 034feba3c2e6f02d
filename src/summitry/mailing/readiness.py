"""What the outbox still asks for, told to the readiness list."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import within
from summitry.foundation.web.navigation import Phase
from summitry.mailing.enums import MailingState
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.outbox import GIVEN_UP


def _rows(name: str, edition: Edition, **wanted: str) -> str:
    return f"{reverse(f'mailing:{name}', args=[edition.slug])}?{urlencode(wanted)}"


def held(asked: Asked) -> Iterator[Line]:
    """How many mailings wait for somebody to release them."""
    rows = within(asked.actor, Mailing.objects.filter(edition=asked.edition, state=MailingState.HELD))
    count = rows.count()
    if count:
        text = ngettext(
            "%(count)d mailing waits to be released.", "%(count)d mailings wait to be released.", count
        )
        yield Line(
            "mailings-held", Severity.DUE, _("Held in the outbox"), text % {"count": count}, Phase.INVITE, count,
            _("Secretariat"), None, _rows("outbox", asked.edition, state=MailingState.HELD),
        )  # fmt: skip


def failed(asked: Asked) -> Iterator[Line]:
    """How many letters did not arrive, as far as anybody knows."""
    letters = Letter.objects.filter(mailing__edition=asked.edition, state__in=GIVEN_UP)
    count = within(asked.actor, letters).aggregate(count=Count("pk"))["count"]
    if count:
        text = ngettext(
            "%(count)d letter failed or came back.", "%(count)d letters failed or came back.", count
        )
        yield Line(
            "letters-failed", Severity.DUE, _("Undelivered mail"), text % {"count": count}, Phase.INVITE, count,
            _("Secretariat"), None, _rows("letters", asked.edition, state="open"),
        )  # fmt: skip


def register() -> None:
    """Let the readiness list ask this room."""
    register_check("mailings-held", held)
    register_check("letters-failed", failed)
