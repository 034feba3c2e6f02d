"""What speakers still owe, told to the readiness list: biographies, files, and proposals that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.enums import DeadlineKind
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import within
from summitry.foundation.web.navigation import Phase
from summitry.programme.models import Appearance
from summitry.programme.queries.owed import (
    with_proposal,
    with_wish,
    without_biography,
    without_recording,
    without_slides,
)
from summitry.programme.readiness import rows


def biographies(asked: Asked) -> Iterator[Line]:
    """For which parts the speaker has not approved a biography."""
    count = without_biography(_parts(asked)).count()
    if count:
        text = ngettext(
            "An approved biography is missing for %(count)d part.",
            "Approved biographies are missing for %(count)d parts.",
            count,
        )
        yield Line(
            "biographies", Severity.DUE, _("Biographies"), text % {"count": count}, Phase.PROGRAMME, count,
            _("Co-organisers"), asked.due(DeadlineKind.BIOGRAPHIES), rows("speakers", asked.edition, due="biography"),
        )  # fmt: skip


def files(asked: Asked) -> Iterator[Line]:
    """For which parts slides or a recording are missing."""
    parts = _parts(asked)
    slides = without_slides(parts).count()
    if slides:
        text = ngettext(
            "Slides are missing for %(count)d part.", "Slides are missing for %(count)d parts.", slides
        )
        yield Line(
            "slides", Severity.DUE, _("Slides"), text % {"count": slides}, Phase.RUN, slides, _("Co-organisers"),
            asked.due(DeadlineKind.SLIDES), rows("speakers", asked.edition, due="slides"),
        )  # fmt: skip
    recordings = without_recording(parts).count()
    if recordings:
        text = ngettext(
            "A recording is missing for %(count)d part.",
            "Recordings are missing for %(count)d parts.",
            recordings,
        )
        yield Line(
            "recordings", Severity.DUE, _("Recordings"), text % {"count": recordings}, Phase.RUN, recordings,
            _("Co-organisers"), asked.due(DeadlineKind.VIDEOS), rows("speakers", asked.edition, due="video"),
        )  # fmt: skip


def proposals(asked: Asked) -> Iterator[Line]:
    """Which substitutes and wishes wait for a decision."""
    parts = _parts(asked)
    substitutes = with_proposal(parts).count()
    if substitutes:
        text = ngettext(
            "%(count)d proposed substitute waits for a decision.",
            "%(count)d proposed substitutes wait for a decision.",
            substitutes,
        )
        yield Line(
            "substitutes", Severity.BLOCKER, _("Substitutes"), text % {"count": substitutes}, Phase.PROGRAMME,
            substitutes, _("Co-organisers"), None, rows("speakers", asked.edition, due="substitute"),
        )  # fmt: skip
    wishes = with_wish(parts).count()
    if wishes:
        text = ngettext(
            "%(count)d speaker would rather take part in another way.",
            "%(count)d speakers would rather take part in another way.",
            wishes,
        )
        yield Line(
            "wishes", Severity.DUE, _("Wishes of speakers"), text % {"count": wishes}, Phase.PROGRAMME, wishes,
            _("Co-organisers"), None, rows("speakers", asked.edition, due="wish"),
        )  # fmt: skip


def _parts(asked: Asked) -> QuerySet[Appearance]:
    return within(asked.actor, Appearance.objects.filter(session__edition=asked.edition))


def register() -> None:
    """Let these checks contribute to the readiness list."""
    for check in (biographies, files, proposals):
        register_check(f"programme.{check.__name__}", check)
