"""What an import would do, row by row: the report of a dry run, and the plan that is then carried out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.foundation.i18n import formats
from summitry.programme.actions.exchange.facets import LABELS, Facet, Scope
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.problems import Problem, Severity


class RowKind(StrEnum):
    """Which of our rows a line of the report is about."""

    SESSION = "session"
    PERSON = "person"
    ROOM = "room"
    FORUM = "forum"


class RowAction(StrEnum):
    """What happens to a row."""

    CREATE = "create"
    MOVE = "move"
    CHANGE = "change"
    CANCEL = "cancel"
    RESTORE = "restore"


class NoteCode(StrEnum):
    """What else a person should know before the import is carried out."""

    KEPT = "kept"
    REMOVED_HERE = "removed-here"
    NAMESAKE = "namesake"
    DRAFT_CHANGES = "draft-changes"


class ImportStage(StrEnum):
    """What an import does one after the other."""

    READ = "read"
    COMPARE = "compare"
    NAMES = "names"
    SESSIONS = "sessions"
    STORE = "store"
    PUBLISH = "publish"


class RefusalCode(StrEnum):
    """Why a plan is not carried out without somebody's decision."""

    ERRORS = "errors"
    NO_EVENTS = "no-events"
    ADDRESS = "address"


FIELDS_KEPT = "fields"
NOTES = {
    NoteCode.KEPT: _("Edited here and unchanged in the file; the edit stays (%(fields)s)."),
    NoteCode.REMOVED_HERE: _("Removed here and unchanged in the file; it stays removed."),
    NoteCode.NAMESAKE: _(
        "The directory already has somebody of this name (%(slug)s). Nobody is merged by name alone; please compare."
    ),
    NoteCode.DRAFT_CHANGES: _(
        "The draft holds changes that are not published yet (%(count)s); publishing the import publishes them as well."
    ),
}
REFUSALS = {
    RefusalCode.ERRORS: _("The file contradicts itself. Please decide about the errors listed below."),
    RefusalCode.NO_EVENTS: _("The file holds no event."),
    RefusalCode.ADDRESS: _("An edition cannot have the address “%(slug)s”."),
}
ACTIONS = {
    RowAction.CREATE: _("New"),
    RowAction.MOVE: _("Moved"),
    RowAction.CHANGE: _("Changed"),
    RowAction.CANCEL: _("Cancelled"),
    RowAction.RESTORE: _("Scheduled again"),
}
KINDS = {
    RowKind.SESSION: _("Sessions"),
    RowKind.PERSON: _("People"),
    RowKind.ROOM: _("Rooms"),
    RowKind.FORUM: _("Tracks"),
}
KIND = {
    RowKind.SESSION: _("Session"),
    RowKind.PERSON: _("Person"),
    RowKind.ROOM: _("Room"),
    RowKind.FORUM: _("Track"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row: from what to what. In a conflict it was edited here too, and the file's value replaces that."""

    field: str
    before: str
    after: str
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What happens to one row. `key` is its identity in the file, `label` what people call it."""

    kind: RowKind
    action: RowAction
    key: str
    label: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about one row (or, without `label`, about the whole)."""

    code: NoteCode
    label: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        params = dict(self.params)
        if FIELDS_KEPT in params:
            labels = [str(LABELS[Facet(facet)]) for facet in params[FIELDS_KEPT].split()]
            params[FIELDS_KEPT] = formats.listing(labels, get_language() or "en")
        return str(NOTES[self.code]) % params


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason why the plan is not carried out as it stands; `final` where nobody can decide otherwise."""

    code: RefusalCode
    final: bool = False
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return str(REFUSALS[self.code]) % dict(self.params)


@dataclass(frozen=True, slots=True)
class NewEdition:
    """The edition that an import opens, as the file's conference block describes it."""

    slug: str
    title: str
    acronym: str
    summit_slug: str
    summit_name: str
    starts_on: dt.date
    ends_on: dt.date
    zone_name: str
    languages: tuple[str, ...]
    website: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The whole report. Nothing has been written; `apply_import` carries it out if nothing changed meanwhile.

    `unchanged` counts the rows of each kind that stay as they are for every reader; for `silent` of them there is
    something to remember all the same, which only an export would show.
    """

    document: ScheduleDocument
    scope: Scope
    edition_id: int | None
    slug: str
    new_edition: NewEdition | None
    source_key: str
    rows: tuple[RowPlan, ...]
    unchanged: Mapping[RowKind, int]
    silent: int
    envelope_changed: bool
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    refusals: tuple[Refusal, ...]

    @property
    def is_empty(self) -> bool:
        """Whether carrying it out would write nothing."""
        return not (self.rows or self.silent or self.envelope_changed or self.new_edition)

    @property
    def conflicts(self) -> int:
        """How many edits made here the file replaces."""
        return sum(change.conflict for row in self.rows for change in row.changes)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems about which a person should decide."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def fingerprint(self) -> str:
        """A digest of what would be done, by which a later look tells whether it is still the same."""
        parts = (
            self.edition_id,
            self.slug,
            self.new_edition,
            self.source_key,
            self.rows,
            self.silent,
            self.envelope_changed,
        )
        return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()

    def counts(self) -> dict[RowKind, Counter[RowAction]]:
        """Return how many rows of each kind are created, changed, moved, cancelled and scheduled again."""
        counts: dict[RowKind, Counter[RowAction]] = {kind: Counter() for kind in RowKind}
        for row in self.rows:
            counts[row.kind][row.action] += 1
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did: in which edition, and which version is published now (None where there is none yet).

    `published` says whether that is a new one.
    """

    plan: ImportPlan
    edition_id: int
    slug: str
    version: int | None
    published: bool
    changed: bool
