"""What the board tells the readiness list: clashes that block, and a draft that the public does not see yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.algorithms.clashes import Severity as Clashing
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for
from summitry.foundation.web.navigation import Phase
from summitry.programme.models import Version
from summitry.programme.queries.clash_lines import clashes_of


def clashes(asked: Asked) -> Iterator[Line]:
    """What clashes in the draft: what blocks a publication, or else what should not stay so."""
    draft = Version.objects.filter(edition=asked.edition, number=None).first()
    if draft is None or not policy_for(Version).may(asked.actor, "view", draft):
        return
    draft.edition = asked.edition
    found = [line.severity for line in clashes_of(draft, asked.lang)]
    board = reverse("programme_console:board", args=[asked.edition.slug])
    blocking, warnings = found.count(Clashing.BLOCKING), found.count(Clashing.WARNING)
    if blocking:
        text = ngettext(
            "%(count)d clash keeps the draft from being published.",
            "%(count)d clashes keep the draft from being published.",
            blocking,
        )
        yield Line(
            "clashes", Severity.BLOCKER, _("Blocking clashes"), text % {"count": blocking}, Phase.PROGRAMME, blocking,
            _("Programme editor"), None, f"{board}?severity=blocking#board-clashes",
        )  # fmt: skip
    elif warnings:
        text = ngettext("%(count)d warning on the board.", "%(count)d warnings on the board.", warnings)
        yield Line(
            "clashes", Severity.DUE, _("Clashes"), text % {"count": warnings}, Phase.PROGRAMME, warnings,
            _("Programme editor"), None, f"{board}?severity=warning#board-clashes",
        )  # fmt: skip


def register() -> None:
    """Let the board speak on the readiness list."""
    register_check("clashes", clashes)
