"""The dry run: what an import would do, as a report that can be shown, kept for a moment, and carried out."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require, system
from summitry.foundation.jobs import SILENT, Tracker
from summitry.programme.actions.exchange.comparing import Comparison, compare
from summitry.programme.actions.exchange.facets import WHOLE, Scope
from summitry.programme.actions.exchange.opening import (
    described_edition,
    is_free_form,
    suggested_slug,
    zone_of,
)
from summitry.programme.actions.exchange.report import (
    ImportPlan,
    NewEdition,
    Note,
    NoteCode,
    Refusal,
    RefusalCode,
)
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.problems import Problem, Severity
from summitry.programme.queries.export_envelope import envelope_to_keep
from summitry.programme.queries.export_keys import session_key
from summitry.programme.queries.export_rows import (
    DraftRows,
    KnownSource,
    RowKey,
    latest_version,
    whole_draft,
)

LONGEST_KEY = 120
TABLE = "table:"
SYSTEM = system("import")


def plan_import(
    document: ScheduleDocument,
    edition: Edition | None,
    *,
    by: Actor,
    slug: str = "",
    problems: Sequence[Problem] = (),
    scope: Scope = WHOLE,
    watch: Tracker = SILENT,
) -> ImportPlan:
    """Return what importing `document` would do; nothing is written.

    Without an `edition`, one is to be opened at `slug` (by default one made of the file's acronym). `problems` are
    what the file's reader found; an error among them makes the plan one that a person has to decide about.
    `scope` is what the file tells of at all.
    Raises PermissionRefused.
    """
    plan, _comparison = planned(
        document, edition, by=by, slug=slug, problems=problems, scope=scope, watch=watch
    )
    return plan


def planned(
    document: ScheduleDocument,
    edition: Edition | None,
    *,
    by: Actor,
    slug: str = "",
    problems: Sequence[Problem] = (),
    scope: Scope = WHOLE,
    watch: Tracker = SILENT,
) -> tuple[ImportPlan, Comparison]:
    """Return the plan together with what the writer needs."""
    if edition is not None:
        require(by, "edit", edition)
    else:
        require(by, "create", model=Edition)
    rows = whole_draft(edition) if edition else None
    known = _source_of(document, rows, scope)
    zone: ZoneInfo = edition.zone if edition else zone_of(document)
    comparison = compare(document, rows, known, zone, scope, watch)
    slug = edition.slug if edition else slug or suggested_slug(document.conference)
    new = described_edition(document, slug) if edition is None else None
    envelope_changed = edition is None or known is None
    if edition and known and scope.is_whole:
        envelope_changed = _envelope_differs(document, edition, known)
    plan = ImportPlan(
        document=document,
        scope=scope,
        edition_id=edition.pk if edition else None,
        slug=slug,
        new_edition=new,
        source_key=known.source.key if known else _key_of(document, scope),
        rows=tuple(comparison.lines),
        unchanged=dict(comparison.unchanged),
        silent=comparison.silent,
        envelope_changed=envelope_changed,
        notes=(*_draft_notes(rows), *comparison.notes),
        problems=tuple(problems),
        refusals=_refusals(document, new, problems),
    )
    return plan, comparison


def _draft_notes(rows: DraftRows | None) -> list[Note]:
    """What a publication would bring beside the import."""
    version = latest_version(rows.edition, SYSTEM) if rows else None
    if rows is None or version is None:
        return []
    places = version.slots.filter(is_cancelled=False).values_list(
        "session_id", "room_id", "starts_at", "ends_at"
    )
    draft = {(slot.session_id, slot.room_id, slot.starts_at, slot.ends_at) for slot in rows.slots}
    count = len({place[0] for place in draft ^ set(places)})
    return [Note(NoteCode.DRAFT_CHANGES, params=(("count", str(count)),))] if count else []


def _source_of(document: ScheduleDocument, rows: DraftRows | None, scope: Scope) -> KnownSource | None:
    """The schedule of which the document is another version: the one that shares most events, else the one of its name.

    A table is never another version of a schedule file, for it tells less.
    """
    sources = [
        known
        for known in (rows.sources if rows else ())
        if known.source.key.startswith(TABLE) != scope.is_whole
    ]
    keys = [RowKey("session", session_key(event.guid)) for event in document.events]
    shared = {known.source.pk: sum(key in known.rows for key in keys) for known in sources}
    best = max(sources, key=lambda known: shared[known.source.pk], default=None)
    if best and shared[best.source.pk]:
        return best
    return next((known for known in sources if known.source.key == _key_of(document, scope)), None)


def _key_of(document: ScheduleDocument, scope: Scope) -> str:
    conference = document.conference
    name = conference.acronym or conference.title or document.base_url or "schedule"
    return (name if scope.is_whole else TABLE + name)[:LONGEST_KEY]


def _envelope_differs(document: ScheduleDocument, edition: Edition, known: KnownSource) -> bool:
    return bool(known.source.envelope.get("document") != envelope_to_keep(document, edition)["document"])


def _refusals(
    document: ScheduleDocument, new: NewEdition | None, problems: Sequence[Problem]
) -> tuple[Refusal, ...]:
    refusals = []
    if new is not None and not is_free_form(new.slug):
        refusals.append(Refusal(RefusalCode.ADDRESS, final=True, params=(("slug", new.slug),)))
    if not document.events:
        refusals.append(Refusal(RefusalCode.NO_EVENTS))
    if any(problem.severity is Severity.ERROR for problem in problems):
        refusals.append(Refusal(RefusalCode.ERRORS))
    return tuple(refusals)
