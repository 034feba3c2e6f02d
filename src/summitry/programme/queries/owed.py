"""What speakers owe: the same conditions for the list, the readiness line that leads to it, and her own page."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from summitry.editions.enums import DeadlineKind
from summitry.programme.enums import (
    PUBLIC_ROLES,
    AppearanceState,
    BiographyState,
    ContributionKind,
    Delivery,
    LinkTest,
    MaterialKind,
    SpeakerRole,
    SubstitutionState,
)
from summitry.programme.models import Appearance, Material, Speaker, Substitution

WITH_SLIDES = frozenset({ContributionKind.KEYNOTE, ContributionKind.SPEECH, ContributionKind.DEMONSTRATION})
DEADLINES: dict[str, DeadlineKind] = {
    MaterialKind.SLIDES: DeadlineKind.SLIDES,
    MaterialKind.VIDEO: DeadlineKind.VIDEOS,
    MaterialKind.PAPER: DeadlineKind.SLIDES,
    MaterialKind.SPEECH: DeadlineKind.SLIDES,
}


def expected(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Return the parts, public ones, that somebody still is to take."""
    return rows.filter(role__in=PUBLIC_ROLES).exclude(state=AppearanceState.DECLINED)


def owes_slides(part: Appearance) -> bool:
    """Return whether slides are expected for a part: whoever speaks alone or demonstrates."""
    kind = part.contribution.kind if part.contribution else ""
    return part.role == SpeakerRole.SPEAKER and kind in WITH_SLIDES


def owes_recording(part: Appearance) -> bool:
    """Return whether a recording is expected for a part, to be played or kept as the fallback."""
    return Delivery.RECORDED in (part.delivery, part.fallback)


def without_slides(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts for which slides are expected and missing."""
    files = Material.objects.filter(
        kind=MaterialKind.SLIDES, contribution=OuterRef("contribution"), speaker__person=OuterRef("person")
    )
    return expected(rows).filter(~Exists(files), role=SpeakerRole.SPEAKER, contribution__kind__in=WITH_SLIDES)


def without_recording(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts for which a recording is expected and missing."""
    files = Material.objects.filter(
        kind=MaterialKind.VIDEO, session=OuterRef("session"), speaker__person=OuterRef("person")
    )
    wanted = Q(delivery=Delivery.RECORDED) | Q(fallback=Delivery.RECORDED)
    return expected(rows).filter(wanted, ~Exists(files))


def without_biography(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts of people who have no biography, or have not approved it."""
    signed = Speaker.objects.filter(
        edition=OuterRef("session__edition"), person=OuterRef("person"), biography_state=BiographyState.SIGNED
    )
    return expected(rows).filter(~Exists(signed))


def without_portrait(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts of people who have no portrait, or have not approved it."""
    signed = Speaker.objects.filter(
        edition=OuterRef("session__edition"),
        person=OuterRef("person"),
        person__portrait__isnull=False,
        portrait_signed_at__isnull=False,
    )
    return expected(rows).filter(~Exists(signed))


def without_link_test(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts by live link of people whose link has not passed its test."""
    passed = Speaker.objects.filter(
        edition=OuterRef("session__edition"), person=OuterRef("person"), link_test=LinkTest.PASSED
    )
    return expected(rows).filter(~Exists(passed), delivery=Delivery.LIVE_LINK)


def without_answer(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts for which nobody has said yet whether they are taken."""
    return expected(rows).filter(state=AppearanceState.EXPECTED)


def with_proposal(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts for which a substitute waits for a decision."""
    return rows.filter(
        Exists(Substitution.objects.filter(appearance=OuterRef("pk"), state=SubstitutionState.PROPOSED))
    )


def with_wish(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Narrow to the parts that somebody would rather take in another way."""
    return expected(rows).exclude(wished="")
