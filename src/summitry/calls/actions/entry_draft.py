"""The draft of an entry: saved as its entrant goes, complete or not, until it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from summitry.calls.enums import WITH_ENTRANT, NominationState, QuestionKind
from summitry.calls.errors import CallClosed, EntryClosed
from summitry.calls.events import EntriesChanged
from summitry.calls.models import Attachment, Entry, EntryVersion, Nomination, Question
from summitry.calls.queries.entry_form import ANSWER, EntryForm, form_of
from summitry.calls.queries.entry_values import (
    known_zone,
    read_answer,
    read_entity,
    read_kind,
    read_language,
    read_line,
    read_text,
)
from summitry.calls.queries.entry_windows import is_open
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.files import Purpose, store_file
from summitry.foundation.files.documents import ODF, OOXML, PDF, office_problem
from summitry.foundation.files.shredding import shred_files
from summitry.foundation.files.store import IMAGES
from summitry.foundation.models import StoredFile
from summitry.guests.actions.application import CLEARED
from summitry.guests.queries.answer_values import Refused

MB = 1_000_000
USUAL_LIMIT = 20
"""Megabytes of a file, where its question does not say."""
FILE_TYPES = (
    PDF,
    *IMAGES,
    f"{OOXML}.presentationml.presentation",
    f"{OOXML}.wordprocessingml.document",
    f"{ODF}.presentation",
    f"{ODF}.text",
    "video/mp4",
)
LOCKED = ("call__edition", "area", "entity", "rules_text")


@dataclass(slots=True)
class _Changes:
    """What a save changes: fields and answers by name, files by question (None takes one back), and what was refused."""

    fields: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    files: dict[str, StoredFile | None] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """What changed, by name."""
        return frozenset(self.fields) | {ANSWER + slug for slug in (*self.answers, *self.files)}


def save_draft(
    entry: Entry,
    values: Mapping[str, Any],
    *,
    by: Actor,
    expected_edits: int | None = None,
    is_autosave: bool = False,
) -> frozenset[str]:
    """Write what was filled in, complete or not; return the names of what changed.

    `values` are title and abstract by language, area, kind and entity by their codes, organisation_name, contact_name,
    language, zone_name, and answers as "q.<slug>": plain ones, files as uploads, or CLEARED. What is not there stays. With
    `expected_edits` a page that was loaded before somebody saved something else is refused (StaleState), unless it changes
    nothing. Autosaves are not told of in the log. Raises InvalidInput by name with nothing written, CallClosed, EntryClosed.
    """
    require(by, "fill", entry)
    check_open(entry, by)
    form = form_of(entry.call)
    with (
        _stored(entry, form, values, by) as (uploads, refused),
        recording() if uploads or not is_autosave else transaction.atomic(),
    ):
        present = locked_entry(entry)
        check_open(present, by)
        changes = _read(present, form, values, uploads, refused)
        if changes.errors:
            raise InvalidInput(fields=changes.errors)
        if changes.names:
            if expected_edits is not None and expected_edits != present.edits:
                raise StaleState(
                    _(
                        "This was changed in another window meanwhile. Nothing was saved; your words are still here."
                    )
                )
            _write(present, changes)
            _told(present, changes.names, by, is_autosave=is_autosave)
    for name in ("edits", "changed_at", "answers", *changes.fields):
        setattr(entry, name, getattr(present, name))
    return changes.names


def check_open(entry: Entry, by: Actor) -> None:
    """Raise EntryClosed for an entry that was handed in or left, CallClosed where the time is over, but not for the office."""
    if entry.state not in WITH_ENTRANT:
        raise EntryClosed
    if not is_open(entry) and not policy_for(Entry).may(by, "edit", entry):
        raise CallClosed


def locked_entry(entry: Entry) -> Entry:
    """Return an entry as it is now, held until the transaction ends."""
    rows = Entry.objects.select_for_update(no_key=True, of=("self",)).select_related(*LOCKED)
    return rows.get(pk=entry.pk)


def file_limit(question: Question) -> int:
    """Return how large the file of a question may be, in megabytes."""
    return min(question.longest or USUAL_LIMIT, settings.UPLOAD_LIMIT // MB)


@contextmanager
def _stored(
    entry: Entry, form: EntryForm, values: Mapping[str, Any], by: Actor
) -> Iterator[tuple[dict[str, StoredFile], dict[str, str]]]:
    """Keep the uploads among `values` before anything is locked, and shred them again where the save fails.

    Gives the files and, where one cannot be used, why, by question.
    """
    kept: dict[str, StoredFile] = {}
    refused: dict[str, str] = {}
    for one in form.questions:
        upload = values.get(ANSWER + one.slug)
        if one.kind != QuestionKind.FILE or not isinstance(upload, UploadedFile):
            continue
        try:
            kept[one.slug] = _stored_file(upload, one, by, entry.edition_id)
        except InvalidInput as refusal:
            refused[one.slug] = str(refusal)
    try:
        yield kept, refused
    except BaseException:
        shred_files(kept.values())
        raise


def _stored_file(upload: UploadedFile[Any], question: Question, by: Actor, edition_id: int) -> StoredFile:
    limit = file_limit(question)
    if (upload.size or 0) > limit * MB:
        raise InvalidInput(_("The file is too large: at most %(limit)d MB."), limit=limit)
    if problem := office_problem(upload):
        raise InvalidInput(problem)
    return store_file(upload, Purpose("entry_file", FILE_TYPES, limit * MB), by=by, edition_id=edition_id)


def _read(
    entry: Entry,
    form: EntryForm,
    values: Mapping[str, Any],
    uploads: Mapping[str, StoredFile],
    refused: Mapping[str, str],
) -> _Changes:
    """Return what differs from what stands there."""
    changes = _Changes(errors={ANSWER + slug: [why] for slug, why in refused.items()})
    for name, read in _readers(entry, form).items():
        if name in values:
            try:
                new = read(values[name])
            except Refused as refusal:
                changes.errors[name] = [str(refusal)]
                continue
            if new != getattr(entry, name):
                changes.fields[name] = new
    attached = set(Attachment.objects.filter(entry=entry).values_list("slug", flat=True))
    for one in form.questions:
        if ANSWER + one.slug in values and one.slug not in refused:
            _read_one(entry, one, values[ANSWER + one.slug], uploads, attached, changes)
    known = {*_readers(entry, form), *(ANSWER + one.slug for one in form.questions)}
    for name in values.keys() - known:
        changes.errors[name] = [_("This is not asked at the moment.")]
    return changes


def _read_one(
    entry: Entry,
    question: Question,
    raw: Any,
    uploads: Mapping[str, StoredFile],
    attached: set[str],
    changes: _Changes,
) -> None:
    slug = question.slug
    if question.kind == QuestionKind.FILE:
        if slug in uploads:
            changes.files[slug] = uploads[slug]
        elif raw is CLEARED and slug in attached:
            changes.files[slug] = None
        elif raw and raw is not CLEARED:
            changes.errors[ANSWER + slug] = [_("Please choose a file.")]
        return
    try:
        value = read_answer(question, raw, entry.call.edition)
    except Refused as refusal:
        changes.errors[ANSWER + slug] = [str(refusal)]
        return
    if value != entry.answers.get(slug):
        changes.answers[slug] = value


def _readers(entry: Entry, form: EntryForm) -> dict[str, Callable[[Any], Any]]:
    def text(name: str, limit: int, *, is_line: bool) -> Callable[[Any], Any]:
        return lambda raw: read_text(getattr(entry, name), raw, form.call, limit, is_line=is_line)

    def area(raw: Any) -> Any:
        found = form.area(str(raw)) if raw else None
        if raw and found is None:
            raise Refused(_("Choose one of the list."))
        return found

    return {
        "title": text("title", 200, is_line=True),
        "abstract": text("abstract", 3000, is_line=False),
        "area": area,
        "kind": read_kind,
        "organisation_name": read_line,
        "entity": read_entity,
        "contact_name": lambda raw: read_line(raw, 200),
        "language": read_language,
        "zone_name": lambda raw: known_zone(raw) or entry.zone_name,
    }


def _write(entry: Entry, changes: _Changes) -> None:
    for name, value in changes.fields.items():
        setattr(entry, name, value)
    if "organisation_name" in changes.fields:
        entry.organisation = None
    answers = {**entry.answers, **changes.answers}
    entry.answers = {slug: value for slug, value in answers.items() if value is not None}
    entry.edits += 1
    entry.changed_at = clock.now()
    entry.save(update_fields=["answers", "edits", "changed_at", "organisation", *changes.fields])
    for slug, file in changes.files.items():
        replace_file(entry, slug, file)


def replace_file(entry: Entry, slug: str, file: StoredFile | None) -> None:
    """Put a file in the place of a question's present one, or none; what a frozen version names is kept for it."""
    old = Attachment.objects.filter(entry=entry, slug=slug).select_related("file").first()
    if file is None:
        Attachment.objects.filter(entry=entry, slug=slug).delete()
    else:
        Attachment.objects.update_or_create(entry=entry, slug=slug, defaults={"file": file})
    if old is not None and old.file.sha256 not in frozen_files(entry):
        shred_files([old.file])


def frozen_files(entry: Entry) -> set[str]:
    """Return the digests of the files that the frozen versions of an entry name."""
    contents = EntryVersion.objects.filter(entry=entry).values_list("content", flat=True)
    return {one["sha256"] for content in contents for one in content["files"].values()}


def _told(entry: Entry, names: frozenset[str], by: Actor, *, is_autosave: bool) -> None:
    if entry.edits == 1:
        Nomination.objects.filter(entry=entry, state=NominationState.INVITED).update(
            state=NominationState.TAKEN_UP
        )
    if is_autosave:
        return
    record("calls.entry.saved", by=by, obj=entry, count=len(names))
    announce(EntriesChanged(by=by, edition_id=entry.edition_id, call_id=entry.call_id, entry_ids=(entry.pk,)))
