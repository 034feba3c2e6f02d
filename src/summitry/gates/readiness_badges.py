"""What badges still lack, told to the readiness list."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for, within
from summitry.foundation.web.navigation import Phase
from summitry.gates.enums import BadgeProblem as P
from summitry.gates.models import BadgeLayout, Credential
from summitry.gates.queries.badge_choice import valid_badges


def badges(asked: Asked) -> Iterator[Line]:
    """How many badges have which problem, and how many are not printed yet."""
    edition = asked.edition
    if not policy_for(Credential).may(asked.actor, "view", Credential(edition=edition)):
        return
    valid = within(asked.actor, valid_badges(edition))
    if not valid.exists():
        return
    if not BadgeLayout.objects.filter(edition=edition).exists():
        yield Line(
            "badge-layouts",
            Severity.DUE,
            _("Badges"),
            _("There is no layout for badges yet."),
            Phase.INVITE,
            1,
            url=reverse("gates:badge_layouts", args=[edition.slug]),
        )
        return
    yield from _problems(asked, valid)
    unprinted = valid.filter(printed_at=None).count()
    if unprinted:
        text = ngettext(
            "%(count)d badge is not printed yet.", "%(count)d badges are not printed yet.", unprinted
        )
        yield _line(asked, "badges-unprinted", text, unprinted, printed="no")
    outdated = valid.filter(guest__badge_check__is_outdated=True).count()
    if outdated:
        text = ngettext(
            "%(count)d printed badge says something else than it should.",
            "%(count)d printed badges say something else than they should.",
            outdated,
        )
        yield _line(asked, "badges-outdated", text, outdated, outdated="yes")


def _problems(asked: Asked, valid: QuerySet[Credential]) -> Iterator[Line]:
    bad = valid.filter(guest__badge_check__kinds__gt="")
    found = list(bad.values_list("guest__badge_check__kinds", flat=True))
    for kind in P:
        count = sum(f",{kind.value}," in each for each in found)
        if count:
            yield _line(asked, f"badges-{kind.value}", _words(kind, count), count, problem=kind.value)


def _words(kind: P, count: int) -> str:
    return {
        P.TOO_LONG: ngettext("The lines of %(count)d badge do not fit.", "The lines of %(count)d badges do not fit.", count),
        P.GLYPHS: ngettext("%(count)d badge has characters that cannot be printed.", "%(count)d badges have characters that cannot be printed.", count),
        P.NO_PHOTO: ngettext("%(count)d badge lacks its photo.", "%(count)d badges lack their photo.", count),
        P.NO_LAYOUT: ngettext("%(count)d badge has no layout.", "%(count)d badges have no layout.", count),
    }[kind]  # fmt: skip


def _line(asked: Asked, key: str, text: str, count: int, **wanted: str) -> Line:
    url = f"{reverse('gates:badges', args=[asked.edition.slug])}?{urlencode(wanted)}"
    return Line(key, Severity.DUE, _("Badges"), text % {"count": count}, Phase.INVITE, count, url=url)


def register() -> None:
    """Tell the readiness list."""
    register_check("gates.badges", badges)
