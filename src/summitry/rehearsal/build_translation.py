"""The translation workbench of the demo: a glossary, handed-out work, and texts whose source changed after translation."""

from __future__ import annotations

import datetime as dt

from summitry.directory.actions.term import NewTerm, approve_term, propose_terms, retire_term
from summitry.directory.enums import TermState
from summitry.editions.permissions import EDITOR, TRANSLATOR
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text, TextState
from summitry.foundation.models import Account
from summitry.programme.actions.session import update_contribution, update_session
from summitry.programme.models import Contribution, Session
from summitry.rehearsal.built import Built
from summitry.rehearsal.content.reading import read
from summitry.translation.actions.assignment import assign
from summitry.translation.actions.translate import Origin, Wish, write_translations
from summitry.translation.queries.units import units_by_id

TERM_SOURCE = "Secretariat of the Rivertown Summit"
CHANGED = 9
UNREAD = 24


def build_translation(built: Built, by: Actor) -> None:
    """Build it; the accounts and the programme are there already."""
    _terms(by)
    _work(built, by)
    _stale(built, by)
    _machine(built, by)


def _terms(by: Actor) -> None:
    given = read("terms")["term"]
    made = propose_terms(
        [
            NewTerm(
                words=Text.of(term["words"], "en"),
                forbidden=term.get("never", {}),
                source=TERM_SOURCE,
            )
            for term in given
        ],
        by=by,
    )
    for planned, term in zip(given, made, strict=True):
        state = planned.get("state", TermState.APPROVED)
        if state == TermState.APPROVED:
            approve_term(term, by=by)
        elif state == TermState.RETIRED:
            retire_term(term, by=by)


def _work(built: Built, by: Actor) -> None:
    edition = built.edition
    day = dt.datetime.combine(edition.starts_on, dt.time(18), edition.zone)
    holders = Account.objects.filter(grants__scope_kind="edition", grants__scope_id=edition.pk)
    translator = holders.filter(grants__role=TRANSLATOR.code).first()
    editor = holders.filter(grants__role=EDITOR.code).first()
    if translator is not None:
        assign(edition, translator, "ar", by=by, due_at=day - dt.timedelta(days=10))
        assign(
            edition,
            translator,
            "fr",
            by=by,
            source="programme.session",
            due_at=day - dt.timedelta(days=3),
            note="Titles first",
        )
    if editor is not None:
        assign(edition, editor, "zh-hans", by=by, due_at=day - dt.timedelta(days=7))


def _stale(built: Built, by: Actor) -> None:
    """Sources that were touched up after their translation: the workbench shows what changed."""
    sessions = Session.objects.filter(edition=built.edition).select_related("forum").order_by("pk")
    for session in list(sessions)[3 : 3 + CHANGED * 4 : 4]:
        words = session.abstract.get(session.abstract.source)
        if words:
            more = f"{words} Questions are taken from the room and from remote participants."
            update_session(session, by=by, abstract=session.abstract.with_text(session.abstract.source, more))
    contributions = Contribution.objects.filter(session__edition=built.edition).select_related(
        "session__forum"
    )
    for contribution in list(contributions.order_by("pk"))[5 : 5 + CHANGED * 5 : 5]:
        title = contribution.title
        if title.source == "en" and ":" not in title.get("en"):
            update_contribution(
                contribution, by=by, title=title.with_text("en", f"{title.get('en')}: first results")
            )


def _machine(built: Built, by: Actor) -> None:
    """Rooms that a machine has named in Russian and nobody has read."""
    ids = [f"editions.room:{room.pk}:name" for room in built.rooms.values()][:UNREAD]
    units = [unit for unit in units_by_id(built.edition, ids).values() if unit.text.get("ru")]
    wishes = [Wish(unit, unit.text.get("ru"), TextState.MACHINE) for unit in units]
    write_translations(built.edition, "ru", wishes, by=by, origin=Origin.MACHINE)
