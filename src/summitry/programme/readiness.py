"""What the programme still lacks, told to the readiness list; a co-organiser hears of her own forums only."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for, within
from summitry.foundation.web.navigation import Phase
from summitry.programme.enums import (
    WITH_INSTITUTION,
    AppearanceState,
    Delivery,
    ForumState,
)
from summitry.programme.models import Appearance, Correction, Forum, Session, Slot, Version
from summitry.programme.queries.owed import without_answer, without_link_test


def rows(name: str, edition: Edition, **wanted: str) -> str:
    """Return the address of a list of this room, filtered to exactly the rows a line speaks of."""
    query = f"?{urlencode(wanted)}" if wanted else ""
    return reverse(f"programme_console:{name}", args=[edition.slug]) + query


def forums(asked: Asked) -> Iterator[Line]:
    """How many forums are with their institutions, and how many wait for the secretariat."""
    mine = _forums(asked)
    counts = mine.aggregate(
        total=Count("pk"),
        drafting=Count("pk", filter=Q(state__in=WITH_INSTITUTION)),
        waiting=Count("pk", filter=Q(state=ForumState.SUBMITTED)),
    )
    due = asked.due(DeadlineKind.FORUMS)
    if counts["drafting"]:
        text = ngettext(
            "%(count)d forum is not handed in.", "%(count)d forums are not handed in.", counts["drafting"]
        )
        yield Line(
            "forums_drafting", Severity.DUE, _("Forums being drafted"), text % {"count": counts["drafting"]},
            Phase.PROGRAMME, counts["drafting"], _("Co-organisers"), due, rows("forums", asked.edition, state="drafting"),
        )  # fmt: skip
    if counts["waiting"]:
        text = ngettext("%(count)d forum is unsigned.", "%(count)d forums are unsigned.", counts["waiting"])
        yield Line(
            "forums_unsigned", Severity.BLOCKER, _("Forums waiting for sign-off"), text % {"count": counts["waiting"]},
            Phase.PROGRAMME, counts["waiting"], _("Secretariat"), due, rows("forums", asked.edition, state="submitted"),
        )  # fmt: skip
    if counts["total"] and not counts["drafting"] and not counts["waiting"]:
        yield Line(
            "forums_signed", Severity.DONE, _("Forums"), _("All forums are signed off."), Phase.PROGRAMME,
            url=rows("forums", asked.edition),
        )  # fmt: skip


def corrections(asked: Asked) -> Iterator[Line]:
    """What the secretariat corrected and the institution has not looked at."""
    open_ = Correction.objects.filter(forum__in=_forums(asked), acknowledged_at=None)
    count = open_.values("forum").distinct().count()
    if count:
        text = ngettext(
            "In %(count)d forum the secretariat corrected something that its institution has not seen.",
            "In %(count)d forums the secretariat corrected something that their institutions have not seen.",
            count,
        )
        yield Line(
            "corrections", Severity.DUE, _("Corrections to take note of"), text % {"count": count}, Phase.PROGRAMME,
            count, _("Co-organisers"), None, rows("forums", asked.edition, corrected="yes"),
        )  # fmt: skip


def schedule(asked: Asked) -> Iterator[Line]:
    """Whether a version is published, and which sessions have no place in the draft."""
    edition = asked.edition
    sessions = _sessions(asked)
    draft = Slot.objects.filter(version__edition=edition, version__number=None, session=OuterRef("pk"))
    unplaced = sessions.filter(~Exists(draft)).count()
    if unplaced:
        text = ngettext(
            "%(count)d session has no room and time.", "%(count)d sessions have no room and time.", unplaced
        )
        yield Line(
            "unplaced", Severity.DUE, _("Unscheduled sessions"), text % {"count": unplaced}, Phase.PROGRAMME, unplaced,
            _("Programme editor"), None, rows("sessions", edition, placed="no"),
        )  # fmt: skip
    if not policy_for(Edition).may(asked.actor, "view_draft", edition):
        return
    last = Version.objects.filter(edition=edition, number__isnull=False).first()
    if last is None:
        yield Line(
            "unpublished", Severity.BLOCKER, _("No schedule is published"),
            _("Place the sessions on the board, or import a schedule; then publish it."), Phase.PUBLISH, 1,
            _("Programme editor"), None, rows("board", edition),
        )  # fmt: skip
    else:
        text = _("Version %(number)d is public.") % {"number": last.number}
        yield Line(
            "published", Severity.DONE, _("Schedule"), text, Phase.PUBLISH, url=rows("versions", edition)
        )


def speakers(asked: Asked) -> Iterator[Line]:
    """Which parts are not answered for, or declined; which links have no fallback or were not tested."""
    edition = asked.edition
    parts = within(asked.actor, Appearance.objects.filter(session__edition=edition))
    standing = ~Q(state=AppearanceState.DECLINED)
    linked = standing & Q(delivery=Delivery.LIVE_LINK)
    counts = parts.aggregate(
        declined=Count("pk", filter=~standing),
        fallback=Count("pk", filter=linked & Q(fallback="")),
    )
    unanswered, untested = without_answer(parts).count(), without_link_test(parts).count()
    if declined := counts["declined"]:
        text = ngettext(
            "%(count)d part was declined and is not replaced.",
            "%(count)d parts were declined and are not replaced.",
            declined,
        )
        yield Line(
            "declined", Severity.BLOCKER, _("Speakers who declined"), text % {"count": declined}, Phase.PROGRAMME,
            declined, _("Co-organisers"), None, rows("speakers", edition, state="declined"),
        )  # fmt: skip
    if untested:
        text = ngettext(
            "A tested link is missing for %(count)d part.",
            "Tested links are missing for %(count)d parts.",
            untested,
        )
        yield Line(
            "untested", Severity.DUE, _("Live links"), text % {"count": untested}, Phase.RUN,
            untested, _("Stream crew"), asked.due(DeadlineKind.LINK_TESTS),
            rows("speakers", edition, link="untested"),
        )  # fmt: skip
    if counts["fallback"]:
        text = ngettext(
            "%(count)d appearance by live link has no fallback.",
            "%(count)d appearances by live link have no fallback.",
            counts["fallback"],
        )
        yield Line(
            "fallback", Severity.DUE, _("Remote speakers"), text % {"count": counts["fallback"]}, Phase.RUN,
            counts["fallback"], _("Programme editor"), None, rows("speakers", edition, fallback="none"),
        )  # fmt: skip
    if unanswered:
        text = ngettext(
            "An answer is missing for %(count)d part.", "Answers are missing for %(count)d parts.", unanswered
        )
        yield Line(
            "unanswered", Severity.DUE, _("Answers of speakers"), text % {"count": unanswered}, Phase.PROGRAMME,
            unanswered, _("Co-organisers"), None, rows("speakers", edition, due="answer"),
        )  # fmt: skip


def _forums(asked: Asked) -> QuerySet[Forum]:
    return within(asked.actor, Forum.objects.filter(edition=asked.edition))


def _sessions(asked: Asked) -> QuerySet[Session]:
    return within(asked.actor, Session.objects.filter(edition=asked.edition))


def register() -> None:
    """Let these checks contribute to the readiness list."""
    for check in (forums, corrections, schedule, speakers):
        register_check(f"programme.{check.__name__}", check)
