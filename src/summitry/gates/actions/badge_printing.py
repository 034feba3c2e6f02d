"""Printing badges: chosen, checked, set in parts by a job that people watch, and recorded badge by badge.

A badge that was printed before gets a new code: the former badge is worthless from the moment the new one is set.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.editions.models import Edition
from summitry.foundation import clock, typeset
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.files import Purpose, store_file
from summitry.foundation.jobs import Kind, Stage, TrackedWork, job, start, tracked
from summitry.foundation.models import Progress
from summitry.gates.actions.badge_checks import check_badges
from summitry.gates.actions.credentials import mark_printed, reprint
from summitry.gates.enums import CredentialState
from summitry.gates.models import BadgeBatch, BadgeCheck, Credential, PrintedBadge
from summitry.gates.queries.badge_choice import Choice
from summitry.gates.queries.badge_document import TEMPLATE, BadgeDocument, in_order
from summitry.gates.queries.badge_faces import Face, faces_of, layouts_of
from summitry.guests.models import Guest

PART = 240
"""Badges in one file: whole sheets of 2, 3, 4, 6 or 8."""
SECONDS = 300.0
KEPT = dt.timedelta(days=14)
PDF = Purpose("badges", ("application/pdf",), 500_000_000)
PRINT = Kind(
    "gates.badges.print",
    gettext_lazy("Badges are being made"),
    (
        Stage("check", gettext_lazy("Checking names and pictures"), 2),
        Stage("set", gettext_lazy("Setting badges"), 5),
        Stage("keep", gettext_lazy("Recording what was printed"), 1),
    ),
)


class NothingToPrint(SummitryError):
    """No badge is left of those chosen."""

    code = "nothing-to-print"
    message = gettext_lazy(
        "None of the badges that you chose can be printed. Look at the list of badges: it says why."
    )


class PrintedMeanwhile(SummitryError):
    """Somebody else printed or replaced one of these badges."""

    code = "printed-meanwhile"
    message = gettext_lazy(
        "Some of these badges were printed or replaced meanwhile. Nothing was recorded; please choose again."
    )


def request_badges(
    edition: Edition,
    choice: Choice,
    *,
    by: Actor,
    order: str,
    sheet: str,
    marks: bool = False,
    reason: str = "",
) -> tuple[BadgeBatch, Progress]:
    """Have the chosen badges set by a job; return the batch, and the progress of the job.

    `reason` is kept with each badge that gets a new code. Raises InvalidInput where none is chosen, and FontsMissing.
    """
    batch = BadgeBatch(
        edition=edition,
        account_id=by.account_id,
        actor_label=by.label[:200],
        order=order,
        sheet=sheet,
        marks=marks,
    )
    require(by, "print", batch)
    if not typeset.fonts_present():
        raise typeset.FontsMissing
    guests = list(choice.of(edition).order_by("guest_id").values_list("guest_id", flat=True))
    if not guests:
        raise InvalidInput(fields={"": [_("No badge is among those that you chose.")]})
    batch.made_at = clock.now()
    batch.chosen = {**choice.to_json(), "guests": guests, "reason": reason[:300]}
    with transaction.atomic():
        batch.save(force_insert=True)
        progress = start(print_badges, batch.pk, by=by, edition_id=edition.pk, details={"batch": batch.pk})
    return batch, progress


@tracked(PRINT)
def print_badges(work: TrackedWork, batch_id: int) -> None:
    """Check the badges of a batch, set those that can be printed, and record them."""
    batch = BadgeBatch.objects.select_related("edition").get(pk=batch_id)
    require(work.actor, "print", batch)
    edition, guests = batch.edition, batch.chosen["guests"]
    work.stage("check")
    check_badges(edition, guests, watch=work)
    if not batch.chosen["anyway"]:
        bad = BadgeCheck.objects.filter(guest__in=guests).exclude(kinds="")
        guests = sorted(set(guests) - set(bad.values_list("guest_id", flat=True)))
    renew_codes(edition, guests, by=work.actor, reason=batch.chosen["reason"])
    layouts = layouts_of(edition)
    faces = [
        face
        for face in in_order(list(faces_of(edition, guests, layouts).values()), batch.order)
        if face.credential_id is not None and face.layout_id is not None
    ]
    if not faces:
        raise NothingToPrint
    work.stage("set")
    with tempfile.TemporaryDirectory(prefix="summitry-badges-") as folder:
        parts = []
        for start_ in range(0, len(faces), PART):
            work.step(start_, len(faces))
            document = BadgeDocument(
                faces[start_ : start_ + PART],
                layouts.by_pk,
                sheet=batch.sheet,
                marks=batch.marks,
                order=batch.order,
            )
            part = Path(folder) / f"{start_:05}.pdf"
            part.write_bytes(typeset.pdf(TEMPLATE, document.data, files=document.files, seconds=SECONDS))
            parts.append(part)
        work.stage("keep")
        with recording():
            _keep(batch, faces, parts, by=work.actor)
            work.finish(batch=batch.pk, badges=len(faces))
    check_badges(edition, [face.guest_id for face in faces])


def print_one(guest: Guest, *, by: Actor, reason: str = "") -> bytes:
    """Print one badge at once, as PDF; a printed one gets a new code, for `reason`. No file is kept.

    Raises NothingToPrint for a guest without a badge or without a layout, PrintedMeanwhile, and what typesetting raises.
    """
    edition = guest.edition
    batch = BadgeBatch(
        edition=edition, account_id=by.account_id, actor_label=by.label[:200], made_at=clock.now()
    )
    require(by, "print", batch)
    batch.chosen = {**Choice().to_json(), "guests": [guest.pk], "reason": reason[:300]}
    layouts = layouts_of(edition)
    face = faces_of(edition, [guest.pk], layouts).get(guest.pk)
    if face is None or face.credential_id is None or face.layout_id is None:
        raise NothingToPrint
    renew_codes(edition, [guest.pk], by=by, reason=reason)
    face = faces_of(edition, [guest.pk], layouts)[guest.pk]
    document = BadgeDocument([face], layouts.by_pk, sheet=batch.sheet)
    made = typeset.pdf(TEMPLATE, document.data, files=document.files)
    with recording():
        batch.save(force_insert=True)
        _keep(batch, [face], [], by=by)
    check_badges(edition, [guest.pk])
    return made


def renew_codes(edition: Edition, guest_ids: Sequence[int], *, by: Actor, reason: str) -> int:
    """Give new codes to those of these guests whose valid badge was printed; return how many."""
    rows = Credential.objects.filter(
        edition=edition, guest__in=guest_ids, state=CredentialState.ACTIVE, printed_at__isnull=False
    )
    printed = list(Guest.objects.filter(pk__in=rows.values("guest_id")).select_related("edition", "person"))
    for guest in printed:
        reprint(guest, by=by, reason=reason or _("Printed anew"))
    return len(printed)


def _keep(batch: BadgeBatch, faces: Sequence[Face], parts: Sequence[Path], *, by: Actor) -> None:
    by_pk = {face.credential_id: face for face in faces}
    rows = list(
        Credential.objects.filter(
            pk__in=[pk for pk in by_pk if pk], state=CredentialState.ACTIVE, printed_at=None
        )
    )
    if len(rows) != len(faces):
        raise PrintedMeanwhile
    for number, part in enumerate(parts, start=1):
        name = f"badges-{batch.edition.slug}-{batch.pk}-{number}.pdf"
        batch.files.add(
            store_file(ContentFile(part.read_bytes(), name), PDF, by=by, edition_id=batch.edition_id)
        )
    PrintedBadge.objects.bulk_create(
        [PrintedBadge(batch=batch, credential=row, face=by_pk[row.pk].digest) for row in rows], batch_size=500
    )
    mark_printed(rows, by=by)
    batch.badges = len(rows)
    batch.save(update_fields=["badges"])
    record("gates.batch.printed", by=by, obj=batch, badges=len(rows))


@job()
def forget_badge_files() -> None:
    """Delete the files of batches that are older than two weeks: they hold names and pictures, and can be made anew."""
    for batch in BadgeBatch.objects.filter(made_at__lt=clock.now() - KEPT, files__isnull=False).distinct():
        for stored in batch.files.all():
            stored.content.delete(save=False)
            stored.delete()
