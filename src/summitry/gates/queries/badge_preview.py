"""How one badge looks, as a picture: of a guest, or of somebody invented whose every line is long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models.functions import Length
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import typeset
from summitry.foundation.access import Actor, visible
from summitry.gates.enums import BadgeElement as E
from summitry.gates.enums import BadgeProblem as P
from summitry.gates.enums import SheetKind
from summitry.gates.models import BadgeLayout
from summitry.gates.queries.badge_document import TEMPLATE, BadgeDocument
from summitry.gates.queries.badge_faces import Face, faces_of
from summitry.gates.queries.tokens import spaced
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest

PPI = 130
SAMPLES = 12
NUMBER = "0123456789ABCDEF"


def invented(layout: BadgeLayout) -> Face:
    """Return the face of somebody who does not exist and whose lines are as long as lines are."""
    return Face(
        guest_id=0,
        credential_id=None,
        token=NUMBER,
        layout_id=layout.pk,
        texts={
            E.NAME: "María José Hernández-Castellanos",
            E.SECOND_NAME: "玛丽亚·何塞·埃尔南德斯",
            E.LINE: _("Deputy Director-General for International Cooperation"),
            E.ORGANISATION: _("International Institute for Digital Development"),
            E.DELEGATION: _("International Institute for Digital Development"),
            E.ENTITY: _("Country or region"),
            E.CATEGORY: _("Delegate"),
            E.ZONES: "A · B · C",
            E.TOKEN: spaced(NUMBER),
        },
        colour="#1f4f8b",
        flag="vendor/flags/un.svg",
        photo_id=None,
        photo_mark="",
        needs_photo=False,
        delegation="",
        place=0,
        sort_key="",
    )


def preview_face(edition: Edition, layout: BadgeLayout, guest_id: int, actor: Actor) -> Face:
    """Return the face of a guest as this layout would show it; of somebody invented where she may not be seen."""
    if guest_id and visible(actor, Guest.objects.filter(pk=guest_id, edition=edition)).exists():
        face = faces_of(edition, [guest_id]).get(guest_id)
        if face is not None:
            return with_layout(face, layout.pk)
    return invented(layout)


def with_layout(face: Face, layout_id: int | None) -> Face:
    """Return a face on another layout, with a number that opens nothing."""
    texts = {**face.texts, E.TOKEN: spaced(NUMBER)}
    return replace(face, layout_id=layout_id, token=NUMBER, texts=texts)


def picture_of(face: Face, layout: BadgeLayout, *, ppi: int = PPI) -> bytes:
    """Return a picture of a badge. Raises FontsMissing."""
    document = BadgeDocument([with_layout(face, layout.pk)], {layout.pk: layout}, sheet=SheetKind.SINGLE)
    return typeset.png(TEMPLATE, document.data, files=document.files, ppi=ppi, seconds=20)[0]


def sample_guests(edition: Edition, actor: Actor) -> list[Guest]:
    """Return some accredited guests to try a layout with: those with the longest names."""
    rows = visible(actor, Guest.objects.filter(edition=edition, state=GuestState.CONFIRMED))
    return list(
        rows.select_related("person").order_by(Length("person__reference_name").desc(), "pk")[:SAMPLES]
    )


def words_of(problem: Mapping[str, Any]) -> str:
    """Return what is wrong with a badge in words of the active language."""
    kind, detail = problem.get("kind"), str(problem.get("detail", ""))
    element = str(dict(E.choices).get(str(problem.get("element", "")), ""))
    if kind == P.TOO_LONG:
        return _("%(element)s does not fit: it would at %(size)s points") % {
            "element": element,
            "size": detail,
        }
    if kind == P.GLYPHS:
        return _("%(element)s has characters that cannot be printed: %(characters)s") % {
            "element": element,
            "characters": detail,
        }
    return str(dict(P.choices).get(str(kind), kind or ""))
