"""Files for a part: handed in by its speaker or for her, each a version of its own; the former ones stay."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from summitry.editions.models import Deadline
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.files import store_file
from summitry.programme.actions.answers import asked
from summitry.programme.actions.material_types import ACCEPTED, check_file
from summitry.programme.enums import AppearanceState, MaterialKind
from summitry.programme.errors import DeadlinePassed, PartNotOpen
from summitry.programme.events import MaterialHandedIn
from summitry.programme.models import Appearance, Material, Session, Speaker
from summitry.programme.queries.owed import DEADLINES


def hand_in_material(
    part: Appearance, kind: MaterialKind, upload: UploadedFile[bytes], *, by: Actor, note: str = ""
) -> Material:
    """Keep a file as the next version of its kind for a part. The same file again is the version that it is already.

    After the due date it is marked late; when the grace has passed too, only staff may hand it in. Announces
    MaterialHandedIn. Raises FileRefused and InvalidInput (`file`, `note`), DeadlinePassed, and PartNotOpen.
    """
    speaker = asked(part, by)
    if part.state == AppearanceState.DECLINED:
        raise PartNotOpen
    note = " ".join(note.split())
    limit = Material._meta.get_field("note").max_length or 0
    if len(note) > limit:
        raise InvalidInput(fields={"note": [str(InvalidInput.message)]})
    is_late = _is_late(part, kind, by)
    check_file(upload, kind)
    try:
        stored = store_file(upload, ACCEPTED[kind].purpose, by=by, edition_id=speaker.edition_id)
    except InvalidInput as refusal:
        raise InvalidInput(fields={"file": [str(refusal)]}) from refusal
    material = Material(
        session_id=part.session_id,
        contribution_id=part.contribution_id,
        speaker=speaker,
        kind=kind,
        file=stored,
        note=note,
        is_late=is_late,
        created_at=clock.now(),
    )
    try:
        return _keep(material, str(part.session), by)
    finally:
        if not material.pk:
            stored.content.delete(save=False)
            stored.delete()


def _keep(material: Material, session: str, by: Actor) -> Material:
    """Give a version its number and write it; return the last one instead where it holds the same file."""
    with recording():
        Session.objects.select_for_update().only("pk").get(pk=material.session_id)
        versions = Material.objects.filter(
            session=material.session_id,
            contribution=material.contribution_id,
            speaker=material.speaker_id,
            kind=material.kind,
        )
        last = versions.select_related("file").first()
        if last is not None and last.file.sha256 == material.file.sha256:
            return last
        material.number = last.number + 1 if last else 1
        material.save(force_insert=True)
        speaker = Speaker.objects.select_related("person").get(pk=material.speaker_id or 0)
        record(
            "programme.speaker.material_handed_in",
            by=by,
            obj=speaker,
            file=material.file.name,
            session=session,
            kind=material.kind,
            number=material.number,
        )
        announce(
            MaterialHandedIn(
                by=by,
                edition_id=speaker.edition_id,
                speaker_id=speaker.pk,
                material_id=material.pk,
                session_id=material.session_id,
                kind=material.kind,
                number=material.number,
            )
        )
    return material


def _is_late(part: Appearance, kind: MaterialKind, by: Actor) -> bool:
    deadline = Deadline.objects.filter(edition=part.session.edition_id, kind=DEADLINES[kind]).first()
    if deadline is None:
        return False
    now = clock.now()
    if by.kind is ActorKind.LINK and now > deadline.closes_at:
        raise DeadlinePassed
    return now > deadline.due_at
