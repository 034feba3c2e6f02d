"""The addresses of this room's pages in the console, for letters and links."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from summitry.guests.models import Delegation, Guest
from summitry.mailing.notices import site_address


def cockpit_address(delegation: Delegation, lang: str) -> str:
    """Return the full address of a delegation's page, in `lang` where there are pages in it."""
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return site_address(reverse("guests:delegation", args=[delegation.edition.slug, delegation.slug]))


def meetings_address(guest: Guest, lang: str) -> str:
    """Return the full address of the page on which a guest's office answers for her."""
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return site_address(reverse("guests:guest_meetings", args=[guest.edition.slug, guest.pk]))
