"""The list of badges: whose, printed or not, found right by the guest or not, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import display_names
from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Option, Reader, related, search, yes_no
from summitry.foundation.lists.filters import Filter
from summitry.gates.enums import BadgeProblem
from summitry.gates.models import BadgeBatch, Credential
from summitry.gates.queries.badge_choice import IN_QUEUE, valid_badges
from summitry.gates.queries.badge_preview import words_of
from summitry.guests.models import Category, Delegation


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """A badge with the name of whose it is, and what is wrong with it."""

    credential: Credential
    name: Shown
    problems: tuple[str, ...]
    is_outdated: bool


def rows(reader: Reader) -> QuerySet[Credential]:
    """Return the valid badges of guests on site that the reader works on."""
    return within(reader.actor, valid_badges(reader.edition)).select_related(
        "guest__category", "guest__delegation", "guest__badge_check", "handover", "ordered_from"
    )


def lines(credentials: Sequence[Credential], reader: Reader) -> list[BadgeLine]:
    """Return the lines of these badges, with one statement for all."""
    people = {one.guest.person_id for one in credentials}
    names = display_names(people, reader.lang, reader.edition.fallback)
    return [_line(one, names[one.guest.person_id]) for one in credentials]


def _line(credential: Credential, name: Shown) -> BadgeLine:
    check = getattr(credential.guest, "badge_check", None)
    problems = tuple(words_of(each) for each in check.problems) if check else ()
    return BadgeLine(credential, name, problems, bool(check and check.is_outdated))


def _problems(line: BadgeLine, _reader: Reader) -> list[Chip]:
    chips = [Chip(words, "amber") for words in line.problems]
    return (
        [*chips, Chip(_("says something else than the printed one"), "amber")] if line.is_outdated else chips
    )


def _printed(line: BadgeLine, _reader: Reader) -> object:
    credential = line.credential
    if credential.printed_at is None and credential.ordered_at is not None:
        desk = credential.ordered_from.name if credential.ordered_from else ""
        return Chip(f"{_('To be printed')}: {desk}" if desk else _("To be printed"), "amber")
    return credential.printed_at or Chip(_("Not yet"))


def _print(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(BadgeBatch).may(reader.actor, "print", BadgeBatch(edition=reader.edition)):
        return None
    return reverse("gates:badge_print", args=[reader.edition.slug]), str(_("Print badges"))


def _one(line: BadgeLine, reader: Reader) -> str:
    return reverse("gates:badge", args=[reader.edition.slug, line.credential.guest_id])


def _categories(reader: Reader) -> Iterable[Option]:
    found = Category.objects.filter(edition=reader.edition)
    return [Option(str(row.pk), reader.shown(row.name).text) for row in found]


def _delegations(reader: Reader) -> Iterable[Option]:
    found = Delegation.objects.filter(edition=reader.edition)
    return sorted(
        (Option(str(row.pk), reader.shown(row.name).text) for row in found), key=lambda one: one.label
    )


PROBLEM = Filter(
    key="problem",
    label=_("Problem"),
    options=lambda _reader: [
        Option("any", _("Any problem")),
        *(Option(value, label) for value, label in BadgeProblem.choices),
    ],
    narrow=lambda found, value, _reader: (
        found.exclude(guest__badge_check__kinds="").filter(guest__badge_check__isnull=False)
        if value == "any"
        else found.filter(guest__badge_check__kinds__contains=f",{value},")
    ),
)
BADGES = ListSpec(
    key="gates.badges",
    route="gates:badges",
    nav="badges",
    title=_("Badges"),
    lead=_("Every accredited guest on site has one valid badge. A reprint makes the former one worthless."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.name.text,
    columns=(
        Column(key="name", label=_("Name"), value=lambda line, _reader: line.name, link=_one, sort="guest__person__reference_name"),
        Column(key="category", label=_("Category"), value=lambda line, _reader: line.credential.guest.category.name, sort="guest__category__position"),
        Column(
            key="delegation",
            label=_("Delegation"),
            value=lambda line, _reader: line.credential.guest.delegation.name if line.credential.guest.delegation else "",
            sort="guest__delegation_id",
        ),
        Column(key="problems", label=_("Problems"), value=_problems, is_wide=True),
        Column(
            key="signed",
            label=_("Found right"),
            value=lambda line, _reader: line.credential.guest.badge_signed_at or Chip(_("Not yet")),
            sort="guest__badge_signed_at",
        ),
        Column(key="printed", label=_("Printed"), value=_printed, sort="printed_at"),
        Column(key="handed", label=_("Handed out"), value=lambda line, _reader: line.credential.handover.at if hasattr(line.credential, "handover") else ""),
        Column(key="issued", label=_("Issued"), value=lambda line, _reader: line.credential.issued_at, sort="issued_at", is_hidden=True),
    ),
    filters=(
        search("guest__person__reference_name", "guest__person__names__text", "guest__badge_name", "guest__badge_second_name"),
        related("category", _("Category"), "guest__category", _categories),
        related("delegation", _("Delegation"), "guest__delegation", _delegations),
        PROBLEM,
        yes_no("queue", _("To be printed"), lambda _reader: IN_QUEUE),
        yes_no("printed", _("Printed"), lambda _reader: Q(printed_at__isnull=False)),
        yes_no("signed", _("Found right by the guest"), lambda _reader: Q(guest__badge_signed_at__isnull=False)),
        yes_no("outdated", _("Says something else than the printed one"), lambda _reader: Q(guest__badge_check__is_outdated=True)),
        yes_no("handed", _("Handed out"), lambda _reader: Q(handover__isnull=False)),
    ),
    order="name",
    head=_print,
    empty=Empty(
        title=_("No guest is accredited yet."),
        text=_("Badges are issued by themselves when guests are accredited. Their layouts can be made before."),
        step=lambda reader: (reverse("gates:badge_layouts", args=[reader.edition.slug]), str(_("Badge layouts"))),
    ),
)  # fmt: skip
