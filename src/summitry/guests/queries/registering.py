"""What is open to everybody: categories with their windows and places, and the links that confirm a registration."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.guests.enums import HOLDS_SEAT, GuestState
from summitry.guests.models import Category, Guest, Registration
from summitry.guests.queries.windows import Window
from summitry.mailing.notices import site_address

SALT = "summitry.registration"
SEPARATOR = "."
LONGEST = 80
LASTS = dt.timedelta(hours=24)
"""How long a registration can be confirmed."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A category as the public finds it: its window, and how many places are free (None: there is no limit)."""

    category: Category
    window: Window
    free: int | None

    @property
    def is_open(self) -> bool:
        """Whether one can register now."""
        return self.category.is_open and self.window.is_open(clock.now())

    @property
    def closes_at(self) -> dt.datetime | None:
        """When it closes, in the host's zone."""
        last = self.window.closes_at
        return last.astimezone(self.category.edition.zone) if last else None

    @property
    def is_full(self) -> bool:
        """Whether whoever registers now has to wait."""
        return self.free is not None and self.free <= 0


def opening_of(category: Category) -> Opening:
    """Return how a category stands (at most one query)."""
    return Opening(category, Window(category.opens_at, category.closes_at), free_places(category))


def openings(edition: Edition) -> list[Opening]:
    """Return the categories that open to the public, in their order."""
    return [
        opening_of(row)
        for row in Category.objects.filter(edition=edition, is_open=True).select_related("edition")
    ]


def registration_until(edition: Edition) -> tuple[bool, dt.datetime | None]:
    """Return whether anybody can register for an edition now, and until when at the latest (None: without end).

    Asked by each public page: the windows are kept with the state of the edition's public content, which every change of a
    category raises.
    """
    key = f"guests.windows.{edition.pk}.{edition.content_version}"
    windows: list[Window] | None = cache.get(key)
    if windows is None:
        rows = Category.objects.filter(edition=edition, is_open=True).values_list("opens_at", "closes_at")
        windows = [Window(*row) for row in rows]
        cache.set(key, windows)
    now = clock.now()
    ends = [window.closes_at for window in windows if window.is_open(now)]
    last = None if None in ends else max((end for end in ends if end is not None), default=None)
    return bool(ends), last


def free_places(category: Category) -> int | None:
    """Return how many places of a category are free; None where it has no limit."""
    if category.places is None:
        return None
    taken = Guest.objects.filter(category=category, principal=None, state__in=HOLDS_SEAT).count()
    waiting = Guest.objects.filter(category=category, delegation=None, state=GuestState.WAITING).exists()
    free = category.places - taken
    return min(free, 0) if waiting else free  # nobody passes those who wait


def place_in_line(guest: Guest) -> int:
    """Return which place of the waiting list a guest has, from one; 0 where she does not wait."""
    if guest.state != GuestState.WAITING:
        return 0
    line = Guest.objects.filter(category=guest.category_id, delegation=None, state=GuestState.WAITING)
    before = line.filter(state_since__lt=guest.state_since).count()
    return before + line.filter(state_since=guest.state_since, pk__lte=guest.pk).count()


def confirm_address(registration: Registration, lang: str) -> str:
    """Return the full address at which a registration is confirmed."""
    category = registration.category
    secret = Signer(salt=SALT, sep=SEPARATOR).sign(f"{registration.pk:x}")
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        path = reverse("guests_public:confirm", args=[category.edition.slug, category.slug, secret])
    return site_address(path)


def registration_by(secret: str) -> Registration | None:
    """Return the registration that a link confirms; None where it was confirmed, is too old, or never was."""
    if len(secret) > LONGEST:
        return None
    try:
        pk = int(Signer(salt=SALT, sep=SEPARATOR).unsign(secret), 16)
    except (BadSignature, ValueError):
        return None
    rows = Registration.objects.filter(pk=pk, created_at__gt=clock.now() - LASTS)
    return rows.select_related("category__edition").first()
