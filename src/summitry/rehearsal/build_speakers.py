"""What makes the demo's speakers look lived in: answers, a few who cannot come, files, times, needs, and tested links."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n.text import digest
from summitry.programme.actions.answers import confirm_appearance, decline_appearance, wish_delivery
from summitry.programme.actions.availability import set_availability
from summitry.programme.actions.biography import state_of
from summitry.programme.actions.material import hand_in_material
from summitry.programme.actions.speaker import name_assistant, update_speaker
from summitry.programme.actions.substitution import SubstituteGiven, name_substitute
from summitry.programme.enums import (
    PUBLIC_ROLES,
    AppearanceState,
    Delivery,
    LinkTest,
    MaterialKind,
    SpeakerRole,
)
from summitry.programme.models import Appearance, Speaker
from summitry.programme.queries.owed import WITH_SLIDES
from summitry.programme.queries.speaker_links import Holder, Opened
from summitry.rehearsal.built import Built

ZONES = {
    "CN": "Asia/Shanghai", "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "SG": "Asia/Singapore", "IN": "Asia/Kolkata",
    "AE": "Asia/Dubai", "KE": "Africa/Nairobi", "ZA": "Africa/Johannesburg", "EG": "Africa/Cairo",
    "FR": "Europe/Paris", "DE": "Europe/Berlin", "GB": "Europe/London", "ES": "Europe/Madrid", "RU": "Europe/Moscow",
    "US": "America/New_York", "BR": "America/Sao_Paulo", "MX": "America/Mexico_City", "AU": "Australia/Sydney",
}  # fmt: skip
HAND_INS, ABSENT, LIMITED, WISHES = 36, 6, 24, 4
_SUBSTITUTES = (
    ("Amara Diallo", "Deputy Director, West African Digital Observatory"),
    ("Søren Lindqvist", "Head of Research, Nordic Institute for Networks"),
    ("林雨桐", "Senior Fellow, Institute for Open Networks"),
)
_NEEDS = (
    "Sound from my own computer, please.",
    "A lectern and a hand microphone.",
    "Step-free access to the stage.",
    "Captions on the screen while I speak.",
)
_PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 640 360]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%%%EOF\n"
)


def build_speakers(built: Built) -> None:
    """Let the demo's speakers answer; most of it in a few statements, the telling cases by the real actions."""
    edition = built.edition
    opening = dt.datetime.combine(edition.starts_on, dt.time(), edition.zone)
    with clock.frozen(opening - dt.timedelta(days=9)):
        parts = _parts(built)
        _records(edition.pk)
        _answers(parts)
        _absent([part for part in parts if part.state == AppearanceState.EXPECTED])
        _limited(parts, opening)
        _named(parts)
    with clock.frozen(opening - dt.timedelta(hours=30)):
        _files(part for part in parts if part.state == AppearanceState.CONFIRMED)


def shown_speaker(edition_id: int) -> Speaker | None:
    """Return the speaker whose page the demo shows: one by live link, whose assistant helps her."""
    found = Speaker.objects.filter(edition=edition_id).exclude(assistant_name="")
    return found.select_related("edition", "person").order_by("pk").first()


def _parts(built: Built) -> list[Appearance]:
    rows = Appearance.objects.filter(session__edition=built.edition, role__in=PUBLIC_ROLES)
    related = rows.select_related("session__forum", "session__edition", "contribution", "person__entity")
    return list(related.order_by("pk"))


def _records(edition_id: int) -> None:
    """Approve two biographies of three, test most links, and note clocks and needs."""
    rows = list(Speaker.objects.filter(edition=edition_id).select_related("person__entity").order_by("pk"))
    now = clock.now()
    for place, row in enumerate(rows):
        text = row.person.biography
        if place % 3 and text.get(text.source):
            row.signed = {text.source: digest(text.get(text.source))}
            row.biography_state = state_of(text, row.signed)
        row.zone_name = ZONES.get(row.person.entity.code if row.person.entity else "", "")
        row.seen_at = now if place % 5 else None
        row.link_test = (LinkTest.PASSED, LinkTest.PASSED, LinkTest.FAILED, LinkTest.OPEN)[place % 4]
        row.link_tested_at = None if row.link_test == LinkTest.OPEN else now
        row.technical_needs = _NEEDS[place // 9 % len(_NEEDS)] if place % 9 == 0 else ""
        row.needs_visa, row.needs_travel = (True, True) if place % 7 == 0 else (False, None)
    linked = set(
        Appearance.objects.filter(session__edition=edition_id)
        .filter(Q(delivery=Delivery.LIVE_LINK))
        .values_list("person_id", flat=True)
    )
    for row in rows:
        if row.person_id not in linked:
            row.link_test, row.link_tested_at = LinkTest.OPEN, None
    # A statement for all that are alike, since a case for each row of each column takes twenty times as long.
    fields = ("biography_state", "zone_name", "seen_at", "link_test", "link_tested_at", "technical_needs",
              "needs_visa", "needs_travel")  # fmt: skip
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        alike[tuple(getattr(row, field) for field in fields)].append(row.pk)
    for values, ids in alike.items():
        Speaker.objects.filter(pk__in=ids).update(**dict(zip(fields, values, strict=True)))
    Speaker.objects.bulk_update([row for row in rows if row.signed], ["signed"], batch_size=100)


def _answers(parts: list[Appearance]) -> None:
    confirmed = [part for part in parts if part.pk % 8]
    now = clock.now()
    Appearance.objects.filter(pk__in=[part.pk for part in confirmed]).update(
        state=AppearanceState.CONFIRMED, answered_at=now
    )
    for part in confirmed:
        part.state, part.answered_at = AppearanceState.CONFIRMED, now


def _absent(parts: list[Appearance]) -> None:
    """Let a few decline, most of them naming somebody."""
    speakers = [part for part in parts if part.role == SpeakerRole.SPEAKER][: ABSENT + 2]
    for place, part in enumerate(speakers[:ABSENT]):
        by = _holder(part)
        if place % 2:
            decline_appearance(part, by=by, word="I am sorry: a vote keeps me at home that week.")
        else:
            name, post = _SUBSTITUTES[place // 2 % len(_SUBSTITUTES)]
            given = SubstituteGiven(name, f"office{place}@institute.example", post)
            name_substitute(part, given, by=by, word="I have to be in another city on that day.")
    for part in speakers[ABSENT:]:
        confirm_appearance(part, by=_holder(part))


def _limited(parts: list[Appearance], opening: dt.datetime) -> None:
    """Let some be there on one or two days only, and some wish to speak from home."""
    seen: set[int] = set()
    chosen = [part for part in parts if part.pk % 17 == 0 and part.state == AppearanceState.CONFIRMED]
    for place, part in enumerate(chosen):
        if part.person_id in seen or len(seen) >= LIMITED:
            continue
        seen.add(part.person_id)
        by, speaker = _holder(part), _speaker(part)
        start = opening + dt.timedelta(hours=7)
        set_availability(speaker, [(start, start + dt.timedelta(hours=60 + place % 3 * 12))], by=by)
    wishing = [part for part in parts if part.pk % 23 == 0 and part.delivery == Delivery.IN_PERSON]
    for part in [one for one in wishing if one.state == AppearanceState.CONFIRMED][:WISHES]:
        wish_delivery(part, by=_holder(part), wished=Delivery.LIVE_LINK, fallback=Delivery.RECORDED)


def _named(parts: list[Appearance]) -> None:
    """Give the speaker whose page is shown an assistant and a language."""
    part = next(
        (
            one
            for one in parts
            if one.delivery == Delivery.LIVE_LINK and one.state == AppearanceState.CONFIRMED
        ),
        None,
    )
    if part is not None:
        by, speaker = _holder(part), _speaker(part)
        update_speaker(speaker, by=by, language="en")
        name_assistant(speaker, by=by, name="Marie Dupont", email="")


def _files(parts: Iterable[Appearance]) -> None:
    slides = [
        part
        for part in parts
        if part.role == SpeakerRole.SPEAKER and part.contribution and part.contribution.kind in WITH_SLIDES
    ]
    for place, part in enumerate(slides[:HAND_INS]):
        by = _holder(part)
        for version in range(1, 3 if place % 6 == 0 else 2):
            words = f"{part.session.code} {version}"
            upload = SimpleUploadedFile(f"{part.person.slug}-{version}.pdf", _pdf(words), "application/pdf")
            hand_in_material(part, MaterialKind.SLIDES, upload, by=by)


def _pdf(words: str) -> bytes:
    shown = words.encode("ascii", "replace").replace(b"(", b"").replace(b")", b"")
    stream = b"BT /F 28 Tf 40 180 Td (%s) Tj ET" % shown
    return _PDF % (len(stream), stream)


def _speaker(part: Appearance) -> Speaker:
    return Speaker.objects.select_related("edition", "person").get(
        edition=part.session.edition_id, person=part.person_id
    )


def _holder(part: Appearance) -> Actor:
    return Opened(_speaker(part), Holder.SPEAKER, is_current=True).actor
