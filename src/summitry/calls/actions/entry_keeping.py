"""How long what entrants gave is kept: empty drafts two weeks, personal data and dossiers two years after the edition.

What remains of an entry then is what the call's record needs: its number, title and organisation, the digests of its
versions, and what became of it; not what officers and jurors wrote about it on the way. Laureates stay as they were announced.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import CharField, F, Max, QuerySet, Value
from django.db.models.functions import Cast, Concat

from summitry.calls.enums import EntryState
from summitry.calls.models import (
    Assignment,
    Attachment,
    Call,
    Conflict,
    EligibilityCheck,
    Entry,
    EntryVersion,
    Member,
    Nomination,
    Rejection,
    Relation,
    Standing,
    StepWords,
)
from summitry.calls.queries.entry_content import erased_content
from summitry.foundation import clock
from summitry.foundation.access import Actor, system
from summitry.foundation.audit import record, recording
from summitry.foundation.files.shredding import shred_files
from summitry.foundation.jobs import job
from summitry.foundation.models import StoredFile

EMPTY_DAYS, KEEP_DAYS = 14, 730
RETENTION = system("retention")
ERASED = "@erased.invalid"
GONE = "–"


@job(retries=0)
def keep_no_longer() -> None:
    """Each day: delete drafts in which nobody wrote anything, and erase what was kept long enough."""
    forget_empty_drafts(by=RETENTION)
    last = (clock.now() - dt.timedelta(days=KEEP_DAYS)).date()
    for call in Call.objects.filter(edition__ends_on__lt=last).select_related("edition"):
        erase_entries(call, by=RETENTION)


def forget_empty_drafts(*, by: Actor) -> int:
    """Delete drafts that stayed empty for two weeks; return how many.

    The last one of a call stays until another one follows, so that no number is given twice.
    """
    before = clock.now() - dt.timedelta(days=EMPTY_DAYS)
    with recording():
        empty = Entry.objects.filter(state=EntryState.DRAFT, edits=0, created_at__lt=before)
        newest = dict(Call.objects.annotate(last=Max("entries__number")).values_list("pk", "last"))
        rows = [
            (pk, edition)
            for pk, call, number, edition in empty.values_list("pk", "call", "number", "call__edition")
            if number != newest[call]
        ]
        for edition in sorted({one for _pk, one in rows}):
            mine = [pk for pk, one in rows if one == edition]
            Entry.objects.filter(pk__in=mine).delete()
            record("calls.entries.forgotten", by=by, edition_id=edition, count=len(mine))
    return len(rows)


def erase_entries(call: Call, *, by: Actor) -> int:
    """Erase the personal data and the dossiers of a call's entries, laureates aside; return of how many entries.

    A second time there is nothing left to erase. Part of the program's own work: nobody else may.
    """
    with recording():
        entries = Entry.objects.filter(call=call).exclude(state=EntryState.ANNOUNCED)
        found = list(entries.exclude(contact_email__endswith=ERASED).values_list("pk", flat=True))
        nominations = Nomination.objects.filter(call=call)
        nominated = nominations.count()
        if found:
            _erase(Entry.objects.filter(pk__in=found), found)
            record("calls.entries.erased", by=by, obj=call, count=len(found))
        if nominated:
            nominations.delete()
            record("calls.nominations.erased", by=by, obj=call, count=nominated)
    return len(found)


def _erase(entries: QuerySet[Entry], ids: list[int]) -> None:
    files = StoredFile.objects.filter(pk__in=Attachment.objects.filter(entry__in=ids).values("file"))
    held = list(files)
    Attachment.objects.filter(entry__in=ids).delete()
    shred_files(held)
    versions = list(EntryVersion.objects.filter(entry__in=ids).select_related("entry"))
    for version in versions:
        version.content = erased_content(version.entry.number)
    EntryVersion.objects.bulk_update(versions, ["content"], batch_size=200)
    Relation.objects.filter(entry__in=ids).delete()
    nobody = Concat(Cast("pk", CharField()), Value(ERASED))
    Member.objects.filter(entry__in=ids).update(
        name=GONE, email=nobody, organisation_name="", part="", person=None
    )
    _erase_words(ids)
    entries.update(
        contact_name="",
        contact_email=nobody,
        answers={},
        abstract={},
        remarks="",
        reason="",
        generation=F("generation") + 1,
    )


def _erase_words(ids: list[int]) -> None:
    """Let go of why entries were returned, rejected, moved or kept from a juror: that it was done stays."""
    StepWords.objects.filter(entry__in=ids).update(words="", salt="")
    Rejection.objects.filter(entry__in=ids).update(reason=GONE)
    EligibilityCheck.objects.filter(entry__in=ids).exclude(words="").update(words=GONE)
    Conflict.objects.filter(entry__in=ids).exclude(words="").update(words=GONE)
    Standing.objects.filter(entry__in=ids).exclude(reason="").update(reason=GONE)
    Assignment.objects.filter(entry__in=ids).exclude(reason="").update(reason=GONE)
