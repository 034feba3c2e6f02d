"""What protocol still lacks, told to the readiness list; each line leads to exactly its rows."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for
from summitry.foundation.web.navigation import Phase
from summitry.guests.enums import GONE, Attendance, GuestState
from summitry.guests.models import Guest
from summitry.protocol.enums import Direction, LegState, Rank
from summitry.protocol.models import Leg, SeatingPlan, Stay
from summitry.protocol.queries.flags import check_flags


def at(name: str, edition: Edition, **wanted: str) -> str:
    """Return the address of a page of this room, filtered to exactly the rows a line speaks of."""
    query = f"?{urlencode(wanted)}" if wanted else ""
    return reverse(f"protocol:{name}", args=[edition.slug]) + query


def seats(asked: Asked) -> Iterator[Line]:
    """Seats whose holders do not come any more."""
    if not _sees(asked):
        return
    given_up = Count("seats", filter=Q(seats__guest=None, seats__left__isnull=False))
    plans = SeatingPlan.objects.filter(edition=asked.edition).annotate(gaps=given_up).filter(gaps__gt=0)
    for plan in plans:
        text = ngettext(
            "%(count)d seat was given up by a guest who does not come.",
            "%(count)d seats were given up by guests who do not come.",
            plan.gaps,
        ) % {"count": plan.gaps}
        yield Line(
            f"seating_gaps_{plan.slug}", Severity.DUE, _("Gaps in the seating plan %(plan)s") % {"plan": plan.name},
            text, Phase.INVITE, plan.gaps, _("Protocol"), None,
            reverse("protocol:seating_plan", args=[asked.edition.slug, plan.slug]),
        )  # fmt: skip


def stays(asked: Asked) -> Iterator[Line]:
    """Rooms of guests who do not come, and guests of rank without a room or an arrival."""
    if not _sees(asked):
        return
    edition = asked.edition
    gone = Stay.objects.filter(guest__edition=edition, guest__state__in=GONE).count()
    if gone:
        text = ngettext(
            "%(count)d room is held for a guest who does not come.",
            "%(count)d rooms are held for guests who do not come.",
            gone,
        ) % {"count": gone}
        yield Line(
            "stays_gone", Severity.DUE, _("Stays to be cancelled"), text, Phase.INVITE, gone, _("Protocol"), None,
            at("stays", edition, gone="yes"),
        )  # fmt: skip
    arrivals = Leg.objects.filter(guest=OuterRef("pk"), direction=Direction.ARRIVAL).exclude(
        state=LegState.CANCELLED
    )
    ranked = Guest.objects.filter(
        edition=edition, attendance=Attendance.ON_SITE, state=GuestState.CONFIRMED, courtesy__isnull=False
    ).exclude(courtesy__rank=Rank.OTHER)
    unknown = ranked.filter(~Exists(arrivals)).count()
    if unknown:
        text = ngettext(
            "The arrival of %(count)d guest of rank is not known.",
            "The arrivals of %(count)d guests of rank are not known.",
            unknown,
        ) % {"count": unknown}
        yield Line(
            "arrivals_unknown", Severity.DUE, _("Arrivals to ask for"), text, Phase.INVITE, unknown, _("Protocol"), None,
            at("people", edition, dignitary="yes", arrival="no"),
        )  # fmt: skip


def addresses(asked: Asked) -> Iterator[Line]:
    """Guests of rank whose salutation is missing in one of the edition's languages."""
    if not _sees(asked):
        return
    missing = Q(pk__in=[])
    for lang in asked.edition.languages:
        missing |= ~Q(courtesy__salutation__has_key=lang)
    rows = Guest.objects.filter(
        missing, edition=asked.edition, attendance=Attendance.ON_SITE, courtesy__isnull=False
    ).exclude(state__in=GONE)
    count = rows.exclude(courtesy__rank=Rank.OTHER).count()
    if count:
        text = ngettext(
            "The salutation of %(count)d guest of rank is missing in a language.",
            "The salutations of %(count)d guests of rank are missing in a language.",
            count,
        ) % {"count": count}
        yield Line(
            "salutations", Severity.DUE, _("Salutations in letters"), text, Phase.INVITE, count, _("Protocol"), None,
            at("people", asked.edition, dignitary="yes", unaddressed="yes"),
        )  # fmt: skip


def flags(asked: Asked) -> Iterator[Line]:
    """Flags and names in which something is wrong, or which nobody has proved."""
    if not _sees(asked):
        return
    lines = check_flags(asked.edition)
    wrong = sum(bool(line.problems) for line in lines)
    unproved = sum(not line.is_proved for line in lines)
    if wrong:
        text = ngettext(
            "Something is wrong with the flag or name of %(count)d country or region.",
            "Something is wrong with the flags or names of %(count)d countries and regions.",
            wrong,
        ) % {"count": wrong}
        yield Line(
            "flags_wrong", Severity.BLOCKER, _("Flags and names"), text, Phase.INVITE, wrong, _("Protocol"), None,
            at("flags", asked.edition, state="wrong"),
        )  # fmt: skip
    if unproved:
        text = ngettext(
            "Nobody has looked at the flag and names of %(count)d country or region.",
            "Nobody has looked at the flags and names of %(count)d countries and regions.",
            unproved,
        ) % {"count": unproved}
        yield Line(
            "flags_unproved", Severity.DUE, _("Flags and names to be proved"), text, Phase.INVITE, unproved, _("Protocol"),
            None, at("flags", asked.edition, state="unproved"),
        )  # fmt: skip
    elif lines and not wrong:
        yield Line(
            "flags_proved", Severity.DONE, _("Flags and names"), _("All are proved."), Phase.INVITE,
            url=at("flags", asked.edition),
        )  # fmt: skip


def register() -> None:
    """Let this room contribute to the readiness list."""
    register_check("protocol.seats", seats)
    register_check("protocol.stays", stays)
    register_check("protocol.addresses", addresses)
    register_check("protocol.flags", flags)


def _sees(asked: Asked) -> bool:
    return policy_for(SeatingPlan).may(asked.actor, "view", SeatingPlan(edition=asked.edition))
