"""Checking badges before they are printed: each is set in type, and what does not fit, or cannot be printed, is kept.

What is kept answers every page at once; only badges that say something else than when they were checked are set again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from summitry.editions.models import Edition
from summitry.foundation import clock, typeset
from summitry.foundation.jobs import SILENT, Tracker, job
from summitry.foundation.typeset.glyphs import missing_glyphs
from summitry.gates.enums import BadgeElement as E
from summitry.gates.enums import BadgeProblem as P
from summitry.gates.enums import CredentialState, SheetKind
from summitry.gates.models import BadgeCheck, PrintedBadge
from summitry.gates.queries.badge_document import TEMPLATE, BadgeDocument
from summitry.gates.queries.badge_elements import Element, elements_of
from summitry.gates.queries.badge_faces import Face, Layouts, faces_of, layouts_of
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest

BATCH = 500
Problem = dict[str, Any]


def check_badges(
    edition: Edition, guest_ids: Collection[int] | None = None, *, watch: Tracker = SILENT
) -> int:
    """Check the badges of some guests, or of all accredited ones; return how many have a problem now.

    It changes nothing that anybody decided, and so asks for no permission. Raises FontsMissing.
    """
    everybody = guest_ids is None
    accredited = Guest.objects.filter(edition=edition, state=GuestState.CONFIRMED)
    ids = list(
        (accredited if everybody else accredited.filter(pk__in=guest_ids or ())).values_list("pk", flat=True)
    )
    layouts = layouts_of(edition)
    kept = dict(BadgeCheck.objects.filter(edition=edition).values_list("guest_id", "face"))
    printed = _printed_faces(edition)
    bad = 0
    for start in range(0, len(ids), BATCH):
        watch.step(start, len(ids))
        faces = list(faces_of(edition, ids[start : start + BATCH], layouts).values())
        bad += _check(edition, faces, layouts, kept, printed)
    if everybody:
        BadgeCheck.objects.filter(edition=edition).exclude(guest__in=accredited).delete()
    return bad


def problems_of(faces: Sequence[Face], layouts: Layouts) -> dict[int, list[Problem]]:
    """Return what is wrong with badges, by guest: without any it is an empty list."""
    found: dict[int, list[Problem]] = {face.guest_id: _plain_problems(face, layouts) for face in faces}
    measurable = [replace(face, token="") for face in faces if face.layout_id is not None]  # codes always fit
    if measurable:
        document = BadgeDocument(measurable, layouts.by_pk, sheet=SheetKind.SINGLE)
        by_guest = {face.guest_id: face for face in measurable}
        for fit in typeset.facts(TEMPLATE, document.data, files=document.files, label="fit"):
            if not fit["fits"]:
                layout = layouts.by_pk[by_guest[fit["key"]].layout_id or 0]
                kind = elements_of(layout.elements)[fit["place"]].kind
                detail = {"kind": P.TOO_LONG.value, "element": kind, "detail": f"{fit['needs']:g}"}
                found[fit["key"]].append(detail)
    return found


def _check(
    edition: Edition, faces: list[Face], layouts: Layouts, kept: dict[int, str], printed: dict[int, str]
) -> int:
    marks = {face.guest_id: _mark(face, layouts) for face in faces}
    anew = [face for face in faces if kept.get(face.guest_id) != marks[face.guest_id]]
    found = problems_of(anew, layouts)
    now = clock.now()
    rows = [
        BadgeCheck(
            guest_id=face.guest_id,
            edition=edition,
            face=marks[face.guest_id],
            problems=found[face.guest_id],
            kinds=_kinds(found[face.guest_id]),
            at=now,
        )
        for face in anew
    ]
    with transaction.atomic():
        BadgeCheck.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["guest"],
            update_fields=["face", "problems", "kinds", "at"],
            batch_size=BATCH,
        )
        ids = [face.guest_id for face in faces]
        _note_printed(faces, printed)
        return BadgeCheck.objects.filter(guest__in=ids).exclude(kinds="").count()


def _note_printed(faces: Sequence[Face], printed: dict[int, str]) -> None:
    rows = {row.pk: row for row in BadgeCheck.objects.filter(guest__in=[face.guest_id for face in faces])}
    changed = []
    for face in faces:
        row, was = rows.get(face.guest_id), printed.get(face.credential_id or 0, "")
        is_outdated = bool(was) and was != face.digest
        if row is not None and (row.printed_face, row.is_outdated) != (was, is_outdated):
            row.printed_face, row.is_outdated = was, is_outdated
            changed.append(row)
    BadgeCheck.objects.bulk_update(changed, ["printed_face", "is_outdated"], batch_size=BATCH)


def _printed_faces(edition: Edition) -> dict[int, str]:
    """What stood on each valid badge when it was printed last, by credential."""
    rows = PrintedBadge.objects.filter(credential__edition=edition, credential__state=CredentialState.ACTIVE)
    last = rows.order_by().values("credential").annotate(last=Max("pk")).values("last")
    return dict(PrintedBadge.objects.filter(pk__in=last).values_list("credential_id", "face"))


def _plain_problems(face: Face, layouts: Layouts) -> list[Problem]:
    layout = layouts.by_pk.get(face.layout_id or 0)
    if layout is None:
        return [{"kind": P.NO_LAYOUT.value, "element": "", "detail": ""}]
    elements = elements_of(layout.elements)
    found: list[Problem] = []
    by_kind: defaultdict[str, str] = defaultdict(str)
    for each in elements:
        if each.is_text:
            by_kind[each.kind] += _text(face, each)
    for kind, text in by_kind.items():
        if missing := missing_glyphs([text]):
            found.append({"kind": P.GLYPHS.value, "element": kind, "detail": missing})
    if face.needs_photo and not face.photo_id and any(each.kind == E.PHOTO for each in elements):
        found.append({"kind": P.NO_PHOTO.value, "element": E.PHOTO.value, "detail": ""})
    return found


def _kinds(problems: Sequence[Problem]) -> str:
    kinds = sorted({problem["kind"] for problem in problems})
    return f",{','.join(kinds)}," if kinds else ""


def _text(face: Face, element: Element) -> str:
    return element.text if element.kind == E.TEXT else face.texts.get(element.kind, "")


def _mark(face: Face, layouts: Layouts) -> str:
    """The digest of what is checked: the badge as it reads, and the layout it is set in."""
    layout = layouts.by_pk.get(face.layout_id or 0)
    seen = f"{face.digest}:{layout.pk}:{layout.revision}" if layout else face.digest
    return hashlib.sha256(f"{seen}:{face.needs_photo}".encode()).hexdigest()[:16]


@job()
def check_all_badges() -> None:
    """Check the badges of every edition that is still to come, or is on: what changed since the last time is set again."""
    if not typeset.fonts_present():
        return
    today = clock.now().date()
    for edition in Edition.objects.filter(ends_on__gte=today, badge_layouts__isnull=False).distinct():
        check_badges(edition)
