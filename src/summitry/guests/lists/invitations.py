"""The list of invitations: who was asked, until when, and what she said; sent, reminded of and withdrawn many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.foundation.access import within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Option,
    Reader,
    choice,
    related,
    search,
)
from summitry.guests.enums import Attendance, InvitationState
from summitry.guests.lists.invitation_changes import CHANGES, is_office
from summitry.guests.models import Category, Delegation, Invitation

S = InvitationState
TONES = {S.ACCEPTED: "jade", S.SENT: "amber", S.DECLINED: "seal", S.EXPIRED: "seal", S.WITHDRAWN: "seal"}
NAV = "console-invitations"


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation with the guest's name for this reader, and whom the guest that she was named by is called."""

    row: Invitation
    name: Shown
    named_by: Shown | None


def rows(reader: Reader) -> QuerySet[Invitation]:
    """Return the invitations that the reader works on."""
    mine = within(reader.actor, Invitation.objects.filter(guest__edition=reader.edition))
    related_rows = ("guest__edition", "guest__category", "guest__delegation", "guest__person__account")
    return mine.select_related(*related_rows).defer("guest__person__biography")


def lines(found: Sequence[Invitation], reader: Reader) -> list[InvitationLine]:
    """Return the lines of these invitations, with two statements for all."""
    by = {row.passed_to_id: row.guest.person_id for row in _naming(found)}
    names = names_of({row.guest.person_id for row in found} | set(by.values()))

    def shown(person_id: int | None) -> Shown | None:
        return names.shown(person_id, reader.lang, reader.edition.fallback) if person_id else None

    return [
        InvitationLine(
            row,
            names.shown(row.guest.person_id, reader.lang, reader.edition.fallback),
            shown(by.get(row.guest_id)),
        )
        for row in found
    ]


def _naming(found: Sequence[Invitation]) -> QuerySet[Invitation]:
    return Invitation.objects.filter(passed_to__in=[row.guest_id for row in found]).select_related("guest")


def _by_name(found: QuerySet[Any], reader: Reader) -> Mapping[int, str]:
    pairs = list(found.order_by().values_list("pk", "guest__person_id"))
    names: NamesIndex = names_of({person for _pk, person in pairs})
    return {pk: names.sort_key(person, reader.lang, reader.edition.fallback) for pk, person in pairs}


def spellings(found: QuerySet[Any]) -> Iterator[tuple[int, str]]:
    """Yield every public spelling of each guest's name; passports stay out."""
    pairs = list(found.order_by().values_list("pk", "guest__person_id"))
    names = names_of({person for _pk, person in pairs})
    for pk, person in pairs:
        for spelling in names.spellings(person):
            yield pk, spelling


def unanswered() -> Q:
    """Return the condition of invitations that wait for an answer."""
    return Q(state=S.SENT)


def proposed() -> Q:
    """Return the condition of drafts of people whom a guest named in her place."""
    return Q(state=S.DRAFT, guest__passed_from__isnull=False)


OWED: dict[str, tuple[str | Promise, Callable[[], Q]]] = {
    "answer": (gettext_lazy("Answer missing"), unanswered),
    "unopened": (gettext_lazy("Sent, never opened"), lambda: Q(state=S.SENT, opened_at=None)),
    "unsent": (gettext_lazy("Not sent yet"), lambda: Q(state=S.DRAFT)),
    "proposal": (gettext_lazy("Named by somebody else, to decide about"), proposed),
    "address": (
        gettext_lazy("No e-mail address"),
        lambda: Q(guest__person__email="", guest__person__account=None),
    ),
}


def _category_options(reader: Reader) -> list[Option]:
    found = Category.objects.filter(edition=reader.edition)
    return [Option(row.slug, reader.shown(row.name).text) for row in found]


def _delegation_options(reader: Reader) -> list[Option]:
    found = within(reader.actor, Delegation.objects.filter(edition=reader.edition))
    return [Option(row.slug, reader.shown(row.name).text) for row in found]


COLUMNS = (
    Column(key="name", label=gettext_lazy("Name"), value=lambda line, _reader: line.name, sort=_by_name),
    Column(
        key="state",
        label=gettext_lazy("State"),
        value=lambda line, _reader: Chip(line.row.get_state_display(), TONES.get(line.row.state, "")),
        sort="state",
    ),
    Column(
        key="category",
        label=gettext_lazy("Category"),
        value=lambda line, _reader: line.row.guest.category.name,
        sort="guest__category__position",
    ),
    Column(
        key="delegation",
        label=gettext_lazy("Delegation"),
        is_wide=True,
        value=lambda line, _reader: line.row.guest.delegation.name if line.row.guest.delegation else None,
    ),
    Column(
        key="answer_by",
        label=gettext_lazy("To be answered by"),
        value=lambda line, _reader: line.row.answer_by,
        sort="answer_by",
    ),
    Column(
        key="sent", label=gettext_lazy("Sent"), value=lambda line, _reader: line.row.sent_at, sort="sent_at"
    ),
    Column(
        key="opened",
        label=gettext_lazy("Opened"),
        value=lambda line, _reader: line.row.opened_at,
        sort="opened_at",
    ),
    Column(
        key="answered",
        label=gettext_lazy("Answered"),
        value=lambda line, _reader: line.row.answered_at,
        sort="answered_at",
    ),
    Column(
        key="reminders",
        label=gettext_lazy("Reminders"),
        value=lambda line, _reader: line.row.reminders or None,
        sort="reminders",
        is_number=True,
    ),
    Column(key="named_by", label=gettext_lazy("Named by"), value=lambda line, _reader: line.named_by),
    Column(
        key="remark",
        label=gettext_lazy("Remark"),
        is_wide=True,
        value=lambda line, _reader: line.row.remark,
        is_hidden=True,
    ),
    Column(
        key="attendance",
        label=gettext_lazy("Takes part"),
        value=lambda line, _reader: line.row.guest.get_attendance_display(),
        sort="guest__attendance",
        is_hidden=True,
    ),
)

FILTERS = (
    search("guest__person__email", label=gettext_lazy("Name or e-mail address"), further=spellings),
    choice("state", gettext_lazy("State"), "state", InvitationState),
    related("category", gettext_lazy("Category"), "guest__category__slug", _category_options),
    related("delegation", gettext_lazy("Delegation"), "guest__delegation__slug", _delegation_options),
    choice("attendance", gettext_lazy("Takes part"), "guest__attendance", Attendance),
    Filter(
        key="due",
        label=gettext_lazy("Still due"),
        options=lambda _reader: [Option(key, label) for key, (label, _condition) in OWED.items()],
        narrow=lambda found, value, _reader: found.filter(OWED[value][1]()),
    ),
)


def _new(reader: Reader) -> tuple[str, str] | None:
    if not is_office(reader):
        return None
    return reverse("guests:invite", args=[reader.edition.slug]), _("Invite a person")


INVITATIONS = ListSpec(
    key="guests.invitations",
    route="guests:invitations",
    nav=NAV,
    title=gettext_lazy("Invitations"),
    lead=gettext_lazy("Who was asked to come, until when, and what she said."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.name.text,
    columns=COLUMNS,
    filters=FILTERS,
    order="name",
    actions=CHANGES,
    head=_new,
    empty=Empty(
        title=gettext_lazy("Nobody has been invited yet"),
        text=gettext_lazy("Invite people one by one, or import a list of them."),
        step=_new,
    ),
)
