"""What the typesetter is handed: sheets, badges and layouts as plain values, and the pictures on them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from summitry.directory.queries.scripts import script_of
from summitry.foundation.models import StoredFile
from summitry.foundation.typeset.codes import square_code
from summitry.gates.enums import BadgeElement as E
from summitry.gates.enums import BadgeOrder
from summitry.gates.models import BadgeLayout
from summitry.gates.queries.badge_elements import Element, elements_of
from summitry.gates.queries.badge_faces import Face, photos_of
from summitry.gates.queries.badge_sheets import Sheet, Wanted, impose

TEMPLATE = "gates/badges.typ"
LANGUAGES = {"Arab": "ar", "Hani": "zh", "Kana": "zh", "Thai": "th", "Deva": "hi", "Hebr": "he", "Cyrl": "ru"}
UNSPACED = frozenset({"Hani", "Kana", "Thai"})
"""Scripts that are broken anywhere in a line."""
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
LARGEST_PHOTO = 800
"""Pixels on the longer side: 600 dots to the inch for a photo of 34 mm."""
WHITE = 160.0
"""A colour less bright than this (of 255) needs white letters on it."""


class BadgeDocument:
    """Badges to be set: `data` for the template, `files` beside it."""

    def __init__(
        self,
        faces: Sequence[Face],
        layouts: Mapping[int, BadgeLayout],
        *,
        sheet: str,
        marks: bool = False,
        order: str = BadgeOrder.NAME,
    ) -> None:
        faces = [face for face in faces if face.layout_id in layouts]
        self.files: dict[str, bytes | Path] = {}
        self._elements = {pk: elements_of(layout.elements) for pk, layout in layouts.items()}
        self._bands = {
            pk: [each for each in found if each.kind == E.BAND] for pk, found in self._elements.items()
        }
        self._photos = photos_of(faces) if self._has(E.PHOTO) else {}
        self._pictures = {pk: self._picture(layout) for pk, layout in layouts.items()}
        self.data: dict[str, Any] = {
            "marks": marks,
            "layouts": {str(pk): [asdict(each) for each in found] for pk, found in self._elements.items()},
            "badges": [self._badge(face) for face in faces],
            "sheets": [_sheet(each) for each in imposed(faces, layouts, sheet, marks=marks, order=order)],
        }

    def _has(self, kind: str) -> bool:
        return any(each.kind == kind for found in self._elements.values() for each in found)

    def _badge(self, face: Face) -> dict[str, Any]:
        elements = self._elements[face.layout_id or 0]
        values = {str(place): self._value(face, each) for place, each in enumerate(elements)}
        return {
            "key": face.guest_id,
            "layout": str(face.layout_id),
            "colour": face.colour,
            "code": square_code(face.token) if face.token else "",
            "values": {place: value for place, value in values.items() if value},
        }

    def _value(self, face: Face, element: Element) -> Any:
        if element.is_text:
            text = element.text if element.kind == E.TEXT else face.texts.get(element.kind, "")
            is_on_band = any(_lies_on(element, band) for band in self._bands[face.layout_id or 0])
            return _set_text(text, _on_colour(face.colour) if is_on_band else "") if text else None
        if element.kind == E.FLAG:
            return self._flag(face.flag)
        if element.kind == E.PHOTO:
            return self._photo(self._photos.get(face.photo_id or 0))
        return self._pictures.get(face.layout_id or 0) if element.kind == E.PICTURE else None

    def _flag(self, asset: str) -> str | None:
        name = f"flag-{Path(asset).stem.lower()}.svg"
        if asset and name not in self.files:
            found = finders.find(asset)
            if not found:
                return None
            self.files[name] = Path(str(found))
        return name if asset else None

    def _photo(self, stored: StoredFile | None) -> str | None:
        if stored is None or stored.media_type not in SUFFIXES:
            return None
        name = f"photo-{stored.pk}.{SUFFIXES[stored.media_type]}"
        if name not in self.files:
            self.files[name] = _for_print(stored)
        return name

    def _picture(self, layout: BadgeLayout) -> str | None:
        return self._photo(layout.picture)


def imposed(
    faces: Sequence[Face], layouts: Mapping[int, BadgeLayout], kind: str, *, marks: bool, order: str
) -> list[Sheet]:
    """Return the sheets of faces in their order; by delegation, each begins a new one."""
    wanted = [
        Wanted(
            number,
            float(layouts[face.layout_id or 0].width),
            float(layouts[face.layout_id or 0].height),
            face.delegation if order == BadgeOrder.DELEGATION else "",
        )
        for number, face in enumerate(faces)
    ]
    return impose(wanted, kind, marks=marks)


def in_order(faces: Sequence[Face], order: str) -> list[Face]:
    """Return faces in the order in which they are printed."""
    keys: dict[str, Any] = {
        BadgeOrder.DELEGATION: lambda face: (face.delegation == "", face.delegation, face.sort_key),
        BadgeOrder.CATEGORY: lambda face: (face.place, face.sort_key),
        BadgeOrder.NUMBER: lambda face: face.issued,
    }
    return sorted(faces, key=keys.get(order, lambda face: (face.sort_key, face.guest_id)))


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "width": sheet.width,
        "height": sheet.height,
        "group": sheet.group,
        "slots": [asdict(slot) for slot in sheet.slots],
    }


def _set_text(text: str, colour: str) -> dict[str, Any]:
    script = script_of(text)
    words = [] if script in UNSPACED else sorted(text.replace("-", "- ").split(), key=len)[-2:]
    return {"text": text, "lang": LANGUAGES.get(script, "en"), "words": words, "colour": colour}


def _lies_on(element: Element, band: Element) -> bool:
    middle = element.x + element.w / 2, element.y + element.h / 2
    return band.x <= middle[0] <= band.x + band.w and band.y <= middle[1] <= band.y + band.h


def _on_colour(colour: str) -> str:
    """Letters on the band of a category are black or white, whichever is read more easily."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < WHITE else "#000000"


def _for_print(stored: StoredFile) -> bytes:
    from PIL import Image  # noqa: PLC0415 - heavy: only print needs Pillow

    with stored.content.open("rb") as file:
        content: bytes = file.read()
    if max(stored.width or 0, stored.height or 0) <= LARGEST_PHOTO:
        return content
    with Image.open(io.BytesIO(content)) as picture:
        form = picture.format or "JPEG"
        picture.draft("RGB", (LARGEST_PHOTO, LARGEST_PHOTO))
        picture.thumbnail((LARGEST_PHOTO, LARGEST_PHOTO))
        out = io.BytesIO()
        picture.save(out, form, quality=85)
    return out.getvalue()
