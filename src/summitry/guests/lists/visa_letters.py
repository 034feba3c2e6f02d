"""The console's list of visa letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import names_of
from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Reader, search, yes_no
from summitry.guests.models import VisaLetter


class LetterLine(NamedTuple):
    """A letter with the name of its guest for this reader."""

    letter: VisaLetter
    name: Shown


def rows(reader: Reader) -> QuerySet[VisaLetter]:
    """Return the letters that the reader works on."""
    letters = within(reader.actor, VisaLetter.objects.filter(edition=reader.edition))
    return letters.select_related("guest__person", "edition")


def lines(letters: Sequence[VisaLetter], reader: Reader) -> list[LetterLine]:
    """Return the lines of these letters, with one statement for all."""
    names = names_of({letter.guest.person_id for letter in letters})
    return [
        LetterLine(letter, names.shown(letter.guest.person_id, reader.lang, reader.edition.fallback))
        for letter in letters
    ]


def _state(line: LetterLine, _reader: Reader) -> Chip:
    return Chip(_("Withdrawn"), "seal") if line.letter.withdrawn_at else Chip(_("Valid"), "jade")


def _application(line: LetterLine, reader: Reader) -> str:
    return reverse("guests:application", args=[reader.edition.slug, line.letter.guest_id])


def _issue(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(VisaLetter).may(reader.actor, "issue", VisaLetter(edition=reader.edition)):
        return None
    return reverse("guests:visa_waiting", args=[reader.edition.slug]), str(_("Issue letters"))


def _spellings(letters: QuerySet[Any]) -> list[tuple[int, str]]:
    return list(letters.order_by().values_list("pk", "guest__person__reference_name"))


VISA_LETTERS = ListSpec(
    key="guests.visa_letters",
    route="guests:visa_letters",
    nav="console-visa",
    title=_("Visa letters"),
    lead=_("Each has a number without a gap and a code by which anybody can check it."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: f"{line.letter} {line.name.text}",
    columns=(
        Column(key="number", label=_("Number"), value=lambda line, _reader: str(line.letter), sort="number"),
        Column(key="guest", label=_("Guest"), value=lambda line, _reader: line.name, link=_application),
        Column(
            key="issued",
            label=_("Issued"),
            value=lambda line, _reader: line.letter.issued_at,
            sort="issued_at",
        ),
        Column(
            key="by", label=_("Issued by"), value=lambda line, _reader: line.letter.issued_by, is_hidden=True
        ),
        Column(key="state", label=_("State"), value=_state),
        Column(key="withdrawn", label=_("Withdrawn"), value=lambda line, _reader: line.letter.withdrawn_at),
    ),
    filters=(
        search(label=_("Guest"), further=_spellings),
        yes_no("valid", _("State"), lambda _reader: Q(withdrawn_at=None), _("Valid"), _("Withdrawn")),
    ),
    order="-number",
    head=_issue,
    empty=Empty(
        title=_("No visa letter yet"),
        text=_("Guests whose application is approved can be given one."),
        step=_issue,
    ),
)
