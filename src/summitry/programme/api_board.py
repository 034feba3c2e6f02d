"""The board over the API: what is unscheduled, what clashes, versions compared, publication, and what there is to plan with."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import BaseModel

from summitry.algorithms.clashes import Severity
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import require, visible
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.capacity import set_capacities
from summitry.programme.actions.schedule import draft_of
from summitry.programme.actions.versions import Despite, publish_draft, roll_forward
from summitry.programme.enums import CapacityKind, ChangeKind
from summitry.programme.models import Capacity, Session, Version
from summitry.programme.queries.board import state_of
from summitry.programme.queries.board_versions import diff_lines, differences
from summitry.programme.queries.clash_lines import clashes_of

router = Router()
DRAFT = "draft"
SeverityName = Literal["blocking", "warning", "note"]
_SEVERITIES: dict[Severity, SeverityName] = {
    Severity.BLOCKING: "blocking",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


class UnscheduledOut(Schema):
    """The draft's state, and the codes of the sessions that have no place in it."""

    state: str
    sessions: list[str]


class ClashOut(Schema):
    """A clash: its kind, how bad it is, the sessions by code, when it begins, and a sentence with people and places."""

    key: str
    kind: str
    severity: SeverityName
    sessions: list[str]
    at: dt.datetime
    sentence: str


class ClashesOut(Schema):
    """The draft's state and everything that clashes in it, the worst first."""

    state: str
    items: list[ClashOut]


class DifferenceOut(Schema):
    """One difference between two states of the schedule, with a sentence in the language asked for."""

    kind: ChangeKind
    session: str
    sentence: str


class VersionOut(Schema):
    """A published version of the schedule."""

    number: int
    label: str
    note: str
    published_at: dt.datetime
    changes: int


class PublishIn(Schema):
    """What to say about a new version. `state` is the draft's state that you read: if it is another now, 409.

    A draft with blocking clashes is published only with `despite_clashes` and a `reason`, which the log keeps.
    """

    note: str = Field("", max_length=500)
    label: str = Field("", max_length=120)
    state: str = ""
    despite_clashes: bool = False
    reason: str = Field("", max_length=500)


class ForwardIn(Schema):
    """The draft's state that you read: if it is another now, 409."""

    state: str = ""


class ForwardOut(Schema):
    """How many slots of the draft were changed, and its state now."""

    changed: int
    state: str


class CapacityItem(BaseModel):
    """How many of a kind there are at a time; `lang` is the language of interpretation teams."""

    kind: CapacityKind
    lang: str = Field("", max_length=20)
    amount: int = Field(ge=0, le=32_767)
    setup_minutes: int = Field(0, ge=0, le=32_767)
    strike_minutes: int = Field(0, ge=0, le=32_767)


@router.get("/{slug}/schedule/unscheduled", response=UnscheduledOut, url_name="unscheduled")
def list_unscheduled(request: HttpRequest, slug: str) -> UnscheduledOut:
    """The sessions that have no place in the draft, for the edition's staff."""
    edition, draft = _asked(request, slug)
    rows = Session.objects.filter(edition=edition).exclude(slots__version=draft, slots__is_cancelled=False)
    codes = list(rows.order_by("code").values_list("code", flat=True))
    return UnscheduledOut(state=state_of(draft), sessions=codes)


@router.get("/{slug}/schedule/clashes", response=ClashesOut, url_name="clashes")
def list_clashes(request: HttpRequest, slug: str, lang: str = "en") -> ClashesOut:
    """Everything that clashes in the draft, for the edition's staff; sentences in `lang`."""
    edition, draft = _asked(request, slug)
    lines = clashes_of(draft, lang)
    codes = dict(Session.objects.filter(edition=edition).values_list("pk", "code"))
    items = [
        ClashOut(
            key=line.key,
            kind=line.kind,
            severity=_SEVERITIES[line.severity],
            sessions=[codes[pk] for pk in line.session_ids],
            at=dt.datetime.fromtimestamp(line.at, dt.UTC),
            sentence=line.sentence,
        )
        for line in lines
    ]
    return ClashesOut(state=state_of(draft), items=items)


@router.get("/{slug}/schedule/compare", response=list[DifferenceOut], url_name="compare")
def compare(
    request: HttpRequest,
    slug: str,
    old: str,
    new: str = DRAFT,
    lang: str = "en",
) -> list[DifferenceOut]:
    """What turns one state of the schedule into another: numbers of versions, or `draft`."""
    edition, draft = _asked(request, slug)
    first, second = (_version(edition, draft, name) for name in (old, new))
    lines = diff_lines(edition, differences(first, second), lang)
    return [DifferenceOut(kind=line.change.kind, session=line.code, sentence=line.sentence) for line in lines]


@router.get("/{slug}/schedule/versions", response=CursorPage[VersionOut], url_name="versions")
def list_versions(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[VersionOut]:
    """The published versions, oldest first."""
    edition = edition_by_slug(actor_of(request), slug)
    rows = visible(actor_of(request), Version.objects.filter(edition=edition, number__isnull=False))
    versions, following = page_of(rows, cursor=cursor, limit=limit, key="number")
    return CursorPage[VersionOut](items=[_version_out(version) for version in versions], next=following)


@router.post("/{slug}/schedule/versions", response=VersionOut, url_name="publishing")
def publish(request: HttpRequest, slug: str, wanted: PublishIn) -> VersionOut:
    """Publish the draft as the next version; where nothing changed, answers with the last one."""
    version = publish_draft(
        edition_by_slug(actor_of(request), slug),
        by=actor_of(request),
        note=wanted.note,
        label=wanted.label,
        seen=wanted.state,
        despite=Despite(wanted.reason) if wanted.despite_clashes else None,
    )
    return _version_out(version)


@router.post("/{slug}/schedule/versions/{number}/forward", response=ForwardOut, url_name="forward")
def forward(request: HttpRequest, slug: str, number: int, wanted: ForwardIn) -> ForwardOut:
    """Make the places of a published version the draft's again; publishes nothing."""
    edition, draft = _asked(request, slug)
    version = _version(edition, draft, str(number))
    changed = roll_forward(version, by=actor_of(request), seen=wanted.state)
    return ForwardOut(changed=changed, state=state_of(draft))


@router.get("/{slug}/schedule/capacities", response=list[CapacityItem], url_name="capacities")
def list_capacities(request: HttpRequest, slug: str) -> list[CapacityItem]:
    """How many teams, crews and links there are, for the edition's staff."""
    edition, _draft = _asked(request, slug)
    return [_capacity(row) for row in edition.capacities.all()]


@router.put("/{slug}/schedule/capacities", response=list[CapacityItem], url_name="setting_capacities")
def put_capacities(request: HttpRequest, slug: str, wanted: list[CapacityItem]) -> list[CapacityItem]:
    """Set how many teams, crews and links there are; kinds that are left out have no limit."""
    edition, _draft = _asked(request, slug)
    rows = set_capacities(edition, [Capacity(**item.model_dump()) for item in wanted], by=actor_of(request))
    return [_capacity(row) for row in rows]


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Version]:
    """Return the edition and its draft. Raises NotFound, also for whoever may not see the draft."""
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    require(actor, "view", Version(edition=edition))
    draft = draft_of(edition)
    draft.edition = edition
    return edition, draft


def _version(edition: Edition, draft: Version, name: str) -> Version:
    if name == DRAFT:
        return draft
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 9 else 0
    version = Version.objects.filter(edition=edition, number=number).first()
    if version is None:
        raise NotFound
    version.edition = edition
    return version


def _capacity(row: Capacity) -> CapacityItem:
    return CapacityItem(
        kind=CapacityKind(row.kind),
        lang=row.lang,
        amount=row.amount,
        setup_minutes=row.setup_minutes,
        strike_minutes=row.strike_minutes,
    )


def _version_out(version: Version) -> VersionOut:
    if version.number is None or version.published_at is None:
        raise NotFound
    return VersionOut(
        number=version.number,
        label=version.label,
        note=version.note,
        published_at=version.published_at,
        changes=len(version.changes),
    )
