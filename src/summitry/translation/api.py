"""The translation workbench over the API: the texts with their states, saving, files, and who translates what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.i18n import TextState
from summitry.foundation.models import Account
from summitry.foundation.web.actor import actor_of
from summitry.translation.actions.assignment import assign, change_assignment, withdraw_assignment
from summitry.translation.actions.exporting import Exported, export_table, export_xliff
from summitry.translation.actions.importing import apply_import, plan_import, read_translations
from summitry.translation.actions.translate import Seen, save_translation
from summitry.translation.models import Assignment
from summitry.translation.queries.cards import Card, cards
from summitry.translation.queries.glossary import Glossary
from summitry.translation.queries.people import assignments as assignments_of
from summitry.translation.queries.people import translators
from summitry.translation.queries.reach import reach_of
from summitry.translation.queries.units import Unit, units_by_id
from summitry.translation.queries.worklist import Wanted, Worklist

router = Router()
MOST = 200


class TextOut(Schema):
    """A text and its translation. Send `seen_source` and `seen_target` back on saving, so that nobody is overwritten."""

    id: str
    kind: str
    field: str
    name: str
    source_language: str
    source: str
    language: str
    translation: str
    state: str
    forums: list[int]
    due_at: dt.datetime | None


class TermOut(Schema):
    """An agreed term that stands in the source."""

    term: str
    source: str
    translation: str
    forbidden: list[str]


class TextDetailOut(TextOut):
    """A text with what a translator looks at: the former source where it is stale, agreed terms, and remarks."""

    former_source: str | None
    terms: list[TermOut]
    remarks: list[str]
    longest: int | None
    seen_source: str
    seen_target: str


class TextIn(Schema):
    """A translation; empty words remove it. `state` is reviewed or machine (needs review)."""

    words: str
    state: TextState = TextState.REVIEWED
    seen_source: str | None = None
    seen_target: str | None = None


class ProgressOut(Schema):
    """How far a language has come, in texts."""

    language: str
    missing: int
    machine: int
    stale: int
    reviewed: int


class ImportedOut(Schema):
    """What a file did, or would do: how many texts had which outcome, and why some were refused."""

    written: int
    outcomes: dict[str, int]
    refused: dict[str, str]


class AssignmentOut(Schema):
    """Who translates what. An empty `source` means all kinds, no `forum` all forums."""

    id: int
    account: str
    language: str
    source: str
    forum: int | None
    due_at: dt.datetime | None
    note: str


class AssignmentIn(Schema):
    """Work to be handed out; `account` is the address by which the translator signs in."""

    account: str
    language: str
    source: str = ""
    forum: int | None = None
    due_at: dt.datetime | None = None
    note: str = ""


class AssignmentPatch(Schema):
    """What can be changed of an assignment."""

    due_at: dt.datetime | None = None
    note: str | None = None


@router.get("/{slug}/translations", response=CursorPage[TextOut], url_name="translations")
def list_texts(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[TextOut]:
    """Texts to translate, by the filters of the workbench: lang, state, kind, field, forum, assignee, due, q."""
    work, wanted = _asked(request, slug)
    found = work.find(wanted)
    ids = [unit.id for unit in found]
    if cursor and cursor not in ids:
        raise InvalidInput(fields={"cursor": ["The cursor is not valid; start again without one."]})
    first = ids.index(cursor) + 1 if cursor else 0
    page = found[first : first + max(1, min(limit, MOST))]
    more = bool(page) and page[-1].id != ids[-1]
    items = [TextOut(**_facts(unit, wanted.lang, work)) for unit in page]
    return CursorPage[TextOut](items=items, next=page[-1].id if more else None)


@router.get("/{slug}/translations/progress", response=list[ProgressOut], url_name="translation_progress")
def progress(request: HttpRequest, slug: str) -> list[ProgressOut]:
    """How far every language has come."""
    work, _wanted = _asked(request, slug)
    found = ((lang, work.progress(lang)) for lang in work.languages)
    return [
        ProgressOut(
            language=lang, missing=one.missing, machine=one.machine, stale=one.stale, reviewed=one.reviewed
        )
        for lang, one in found
    ]


@router.get("/{slug}/translations/file.csv", url_name="translation_table", response={200: None})
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The texts of a filter as CSV."""
    work, wanted = _asked(request, slug)
    return _sent(export_table(work.edition, work.find(wanted), wanted.lang))


@router.get("/{slug}/translations/file.xlf", url_name="translation_xliff", response={200: None})
def xliff(request: HttpRequest, slug: str, source: str = "en") -> HttpResponse:
    """The texts of a filter that were written in `source`, as XLIFF 2."""
    work, wanted = _asked(request, slug)
    return _sent(export_xliff(work.edition, work.find(wanted), source, wanted.lang))


@router.post("/{slug}/translations/file", response=ImportedOut, url_name="translation_import")
def bring_back(
    request: HttpRequest,
    slug: str,
    lang: str,
    *,
    dry_run: bool = True,
    as_reviewed: bool = False,
) -> ImportedOut:
    """Take a file back, XLIFF 2 or CSV as the body; with `dry_run` (the default) only say what it would do."""
    actor, edition = _edition(request, slug)
    document = read_translations(request.body)
    plan = plan_import(edition, document, lang, by=actor, as_reviewed=as_reviewed)
    written = 0 if dry_run else apply_import(plan, by=actor)
    refused = {row.entry.id: str(row.problem) for row in plan.rows if row.problem}
    outcomes = {str(outcome): count for outcome, count in plan.counts.items()}
    return ImportedOut(written=written, outcomes=outcomes, refused=refused)


@router.get("/{slug}/translations/{text_id}/{lang}", response=TextDetailOut, url_name="translation")
def one_text(request: HttpRequest, slug: str, text_id: str, lang: str) -> TextDetailOut:
    """One text with its terms and remarks."""
    actor, edition = _edition(request, slug)
    return _detail(edition, actor, text_id, lang)


@router.put("/{slug}/translations/{text_id}/{lang}", response=TextDetailOut, url_name="translate")
def translate(request: HttpRequest, slug: str, text_id: str, lang: str, given: TextIn) -> TextDetailOut:
    """Save a translation; 409 where somebody else saved first, or where the source has changed."""
    actor, edition = _edition(request, slug)
    seen = None
    if given.seen_source is not None and given.seen_target is not None:
        seen = Seen(given.seen_source, given.seen_target)
    save_translation(edition, text_id, lang, given.words, by=actor, state=given.state, seen=seen)
    return _detail(edition, actor, text_id, lang)


@router.get("/{slug}/assignments", response=CursorPage[AssignmentOut], url_name="assignments")
def list_assignments(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[AssignmentOut]:
    """Who translates what."""
    actor, edition = _edition(request, slug)
    reach_of(actor, edition)
    rows, following = page_of(assignments_of(edition, actor), cursor=cursor, limit=limit)
    return CursorPage[AssignmentOut](items=[_assignment(row) for row in rows], next=following)


@router.post("/{slug}/assignments", response={201: AssignmentOut}, url_name="assign")
def hand_out(request: HttpRequest, slug: str, given: AssignmentIn) -> Status[AssignmentOut]:
    """Ask somebody to translate."""
    actor, edition = _edition(request, slug)
    reach = reach_of(actor, edition)
    work = Worklist(edition, actor, reach)
    people = translators(edition, list(work.forums)) if reach.coordinates else Account.objects.none()
    account = people.filter(email__iexact=given.account).first()
    if reach.coordinates and account is None:
        raise InvalidInput(fields={"account": ["Nobody who may translate here signs in by this address."]})
    row = assign(
        edition,
        account or Account(),
        given.language,
        by=actor,
        source=given.source,
        forum_id=given.forum,
        due_at=given.due_at,
        note=given.note,
    )
    return Status(201, _assignment(row))


@router.patch("/{slug}/assignments/{number}", response=AssignmentOut, url_name="change_assignment")
def rearrange(request: HttpRequest, slug: str, number: int, given: AssignmentPatch) -> AssignmentOut:
    """Change when an assignment is due, or its note."""
    actor, edition = _edition(request, slug)
    facts = given.dict(exclude_unset=True)
    if facts.get("note", "") is None:
        facts["note"] = ""
    return _assignment(change_assignment(_row(edition, actor, number), by=actor, **facts))


@router.delete("/{slug}/assignments/{number}", response={204: None}, url_name="withdraw_assignment")
def take_back(request: HttpRequest, slug: str, number: int) -> Status[None]:
    """Take an assignment back."""
    actor, edition = _edition(request, slug)
    withdraw_assignment(_row(edition, actor, number), by=actor)
    return Status(204, None)


def _edition(request: HttpRequest, slug: str) -> tuple[Actor, Edition]:
    actor = actor_of(request)
    return actor, edition_by_slug(actor, slug)


def _asked(request: HttpRequest, slug: str) -> tuple[Worklist, Wanted]:
    actor, edition = _edition(request, slug)
    work = Worklist(edition, actor, reach_of(actor, edition))
    return work, Wanted.read(request.GET, work.languages)


def _row(edition: Edition, actor: Actor, number: int) -> Assignment:
    row = assignments_of(edition, actor).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def _facts(unit: Unit, lang: str, work: Worklist) -> dict[str, Any]:
    return {
        "id": unit.id,
        "kind": unit.source.key,
        "field": unit.field.name,
        "name": str(unit.name),
        "source_language": unit.text.source,
        "source": unit.original,
        "language": lang,
        "translation": unit.text.get(lang),
        "state": str(unit.state(lang)),
        "forums": sorted(unit.forums),
        "due_at": work.due(unit, lang),
    }


def _detail(edition: Edition, actor: Actor, text_id: str, lang: str) -> TextDetailOut:
    reach = reach_of(actor, edition)
    unit = units_by_id(edition, [text_id]).get(text_id)
    if unit is None or lang == unit.text.source or not reach.may_read(lang, unit.forums):
        raise NotFound
    work = Worklist(edition, actor, reach)
    card: Card = cards([unit], lang, work, Glossary())[0]
    former = "".join(piece.text for piece in card.change if piece.kind != "new")
    return TextDetailOut(
        **_facts(unit, lang, work),
        former_source=former if card.change else None,
        terms=[
            TermOut(
                term=pair.key, source=pair.source, translation=pair.target, forbidden=list(pair.forbidden)
            )
            for pair in card.terms
        ],
        remarks=list(card.remarks),
        longest=card.longest,
        seen_source=card.seen_source,
        seen_target=card.seen_target,
    )


def _assignment(row: Assignment) -> AssignmentOut:
    return AssignmentOut(
        id=row.pk,
        account=row.account.email,
        language=row.language,
        source=row.source,
        forum=row.forum_id,
        due_at=row.due_at,
        note=row.note,
    )


def _sent(file: Exported) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.data, content_type=file.content_type, headers=headers)
