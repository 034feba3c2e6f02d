"""Speakers' files over the API, and whom they named in their place; only what the asker works with."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponseBase
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.files.sending import sent
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.material import hand_in_material
from summitry.programme.actions.substitution import accept_substitute, refuse_substitute
from summitry.programme.enums import PUBLIC_ROLES, MaterialKind, SpeakerRole, SubstitutionState
from summitry.programme.models import Appearance, Material, Substitution

router = Router()


class MaterialOut(Schema):
    """One version of a file; the highest number counts."""

    id: int
    session: str
    contribution: int | None
    speaker: int | None
    kind: MaterialKind
    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    note: str
    is_late: bool
    created_at: dt.datetime


class SubstitutionOut(Schema):
    """Somebody proposed in a speaker's place; `part` is empty once the part is somebody else's."""

    id: int
    speaker: int
    session: str
    part: int | None
    role: SpeakerRole
    name: str
    email: str
    post: str
    state: SubstitutionState
    remarks: str


class DecisionIn(Schema):
    """A decision about a proposal, with a word for the speaker where it is not accepted."""

    accept: bool
    remarks: str = Field("", max_length=1000)


@router.post("/{slug}/parts/{part}/materials", response={201: MaterialOut}, summary="Hand in a file")
def post_material(
    request: HttpRequest,
    slug: str,
    part: int,
    kind: Form[MaterialKind],
    file: File[UploadedFile],
    note: Form[str] = "",
) -> Status[MaterialOut]:
    """Hand in the next version of a file for somebody's part."""
    actor, edition = _asked(request, slug)
    row = _part(actor, edition, part)
    return Status(201, _material(hand_in_material(row, kind, file, by=actor, note=note)))


@router.get("/{slug}/materials", response=CursorPage[MaterialOut], summary="Files handed in")
def list_materials(
    request: HttpRequest,
    slug: str,
    session: str = "",
    kind: MaterialKind | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[MaterialOut]:
    """List all versions of the files that you get, of one session or all, of one kind or all."""
    actor, edition = _asked(request, slug)
    rows = within(actor, Material.objects.filter(session__edition=edition))
    if session:
        rows = rows.filter(session__code=session)
    if kind is not None:
        rows = rows.filter(kind=kind)
    page, following = page_of(rows.select_related("file", "session"), cursor=cursor, limit=limit)
    return CursorPage(items=[_material(row) for row in page], next=following)


@router.get("/{slug}/materials/{material}/file", response=None, summary="Fetch a file")
def get_material_file(request: HttpRequest, slug: str, material: int) -> HttpResponseBase:
    """Return the bytes of one version."""
    actor, edition = _asked(request, slug)
    rows = within(actor, Material.objects.filter(session__edition=edition, pk=material))
    row = rows.select_related("file").first()
    if row is None:
        raise NotFound
    return sent(row.file)


@router.get("/{slug}/substitutions", response=CursorPage[SubstitutionOut], summary="Proposed substitutes")
def list_substitutions(
    request: HttpRequest,
    slug: str,
    state: SubstitutionState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[SubstitutionOut]:
    """List whom speakers of your forums named in their place."""
    actor, edition = _asked(request, slug)
    rows = within(actor, Substitution.objects.filter(session__edition=edition)).select_related("session")
    if state is not None:
        rows = rows.filter(state=state)
    page, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[_substitution(row) for row in page], next=following)


@router.post(
    "/{slug}/substitutions/{proposal}/decision",
    response=SubstitutionOut,
    summary="Decide about a substitute",
)
def decide_substitution(
    request: HttpRequest, slug: str, proposal: int, payload: DecisionIn
) -> SubstitutionOut:
    """Accept a substitute, who takes the part, or not; refused with 409 where it has been decided already."""
    actor, edition = _asked(request, slug)
    rows = within(actor, Substitution.objects.filter(session__edition=edition, pk=proposal))
    row = rows.select_related("session__forum", "session__edition", "speaker").first()
    if row is None:
        raise NotFound
    if payload.accept:
        accept_substitute(row, by=actor)
        row.refresh_from_db()
    else:
        refuse_substitute(row, by=actor, remarks=payload.remarks)
    return _substitution(row)


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, Edition]:
    actor = actor_of(request)
    return actor, edition_by_slug(actor, slug)


def _part(actor: Actor, edition: Edition, pk: int) -> Appearance:
    rows = within(actor, Appearance.objects.filter(session__edition=edition, pk=pk, role__in=PUBLIC_ROLES))
    row = rows.select_related("session__forum", "session__edition", "contribution", "person").first()
    if row is None:
        raise NotFound
    return row


def _material(row: Material) -> MaterialOut:
    return MaterialOut(
        id=row.pk,
        session=row.session.code,
        contribution=row.contribution_id,
        speaker=row.speaker_id,
        kind=MaterialKind(row.kind),
        number=row.number,
        name=row.file.name,
        media_type=row.file.media_type,
        size=row.file.size,
        sha256=row.file.sha256,
        note=row.note,
        is_late=row.is_late,
        created_at=row.created_at,
    )


def _substitution(row: Substitution) -> SubstitutionOut:
    return SubstitutionOut(
        id=row.pk,
        speaker=row.speaker_id,
        session=row.session.code,
        part=row.appearance_id,
        role=SpeakerRole(row.role),
        name=row.name,
        email=row.email,
        post=row.post,
        state=SubstitutionState(row.state),
        remarks=row.remarks,
    )
