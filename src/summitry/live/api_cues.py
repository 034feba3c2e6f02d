"""Cue sheets over the API: cues are added, changed, moved and removed, and a sheet is copied from another session's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.access import Actor, within
from summitry.foundation.api import reworded
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text
from summitry.live.actions.cues import add_cue, change_cue, copy_cues, move_cue, remove_cue, set_lead
from summitry.live.api import SheetOut, sheet_out
from summitry.live.models import Cue
from summitry.live.models.run import LONGEST_CUE, LONGEST_LEAD, LONGEST_WORDS
from summitry.live.queries.rundown import rundown_now, session_to_run
from summitry.programme.models import Session

router = Router()


class CueChangeIn(Schema):
    """What a cue is to say; what is left out stays. `what` is given by language."""

    model_config = ConfigDict(extra="forbid")

    what: dict[str, str] | None = None
    minutes: int | None = Field(None, ge=0, le=LONGEST_CUE)
    who: str | None = Field(None, max_length=LONGEST_WORDS)
    screen: str | None = Field(None, max_length=LONGEST_WORDS)
    sound: str | None = Field(None, max_length=LONGEST_WORDS)
    interpretation: str | None = Field(None, max_length=LONGEST_WORDS)
    broadcast: str | None = Field(None, max_length=LONGEST_WORDS)


class CueIn(CueChangeIn):
    """A new cue, which comes last."""

    what: dict[str, str]
    minutes: int = Field(ge=0, le=LONGEST_CUE)


class CueMoveIn(Schema):
    """By how many places down the sheet; negative: up."""

    steps: int = Field(ge=-500, le=500)


class CopyIn(Schema):
    """From which session the cue sheet is copied, by its code."""

    source: str


class LeadIn(Schema):
    """How many minutes before the session its cue sheet begins."""

    minutes: int = Field(ge=0, le=LONGEST_LEAD)


@router.post("/{slug}/runs/{code}/cues", response={201: SheetOut}, url_name="cues")
def post_cue(request: HttpRequest, slug: str, code: str, body: CueIn) -> Status[SheetOut]:
    """Add a cue at the end of a session's sheet."""
    actor, _edition, session = _asked(request, slug, code)
    add_cue(session, by=actor, **_values(body, Text()))
    return Status(201, _sheet(actor, session))


@router.patch("/{slug}/cues/{cue}", response=SheetOut, url_name="cue")
def patch_cue(request: HttpRequest, slug: str, cue: int, body: CueChangeIn) -> SheetOut:
    """Change what a cue says or how long it is."""
    actor, row = _cue(request, slug, cue)
    change_cue(row, by=actor, **_values(body, row.what))
    return _sheet(actor, row.session)


@router.post("/{slug}/cues/{cue}/move", response=SheetOut, url_name="cue_move")
def post_move(request: HttpRequest, slug: str, cue: int, body: CueMoveIn) -> SheetOut:
    """Move a cue that has not begun, as far as there are others that have not."""
    actor, row = _cue(request, slug, cue)
    move_cue(row, body.steps, by=actor)
    return _sheet(actor, row.session)


@router.delete("/{slug}/cues/{cue}", response=SheetOut, url_name="cue_removal")
def delete_cue(request: HttpRequest, slug: str, cue: int) -> SheetOut:
    """Remove a cue that has not begun; the log keeps its words."""
    actor, row = _cue(request, slug, cue)
    remove_cue(row, by=actor)
    return _sheet(actor, row.session)


@router.post("/{slug}/runs/{code}/copy", response=SheetOut, url_name="run_copy")
def post_copy(request: HttpRequest, slug: str, code: str, body: CopyIn) -> SheetOut:
    """Fill the empty cue sheet of a session from another session that you work on."""
    actor, edition, session = _asked(request, slug, code)
    copy_cues(session, session_to_run(actor, edition, body.source), by=actor)
    return _sheet(actor, session)


@router.put("/{slug}/runs/{code}/lead", response=SheetOut, url_name="run_lead")
def put_lead(request: HttpRequest, slug: str, code: str, body: LeadIn) -> SheetOut:
    """Say how long before the session its cue sheet begins."""
    actor, _edition, session = _asked(request, slug, code)
    set_lead(session, body.minutes, by=actor)
    return _sheet(actor, session)


def _asked(request: HttpRequest, slug: str, code: str) -> tuple[Actor, Edition, Session]:
    edition, actor = edition_at_work(request, slug)
    return actor, edition, session_to_run(actor, edition, code)


def _cue(request: HttpRequest, slug: str, pk: int) -> tuple[Actor, Cue]:
    edition, actor = edition_at_work(request, slug)
    rows = within(actor, Cue.objects.filter(session__edition=edition, pk=pk))
    cue = rows.select_related("session__edition").first()
    if cue is None:
        raise NotFound
    return actor, cue


def _values(body: CueChangeIn, present: Text) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    values = {name: value for name, value in given.items() if value is not None}
    if body.what is not None:
        values["what"] = reworded(present, body.what)
    return values


def _sheet(actor: Actor, session: Session) -> SheetOut:
    return sheet_out(rundown_now(session_to_run(actor, session.edition, session.code)))
