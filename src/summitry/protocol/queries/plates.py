"""What stands on the name plates of a plan, and what could go wrong in print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from summitry.foundation.typeset import fonts_present, pdf
from summitry.foundation.typeset.glyphs import missing_glyphs
from summitry.protocol.models import SeatingPlan
from summitry.protocol.queries.people import Who, whos

LONG = 34
"""Names of more characters than this come out small on a plate."""


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a plate, in one language."""

    lang: str
    style: str
    name: str
    entity: str


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate: for which seat, both its faces, the flag, and what to look at before printing."""

    seat: str
    who: Who
    faces: tuple[Face, Face]
    asset: str
    problems: tuple[str, ...]


def plates_of(plan: SeatingPlan) -> list[Plate]:
    """Return a plate for everybody who has a seat and comes, in the order of seats, with twelve statements."""
    seats = list(plan.seats.filter(guest__isnull=False).select_related("block"))
    first, second = faces_of(plan)
    ids = [seat.guest_id for seat in seats if seat.guest_id is not None]
    front, back = (whos(plan.edition, ids, lang) for lang in (first, second))
    plates = []
    for seat in seats:
        who, other = front[seat.guest_id or 0], back[seat.guest_id or 0]
        faces = (_face(who, first, plan), _face(other, second, plan))
        asset = who.flag.asset if who.flag is not None else ""
        plates.append(Plate(str(seat), who, faces, asset, tuple(_problems(faces, who))))
    return plates


def faces_of(plan: SeatingPlan) -> tuple[str, str]:
    """Return the languages of the two faces: the first two of the edition, English beside a single other one."""
    languages = [*plan.edition.languages, "en"]
    return languages[0], next((lang for lang in languages if lang != languages[0]), languages[0])


def plates_document(plan: SeatingPlan) -> bytes:
    """Return the plates as a PDF. Raises the refusals of `foundation.typeset`."""
    plates = plates_of(plan)
    files = {_picture(plate.asset): path for plate in plates if (path := _drawing(plate.asset)) is not None}
    data = {
        "lang": faces_of(plan)[0].partition("-")[0],
        "plates": [
            {"seat": plate.seat, "faces": [_printed(face, plate.asset, files) for face in plate.faces]}
            for plate in plates
        ],
    }
    return pdf("protocol/plates.typ", data, files=files)


def _face(who: Who, lang: str, plan: SeatingPlan) -> Face:
    return Face(
        lang,
        who.style.shown(lang, plan.edition.fallback).text,
        who.name.text,
        who.entity.text if who.entity is not None else "",
    )


def _problems(faces: tuple[Face, Face], who: Who) -> Iterator[str]:
    if faces[0].name == faces[1].name:
        yield _("Both faces show the same name: no other form of it was given.")
    if any(len(face.name) > LONG for face in faces):
        yield _("The name is long and comes out small.")
    if who.style and any(who.style.get(face.lang) == "" for face in faces):
        yield _("The style before the name is missing in one of the languages.")
    if who.entity is not None and who.flag is None:
        yield _("There is no flag.")
    if fonts_present():
        missing = missing_glyphs(text for face in faces for text in (face.style, face.name, face.entity))
        if missing:
            yield _("Our fonts cannot draw: %(characters)s") % {"characters": " ".join(missing)}


def _printed(face: Face, asset: str, files: Mapping[str, Path]) -> dict[str, Any]:
    name = _picture(asset)
    return {
        "lang": face.lang.partition("-")[0],
        "style": face.style,
        "name": face.name,
        "entity": face.entity,
        "flag": name if name in files else None,
    }


def _picture(asset: str) -> str:
    return Path(asset).name.lower()


def _drawing(asset: str) -> Path | None:
    found = finders.find(asset) if asset else None
    return Path(found) if isinstance(found, str) else None
