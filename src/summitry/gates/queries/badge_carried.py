"""A guest's badge on her telephone: what it says, drawn so that it needs nothing else, and as a pass for a wallet."""

from __future__ import annotations

import base64
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from summitry.foundation import clock
from summitry.foundation.i18n import Shown, Text, formats
from summitry.foundation.models import StoredFile
from summitry.foundation.typeset.codes import square_code
from summitry.gates.enums import BadgeElement as E
from summitry.gates.enums import CredentialState
from summitry.gates.models import Credential, RosterLine, Zone
from summitry.gates.queries.badge_faces import faces_of
from summitry.gates.queries.tokens import spaced
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest

PHOTO_EDGE = 400


@dataclass(frozen=True, slots=True)
class OpenZone:
    """A zone that the badge opens, and on which days."""

    name: Shown
    days: str


@dataclass(frozen=True, slots=True)
class EBadge:
    """What the badge on a telephone shows. `as_of` is when it was made: it may be looked at much later."""

    guest: Guest
    token: str
    code: str
    name: str
    second_name: str
    line: str
    organisation: str
    category: str
    colour: str
    photo: str
    zones: tuple[OpenZone, ...]
    as_of: dt.datetime

    @property
    def number(self) -> str:
        """The token as it is printed."""
        return spaced(self.token)


def e_badge_of(guest: Guest) -> EBadge | None:
    """Return the badge of an accredited guest for her telephone; None where she has none."""
    token = (
        Credential.objects.filter(guest=guest, state=CredentialState.ACTIVE)
        .values_list("token", flat=True)
        .first()
    )
    if token is None or guest.state != GuestState.CONFIRMED:
        return None
    face = faces_of(guest.edition, [guest.pk])[guest.pk]
    return EBadge(
        guest=guest,
        token=token,
        code=square_code(token),
        name=face.texts[E.NAME],
        second_name=face.texts[E.SECOND_NAME],
        line=face.texts[E.LINE],
        organisation=face.texts[E.ORGANISATION],
        category=face.texts[E.CATEGORY],
        colour=face.colour,
        photo=_picture(guest.photo),
        zones=tuple(open_zones(guest)),
        as_of=clock.now(),
    )


def open_zones(guest: Guest) -> list[OpenZone]:
    """Return the zones that the roster opens to a guest, in their order, with the days in words."""
    line = RosterLine.objects.filter(guest=guest, is_gone=False).first()
    edition, lang = guest.edition, get_language() or "en"
    days: dict[int, set[dt.date]] = {}
    for zone, begins, ends in line.access if line else ():
        first = dt.datetime.fromtimestamp(begins, edition.zone).date()
        last = dt.datetime.fromtimestamp(max(begins, ends - 1), edition.zone).date()
        within = [day for day in edition.days if first <= day <= last]
        days.setdefault(zone, set()).update(within)
    rows = Zone.objects.filter(edition=edition, pk__in=days)
    return [
        OpenZone(_shown(row.name, lang, edition.fallback), _days(sorted(days[row.pk]), lang))
        for row in rows
        if days[row.pk]
    ]


def _days(days: Sequence[dt.date], lang: str) -> str:
    """Days in words: a stretch as a range, others one by one."""
    if days[-1] - days[0] == dt.timedelta(days=len(days) - 1):
        return formats.date_range(days[0], days[-1], lang)
    return formats.listing([formats.date(day, lang, "MMMd") for day in days], lang)


def _shown(text: Text, lang: str, chain: Sequence[str]) -> Shown:
    return text.shown(lang, chain)


def _picture(stored: StoredFile | None) -> str:
    """The photo as part of the page: small, and read without a line."""
    if stored is None:
        return ""
    from PIL import Image  # noqa: PLC0415 - heavy: only pictures need Pillow

    with stored.content.open("rb") as file, Image.open(file) as picture:
        picture.draft("RGB", (PHOTO_EDGE, PHOTO_EDGE))
        small = picture.convert("RGB")
        small.thumbnail((PHOTO_EDGE, PHOTO_EDGE))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
