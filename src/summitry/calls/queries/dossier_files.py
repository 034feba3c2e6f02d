"""The files of an entry as a juror may have them: those of the frozen version, found by their digests."""

from __future__ import annotations

from summitry.calls.models import Assignment
from summitry.calls.queries.entry_content import latest_version, shown_content
from summitry.foundation.errors import NotFound
from summitry.foundation.models import StoredFile


def dossier_file(assignment: Assignment, slug: str, lang: str) -> StoredFile:
    """Return a file of the version that a juror judges, under the name by which she is shown it.

    The caller has found the assignment on her table. Raises NotFound, also for what a blind round hides.
    """
    version = latest_version(assignment.entry)
    if version is None:
        raise NotFound
    version.entry = assignment.entry
    content = shown_content(version, assignment.round.call, lang, blind=assignment.round.is_blind)
    wanted = next((answer.file for answer in content.answers if answer.file and answer.slug == slug), None)
    if wanted is None:
        raise NotFound
    stored = StoredFile.objects.filter(
        sha256=wanted.sha256, edition_id=assignment.round.call.edition_id
    ).first()
    if stored is None:
        raise NotFound
    stored.name = wanted.name
    return stored
