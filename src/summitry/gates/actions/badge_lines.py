"""What a guest says about her own badge: its lines as she wants them, within limits, and that it is right."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from summitry.directory.queries.names import names_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.search.fold import tokens
from summitry.gates.actions.badge_checks import check_badges, problems_of
from summitry.gates.enums import BadgeElement as E
from summitry.gates.enums import BadgeProblem as P
from summitry.gates.queries.badge_faces import Face, faces_of, layouts_of
from summitry.guests.events import GuestsChanged
from summitry.guests.models import Guest

FIELD_OF = {E.NAME.value: "badge_name", E.SECOND_NAME.value: "badge_second_name", E.LINE.value: "badge_line"}


def correct_badge(guest: Guest, *, by: Actor, name: str, second_name: str, line: str) -> frozenset[str]:
    """Change the lines of a guest's badge; return which fields changed. What changes has to be signed off anew.

    Announces GuestsChanged. Raises InvalidInput, beside the field: a name that is not hers, characters that cannot be
    printed, a line that does not fit.
    """
    require(by, "complete", guest)
    wanted = {
        "badge_name": " ".join(name.split()),
        "badge_second_name": " ".join(second_name.split()),
        "badge_line": " ".join(line.split()),
    }
    _refuse_others_name(guest, wanted)
    _refuse_what_does_not_fit(guest, wanted)
    with recording():
        differs = any(getattr(guest, field) != value for field, value in wanted.items())
        values = {**wanted, "badge_signed_at": None} if differs else wanted
        changed = change(guest, values, by=by, audit="gates.badge.corrected")
        if changed:
            announce(GuestsChanged(by=by, edition_id=guest.edition_id, guest_ids=(guest.pk,)))
    if changed:
        check_badges(guest.edition, [guest.pk])
    return changed


def sign_badge(guest: Guest, *, by: Actor, seen: str) -> None:
    """Note that a guest finds her badge right. Raises StaleState where it says something else than what she saw."""
    require(by, "complete", guest)
    if face_of(guest).digest != seen:
        raise StaleState
    with recording():
        now = clock.now()
        if Guest.objects.filter(pk=guest.pk).update(badge_signed_at=now):
            guest.badge_signed_at = now
            record("gates.badge.signed", by=by, obj=guest)


def face_of(guest: Guest) -> Face:
    """Return what stands on a guest's badge now, whether she is accredited or not."""
    return faces_of(guest.edition, [guest.pk])[guest.pk]


def _refuse_others_name(guest: Guest, wanted: dict[str, str]) -> None:
    """A name on the badge shares a word with one of the guest's registered names: it abbreviates, it does not replace."""
    known = {word for text in names_of([guest.person_id]).spellings(guest.person_id) for word in tokens(text)}
    wrong = {
        field: [
            _(
                "This has nothing in common with the name you are registered with. Please ask the office to change that one."
            )
        ]
        for field in ("badge_name", "badge_second_name")
        if wanted[field] and wanted[field] != getattr(guest, field) and not known & set(tokens(wanted[field]))
    }
    if wrong.keys() == {"badge_second_name"} and _is_other_script(wanted["badge_second_name"], known):
        return
    if wrong:
        raise InvalidInput(fields=wrong)


def _is_other_script(text: str, known: set[str]) -> bool:
    """Whether no registered name is written in the script of `text`: then there is nothing to compare it with."""
    return not text.isascii() and not any(not word.isascii() and word[0] > "\u036f" for word in known)


def _refuse_what_does_not_fit(guest: Guest, wanted: dict[str, str]) -> None:
    layouts = layouts_of(guest.edition)
    face = faces_of(guest.edition, [guest.pk], layouts)[guest.pk]
    texts = {**face.texts, **{kind: wanted[field] for kind, field in FIELD_OF.items() if wanted[field]}}
    wrong: dict[str, list[str]] = {}
    for problem in problems_of([replace(face, texts=texts)], layouts)[guest.pk]:
        field = FIELD_OF.get(problem["element"], "")
        if field and wanted[field]:
            wrong.setdefault(field, []).append(_words(problem))
    if wrong:
        raise InvalidInput(fields=wrong)


def _words(problem: dict[str, str]) -> str:
    if problem["kind"] == P.GLYPHS:
        return _("These characters cannot be printed: %(characters)s") % {"characters": problem["detail"]}
    return _("This does not fit on the badge. Please shorten it.")
