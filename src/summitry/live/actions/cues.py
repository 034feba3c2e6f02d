"""Writing cue sheets: drafting, adding, changing, moving, removing, copying."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.i18n import Text
from summitry.live.actions.first_cues import LEAD_MINUTES, first_cues
from summitry.live.errors import CueHasBegun, ForeignObject, NotPlaced, SheetNotEmpty
from summitry.live.events import CueSheetChanged
from summitry.live.models import Cue, Run
from summitry.live.queries.places import current_version, places_in
from summitry.programme.models import Session

COPIED = ("contribution_id", "minutes", "what", "who", "screen", "sound", "interpretation", "broadcast")


def locked_run(session: Session) -> Run:
    """Return the session's run, made if need be and held for the rest of the caller's transaction."""
    Run.objects.get_or_create(session=session)
    return Run.objects.select_for_update().get(session=session)


def draft_cues(session: Session, *, by: Actor) -> list[Cue]:
    """Write the first cue sheet of a session: doors, opening, each contribution with its people, closing.

    Announces CueSheetChanged. Raises SheetNotEmpty, and NotPlaced where the session has no time yet.
    """
    require(by, "edit", Run(session=session))
    place = places_in(current_version(session.edition), [session.pk]).get(session.pk)
    if place is None:
        raise NotPlaced
    with recording():
        run = locked_run(session)
        _check_empty(session)
        cues = first_cues(session, int((place.ends_at - place.starts_at).total_seconds()) // 60)
        return _filled(session, run, cues, LEAD_MINUTES, by=by, audit="live.cues.drafted")


def copy_cues(session: Session, source: Session, *, by: Actor) -> list[Cue]:
    """Fill an empty cue sheet with the cues of another session of the edition, without what names its contributions.

    Announces CueSheetChanged. Raises SheetNotEmpty and ForeignObject.
    """
    require(by, "edit", Run(session=session))
    require(by, "view", Run(session=source))
    if source.edition_id != session.edition_id:
        raise ForeignObject
    with recording():
        run = locked_run(session)
        _check_empty(session)
        cues = []
        for one in Cue.objects.filter(session=source):
            values = {name: getattr(one, name) for name in COPIED}
            if one.contribution_id is not None:
                values |= {"contribution_id": None, "who": ""}
            cues.append(Cue(**values))
        theirs = Run.objects.filter(session=source).values_list("lead_minutes", flat=True).first() or 0
        return _filled(session, run, cues, theirs, by=by, audit="live.cues.copied", source=str(source))


def add_cue(session: Session, *, by: Actor, what: Text, minutes: int, **fields: Any) -> Cue:
    """Add a cue at the end of a sheet. Announces CueSheetChanged. Raises InvalidInput."""
    require(by, "edit", Run(session=session))
    with recording():
        locked_run(session)
        last = Cue.objects.filter(session=session).aggregate(last=Max("position"))["last"]
        cue = Cue(
            session=session, what=what, minutes=minutes, position=0 if last is None else last + 1, **fields
        )
        checked(cue, only={"what", "minutes", *fields})
        cue.save(force_insert=True)
        record("live.cue.added", by=by, obj=session, edition_id=session.edition_id, cue=str(what))
        announce(CueSheetChanged(by=by, edition_id=session.edition_id, session_id=session.pk))
    return cue


def change_cue(cue: Cue, *, by: Actor, **values: Any) -> Cue:
    """Change what a cue says or how long it is. Announces CueSheetChanged. Raises InvalidInput and StaleState."""
    require(by, "edit", cue)
    with recording():
        if change(cue, values, by=by, audit="live.cue.changed"):
            announce(CueSheetChanged(by=by, edition_id=cue.edition_id, session_id=cue.session_id))
    return cue


def move_cue(cue: Cue, steps: int, *, by: Actor) -> None:
    """Move a cue down its sheet by `steps` (negative: up), as far as there are cues that have not begun.

    Announces CueSheetChanged. Raises CueHasBegun.
    """
    require(by, "edit", cue)
    with recording():
        locked_run(cue.session)
        cues = list(Cue.objects.filter(session=cue.session_id))
        at = next((place for place, one in enumerate(cues) if one.pk == cue.pk), None)
        if at is None or cues[at].started_at is not None:
            raise CueHasBegun
        first = max((place for place, one in enumerate(cues) if one.started_at is not None), default=-1) + 1
        to = min(max(at + steps, first), len(cues) - 1)
        if to == at:
            return
        cues.insert(to, cues.pop(at))
        for place, one in enumerate(cues):
            one.position = place
        Cue.objects.bulk_update(cues, ["position"])
        record(
            "live.cue.moved", by=by, obj=cue.session, edition_id=cue.edition_id, cue=str(cue), place=to + 1
        )
        announce(CueSheetChanged(by=by, edition_id=cue.edition_id, session_id=cue.session_id))


def remove_cue(cue: Cue, *, by: Actor) -> None:
    """Remove a cue that has not begun; the log keeps its words. Announces CueSheetChanged. Raises CueHasBegun."""
    require(by, "edit", cue)
    with recording():
        locked_run(cue.session)
        if Cue.objects.filter(pk=cue.pk, started_at__isnull=False).exists():
            raise CueHasBegun
        record(
            "live.cue.removed",
            by=by,
            obj=cue.session,
            edition_id=cue.edition_id,
            cue=str(cue),
            before={name: getattr(cue, name) for name in COPIED},
        )
        cue.delete()
        announce(CueSheetChanged(by=by, edition_id=cue.edition_id, session_id=cue.session_id))


def set_lead(session: Session, minutes: int, *, by: Actor) -> Run:
    """Say how long before the session its cue sheet begins. Announces CueSheetChanged. Raises InvalidInput."""
    require(by, "edit", Run(session=session))
    with recording():
        run = locked_run(session)
        if change(run, {"lead_minutes": minutes}, by=by, audit="live.lead.set"):
            announce(CueSheetChanged(by=by, edition_id=session.edition_id, session_id=session.pk))
    return run


def _check_empty(session: Session) -> None:
    if Cue.objects.filter(session=session).exists():
        raise SheetNotEmpty


def _filled(
    session: Session, run: Run, cues: list[Cue], lead: int, *, by: Actor, audit: str, **told: Any
) -> list[Cue]:
    for place, cue in enumerate(cues):
        cue.session, cue.position = session, place
    made = Cue.objects.bulk_create(cues)
    run.lead_minutes = lead
    run.save(update_fields=["lead_minutes"])
    record(audit, by=by, obj=session, edition_id=session.edition_id, count=len(made), **told)
    announce(CueSheetChanged(by=by, edition_id=session.edition_id, session_id=session.pk))
    return made
