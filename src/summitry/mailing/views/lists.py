"""The outbox and its letters, as lists of the console."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import languages
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Option,
    Reader,
    choice,
    search,
    yes_no,
)
from summitry.mailing.audiences import audience_of
from summitry.mailing.enums import LetterState, MailingKind, MailingState
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.outbox import GIVEN_UP, error_text, mailings_of
from summitry.mailing.views.desk import NAV

_TONES = {
    MailingState.HELD: "amber",
    MailingState.SCHEDULED: "amber",
    MailingState.RELEASED: "amber",
    MailingState.SENDING: "jade",
    MailingState.SENT: "jade",
    LetterState.SENT: "jade",
    LetterState.FAILED: "seal",
    LetterState.BOUNCED: "seal",
}


def _state(row: Mailing | Letter, _reader: Reader) -> Chip:
    return Chip(row.get_state_display(), _TONES.get(row.state, ""))  # type: ignore[call-overload]


def _audience(row: Mailing, _reader: Reader) -> str:
    kind = audience_of(row.audience)
    if row.notice:
        return str(_("Automatic notice"))
    return str(kind.label) if kind else ""


def _step(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Mailing).may(reader.actor, "create", Mailing(edition=reader.edition)):
        return None
    return reverse("mailing:new", args=[reader.edition.slug]), str(_("Write a mailing"))


def _letters(reader: Reader) -> QuerySet[Letter]:
    rows = within(reader.actor, Letter.objects.filter(mailing__edition=reader.edition))
    return rows.select_related("mailing").defer("text", "html", "sealed")


def _mailings(reader: Reader) -> Iterable[Option]:
    rows = mailings_of(reader.edition, reader.actor).exclude(letters=None)
    return [Option(str(pk), name) for pk, name in rows.values_list("pk", "name").distinct()]


def _narrow_state(rows: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    return rows.filter(state__in=GIVEN_UP) if value == "open" else rows.filter(state=value)


def _states(_reader: Reader) -> list[Option]:
    return [Option("open", _("Failed or came back")), *(Option(s.value, s.label) for s in LetterState)]


OUTBOX = ListSpec(
    key="mailing.mailings",
    route="mailing:outbox",
    title=_("Outbox"),
    lead=_("What has been written, what waits, and what became of it."),
    rows=lambda reader: mailings_of(reader.edition, reader.actor),
    label=lambda row, _reader: row.name,
    nav=NAV,
    order="-created",
    head=_step,
    columns=(
        Column(
            key="name",
            label=_("Mailing"),
            value=lambda row, _reader: row.name,
            link=lambda row, reader: reverse("mailing:mailing", args=[reader.edition.slug, row.pk]),
            sort="name",
        ),
        Column(key="state", label=_("State"), value=_state, sort="state"),
        Column(key="audience", label=_("Recipients"), value=_audience),
        Column(
            key="letters",
            label=_("Letters"),
            value=lambda row, _r: row.total or "",
            sort="total",
            is_number=True,
        ),
        Column(
            key="sent", label=_("Sent"), value=lambda row, _r: row.sent or "", sort="sent", is_number=True
        ),
        Column(
            key="failed",
            label=_("Failed"),
            value=lambda row, _r: row.given_up or "",
            sort="given_up",
            is_number=True,
        ),
        Column(key="leaves", label=_("Leaves"), value=lambda row, _r: row.release_at, sort="release_at"),
        Column(key="created", label=_("Begun"), value=lambda row, _r: row.created_at, sort="created_at"),
        Column(
            key="author",
            label=_("Author"),
            value=lambda row, _r: str(row.created_by) if row.created_by else "",
            is_hidden=True,
        ),
    ),
    filters=(
        search("name"),
        choice("state", _("State"), "state", MailingState),
        choice("kind", _("Sort of mail"), "kind", MailingKind),
        yes_no(
            "notice",
            _("Written by"),
            lambda _reader: ~Q(notice=""),
            _("Summitry, as a notice"),
            _("People"),
        ),
    ),
    empty=Empty(
        title=_("Nothing has been written yet"),
        text=_("Write to speakers, to the institutions of forums, or to whoever is affected by a change."),
        step=_step,
    ),
)

LETTERS = ListSpec(
    key="mailing.letters",
    route="mailing:letters",
    title=_("Letters"),
    lead=_("Each recipient’s letter, and what became of it."),
    rows=_letters,
    label=lambda row, _reader: row.name,
    nav=NAV,
    order="name",
    columns=(
        Column(
            key="name",
            label=_("Recipient"),
            value=lambda row, _reader: row.name,
            link=lambda row, reader: reverse("mailing:letter", args=[reader.edition.slug, row.pk]),
            sort="name",
        ),
        Column(key="address", label=_("Address"), value=lambda row, _r: row.address, sort="address"),
        Column(key="state", label=_("State"), value=_state, sort="state"),
        Column(
            key="language",
            label=_("Language"),
            value=lambda row, reader: languages.name_in(row.lang, reader.lang),
            sort="lang",
        ),
        Column(
            key="mailing", label=_("Mailing"), value=lambda row, _r: row.mailing.name, sort="mailing__name"
        ),
        Column(key="sent", label=_("Sent"), value=lambda row, _r: row.sent_at, sort="sent_at"),
        Column(
            key="attempts",
            label=_("Attempts"),
            value=lambda row, _r: row.attempts or "",
            sort="attempts",
            is_number=True,
            is_hidden=True,
        ),
        Column(key="error", label=_("What happened"), value=lambda row, _r: error_text(row)),
    ),
    filters=(
        search("name", "address"),
        Filter(key="state", label=_("State"), narrow=_narrow_state, options=_states),
        Filter(
            key="mailing",
            label=_("Mailing"),
            narrow=lambda rows, value, _reader: rows.filter(mailing_id=value),
            options=_mailings,
        ),
    ),
    empty=Empty(
        title=_("No letter has been written yet"), text=_("Letters appear when a mailing is released.")
    ),
)
