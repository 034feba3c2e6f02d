"""Opening a preparation pack: only after the undertaking, and never without a trace."""

from __future__ import annotations

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record
from summitry.foundation.errors import NotFound
from summitry.live.errors import UndertakingOpen
from summitry.live.models import Interpreter
from summitry.live.queries.mine import Pack, open_text, pack_of, works_in
from summitry.programme.models import Material, Session


def open_pack(interpreter: Interpreter, session: Session, lang: str, *, by: Actor) -> Pack:
    """Return what an interpreter prepares one of her sessions with, and note that she looked at it.

    Raises NotFound for a session in which she does not work, UndertakingOpen before she has accepted the present text.
    """
    _check(interpreter, session, by)
    record("live.pack.opened", by=by, obj=session, edition_id=interpreter.edition_id)
    return pack_of(session, lang)


def take_file(interpreter: Interpreter, material: Material, *, by: Actor) -> Material:
    """Note that an interpreter takes a file of one of her sessions, and return it. Raises like `open_pack`."""
    _check(interpreter, material.session, by)
    record(
        "live.pack.file_taken",
        by=by,
        obj=material.session,
        edition_id=interpreter.edition_id,
        file=material.file.name,
    )
    return material


def _check(interpreter: Interpreter, session: Session, by: Actor) -> None:
    require(by, "prepare", interpreter)
    if not works_in(interpreter, session):
        raise NotFound
    _text, accepted = open_text(interpreter)
    if not accepted:
        raise UndertakingOpen
