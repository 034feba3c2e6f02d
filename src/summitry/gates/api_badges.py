"""Badges over the API: the list, printing many as a job or one at once, new codes, and the lines of a guest's badge."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router, Schema, Status

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.files.sending import sent
from summitry.foundation.web.actor import actor_of
from summitry.gates.actions.badge_lines import correct_badge
from summitry.gates.actions.badge_printing import print_one, request_badges
from summitry.gates.actions.credentials import reprint
from summitry.gates.enums import BadgeOrder, SheetKind
from summitry.gates.models import BadgeBatch, Credential
from summitry.gates.queries.badge_choice import Choice, Which, valid_badges
from summitry.guests.models import Guest

router = Router()


class BadgeOut(Schema):
    """A valid badge. Its code is given to nobody over the API: it is on the badge."""

    guest: int
    name: str
    category: str
    issued_at: dt.datetime
    printed_at: dt.datetime | None
    signed_off_at: dt.datetime | None
    problems: list[str]
    is_outdated: bool


class PrintIn(Schema):
    """Which badges are printed, in which order, on what; see the console's page."""

    which: Which = Which.UNPRINTED
    categories: list[int] = []
    delegations: list[int] = []
    guests: list[int] = []
    anyway: bool = False
    order: BadgeOrder = BadgeOrder.NAME
    sheet: SheetKind = SheetKind.SINGLE
    marks: bool = False
    reason: str = ""


class BatchOut(Schema):
    """Badges printed at once. `files` are numbers; they are gone after two weeks."""

    id: int
    made_at: dt.datetime
    by: str
    badges: int
    files: list[int]
    progress: uuid.UUID | None = None


class ReasonIn(Schema):
    """Why a badge is replaced."""

    reason: str


class LinesIn(Schema):
    """The lines of a badge; empty ones follow the guest's record."""

    name: str = ""
    second_name: str = ""
    line: str = ""


@router.get("/{slug}/badges", response=CursorPage[BadgeOut], url_name="badges")
def list_badges(
    request: HttpRequest, slug: str, state: str = "", cursor: str | None = None, limit: int = 50
) -> CursorPage[BadgeOut]:
    """The valid badges of guests on site; `state` is printed or unprinted, or empty for all."""
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    rows = within(actor, valid_badges(edition)).select_related(
        "guest__category", "guest__person", "guest__badge_check"
    )
    if state:
        rows = rows.filter(printed_at__isnull=state != "printed")
    found, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage[BadgeOut](items=[_badge(row) for row in found], next=following)


@router.post("/{slug}/badges/print", response={202: BatchOut}, url_name="print_badges")
def print_badges(request: HttpRequest, slug: str, given: PrintIn) -> Status[BatchOut]:
    """Have badges made by a job; those printed before get new codes."""
    actor = actor_of(request)
    choice = Choice(**given.dict(include={"which", "categories", "delegations", "guests", "anyway"}))
    batch, progress = request_badges(
        edition_by_slug(actor, slug),
        choice,
        by=actor,
        order=given.order,
        sheet=given.sheet,
        marks=given.marks,
        reason=given.reason,
    )
    return Status(202, _batch(batch, progress.public_id))


@router.get("/{slug}/badge-batches/{batch_id}", response=BatchOut, url_name="badge_batch")
def get_batch(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """What was printed at once."""
    actor = actor_of(request)
    return _batch(_found_batch(edition_by_slug(actor, slug), actor, batch_id))


@router.get("/{slug}/badge-batches/{batch_id}/{file_id}.pdf", url_name="badge_batch_file", response=bytes)
def get_batch_file(request: HttpRequest, slug: str, batch_id: int, file_id: int) -> HttpResponseBase:
    """One file of a batch, as PDF."""
    actor = actor_of(request)
    stored = _found_batch(edition_by_slug(actor, slug), actor, batch_id).files.filter(pk=file_id).first()
    if stored is None:
        raise NotFound
    return sent(stored)


@router.post("/{slug}/badges/{guest_id}/pdf", url_name="print_badge", response=bytes)
def print_badge(request: HttpRequest, slug: str, guest_id: int, given: ReasonIn) -> HttpResponse:
    """Print one badge at once, as PDF; printed before, it gets a new code, and the reason is kept."""
    actor = actor_of(request)
    guest = _guest(edition_by_slug(actor, slug), actor, guest_id, "print")
    return HttpResponse(print_one(guest, by=actor, reason=given.reason), content_type="application/pdf")


@router.post("/{slug}/badges/{guest_id}/replace", response=BadgeOut, url_name="replace_badge")
def replace_badge(request: HttpRequest, slug: str, guest_id: int, given: ReasonIn) -> BadgeOut:
    """Give a guest's badge a new code; the former one opens nothing any more."""
    actor = actor_of(request)
    guest = _guest(edition_by_slug(actor, slug), actor, guest_id, "print")
    return _badge(reprint(guest, by=actor, reason=given.reason))


@router.put("/{slug}/badges/{guest_id}/lines", response=LinesIn, url_name="badge_lines")
def set_lines(request: HttpRequest, slug: str, guest_id: int, given: LinesIn) -> LinesIn:
    """Change the lines of a guest's badge; she is asked anew whether it is right."""
    actor = actor_of(request)
    guest = _guest(edition_by_slug(actor, slug), actor, guest_id, "view")
    correct_badge(guest, by=actor, name=given.name, second_name=given.second_name, line=given.line)
    return LinesIn(name=guest.badge_name, second_name=guest.badge_second_name, line=guest.badge_line)


def _guest(edition: Edition, actor: Actor, pk: int, verb: str) -> Guest:
    row = Guest.objects.filter(edition=edition, pk=pk).select_related("edition", "person", "category").first()
    if row is None or not policy_for(Credential).may(actor, verb, Credential(guest=row, edition=edition)):
        raise NotFound
    return row


def _found_batch(edition: Edition, actor: Actor, pk: int) -> BadgeBatch:
    row = within(actor, BadgeBatch.objects.filter(edition=edition, pk=pk)).first()
    if row is None:
        raise NotFound
    return row


def _badge(row: Credential) -> BadgeOut:
    check = getattr(row.guest, "badge_check", None)
    return BadgeOut(
        guest=row.guest_id,
        name=str(row.guest),
        category=str(row.guest.category),
        issued_at=row.issued_at,
        printed_at=row.printed_at,
        signed_off_at=row.guest.badge_signed_at,
        problems=[each["kind"] for each in check.problems] if check else [],
        is_outdated=bool(check and check.is_outdated),
    )


def _batch(row: BadgeBatch, progress: uuid.UUID | None = None) -> BatchOut:
    files = list(row.files.order_by("pk").values_list("pk", flat=True))
    return BatchOut(
        id=row.pk, made_at=row.made_at, by=row.actor_label, badges=row.badges, files=files, progress=progress
    )
