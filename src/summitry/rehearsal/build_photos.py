"""The photos of the demo's guests: drawn ones, a few people's missing. Each guest has a file of her own, as everywhere."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import connection

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.models import StoredFile
from summitry.guests.enums import GONE, GuestState, Rule
from summitry.guests.models import Guest
from summitry.rehearsal.content.portraits import HEIGHT, WIDTH, portraits

DRAWN = 24
MISSING = 17
"""Of so many guests one has not handed in her photo."""
PUT = "UPDATE guests_guest SET photo_id = %s WHERE id = %s"
"""Two thousand times: as one statement of Django it takes twenty times as long."""
WITHOUT = frozenset({*GONE, GuestState.INVITED, GuestState.NOMINATED, GuestState.WAITING})


def build_photos(edition: Edition) -> None:
    """Give guests photos; before they get badges, as gates are told of them. Without a log of each, like their answers."""
    drawn = [(data, hashlib.sha256(data).hexdigest()) for data in portraits(DRAWN)]
    asked = Guest.objects.filter(edition=edition, photo=None).exclude(category__photo=Rule.NEVER)
    guests = [
        guest
        for number, guest in enumerate(asked.exclude(state__in=WITHOUT).only("pk").order_by("pk"))
        if number % MISSING != MISSING - 1
    ]
    files = [
        _file(edition, *drawn[number * 7 % DRAWN], name=f"photo-{number:04d}.png")
        for number in range(len(guests))
    ]
    StoredFile.objects.bulk_create(files, batch_size=500)
    pairs = [(stored.pk, guest.pk) for stored, guest in zip(files, guests, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(PUT, pairs)


def _file(edition: Edition, data: bytes, sha256: str, *, name: str) -> StoredFile:
    stored = StoredFile(
        name=name,
        media_type="image/png",
        size=len(data),
        sha256=sha256,
        width=WIDTH,
        height=HEIGHT,
        edition_id=edition.pk,
        created_at=clock.now(),
    )
    stored.content.save(f"{stored.public_id}.png", ContentFile(data), save=False)
    return stored
