"""The list of delegations: their places, who acts for them, and what they still owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import names_of
from summitry.directory.queries.sorting import collation_key
from summitry.foundation.access import policy_for
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Option,
    Reader,
    by_text,
    search,
    yes_no,
)
from summitry.foundation.models import Account, Grant
from summitry.guests.actions.focal_points import KIND, focal_points_of
from summitry.guests.enums import GONE, GuestState
from summitry.guests.models import Delegation, Guest
from summitry.guests.permissions import FOCAL_POINT
from summitry.guests.queries.delegations import Places, delegations_at_work, places_of

NAV = "console-delegations"
COUNTED = ("coming", "accredited", "unfinished", "unanswered")
UNFINISHED = (GuestState.NOMINATED, GuestState.APPLYING, GuestState.INCOMPLETE, GuestState.APPROVED)


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation with its places, its focal points, and how many guests wait for it."""

    delegation: Delegation
    places: tuple[Places, ...]
    focal_points: tuple[Account, ...]
    head: Shown | None
    coming: int
    accredited: int
    unfinished: int
    unanswered: int


def rows(reader: Reader) -> QuerySet[Delegation]:
    """Return the delegations that the reader works on."""
    return delegations_at_work(reader.actor, reader.edition)


def lines(found: Sequence[Delegation], reader: Reader) -> list[DelegationLine]:
    """Return the lines of these delegations, with five statements for all."""
    ids = [row.pk for row in found]
    places, points = places_of(ids), focal_points_of(ids)
    names = names_of(row.head.person_id for row in found if row.head)
    states = Guest.objects.filter(delegation__in=ids).order_by().values("delegation").annotate(
        coming=Count("pk", filter=~Q(state__in=GONE)),
        accredited=Count("pk", filter=Q(state=GuestState.CONFIRMED)),
        unfinished=Count("pk", filter=Q(state__in=UNFINISHED)),
        unanswered=Count("pk", filter=Q(state=GuestState.INVITED)),
    )  # fmt: skip
    counts = {row[0]: row[1:] for row in states.values_list("delegation", *COUNTED)}
    return [
        DelegationLine(
            row,
            tuple(places[row.pk]),
            tuple(points.get(row.pk, ())),
            names.shown(row.head.person_id, reader.lang, reader.edition.fallback) if row.head else None,
            *counts.get(row.pk, (0, 0, 0, 0)),
        )
        for row in found
    ]


def without_focal_point() -> Q:
    """Return the condition of delegations for which nobody acts."""
    held = Grant.objects.filter(role=FOCAL_POINT.code, scope_kind=KIND, account__is_active=True)
    return ~Q(Exists(held.filter(scope_id=OuterRef("pk"))))


def _with_guests(*states: GuestState) -> Q:
    return Q(Exists(Guest.objects.filter(delegation=OuterRef("pk"), state__in=states)))


OWED = {
    "focal": (_("No focal point"), without_focal_point),
    "answer": (_("Invitations not answered"), lambda: _with_guests(GuestState.INVITED)),
    "finish": (_("Applications to finish"), lambda: _with_guests(*UNFINISHED)),
    "waiting": (_("Guests on the waiting list"), lambda: _with_guests(GuestState.WAITING)),
    "nobody": (_("Nobody nominated"), lambda: ~Q(Exists(Guest.objects.filter(delegation=OuterRef("pk"))))),
}


def _link(line: DelegationLine, reader: Reader) -> str:
    return reverse("guests:delegation", args=[reader.edition.slug, line.delegation.slug])


def _quota(line: DelegationLine, _reader: Reader) -> Any:
    places, used = sum(one.places for one in line.places), sum(one.used for one in line.places)
    if not line.places:
        return None
    text = f"{used}/{places}"
    return Chip(text, "seal") if any(one.is_over for one in line.places) else text


def _new(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Delegation).may(reader.actor, "edit", Delegation(edition=reader.edition)):
        return None
    return reverse("guests:delegation_new", args=[reader.edition.slug]), str(_("Add a delegation"))


COLUMNS = (
    Column(
        key="name",
        label=_("Delegation"),
        is_wide=True,
        value=lambda line, _reader: line.delegation.name,
        link=_link,
        sort=by_text("name", collation_key),
    ),
    Column(key="places", label=_("Places taken"), value=_quota),
    Column(key="coming", label=_("Guests"), value=lambda line, _reader: line.coming, is_number=True),
    Column(
        key="accredited", label=_("Accredited"), value=lambda line, _reader: line.accredited, is_number=True
    ),
    Column(
        key="unfinished", label=_("To finish"), value=lambda line, _reader: line.unfinished, is_number=True
    ),
    Column(
        key="unanswered", label=_("Not answered"), value=lambda line, _reader: line.unanswered, is_number=True
    ),
    Column(
        key="focal",
        label=_("Focal points"),
        value=lambda line, _reader: (
            [str(one) for one in line.focal_points] if line.focal_points else Chip(_("None"), "amber")
        ),
    ),
    Column(key="head", label=_("Head of delegation"), value=lambda line, _reader: line.head, is_hidden=True),
    Column(
        key="closes",
        label=_("Nominations until"),
        value=lambda line, _reader: line.delegation.closes_at,
        sort="closes_at",
    ),
)
FILTERS = (
    search("name", "slug", label=_("Name")),
    Filter(
        key="owed",
        label=_("Still open"),
        options=lambda _reader: [Option(key, label) for key, (label, _condition) in OWED.items()],
        narrow=lambda found, value, _reader: found.filter(OWED[value][1]()),
    ),
    yes_no("own", _("Deadline of its own"), lambda _reader: Q(closes_at__isnull=False)),
)
DELEGATIONS = ListSpec(
    key="guests.delegations",
    route="guests:delegations",
    nav=NAV,
    title=_("Delegations"),
    rows=rows,
    lines=lines,
    label=lambda line, reader: reader.shown(line.delegation.name).text,
    columns=COLUMNS,
    filters=FILTERS,
    order="name",
    head=_new,
    empty=Empty(
        title=_("No delegations yet"),
        text=_("A delegation brings its guests within its places; a focal point acts for it."),
        step=_new,
    ),
)
