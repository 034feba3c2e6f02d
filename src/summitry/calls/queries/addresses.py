"""Where a call's public page is, in each language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from summitry.calls.models import Call
from summitry.mailing.queries.writing import site_address


def call_address(call: Call, lang: str = "") -> str:
    """Return the full address of a call's public page in `lang`, in English where there is none in it."""
    lang = lang or translation.get_language()
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return site_address(reverse("calls_public:call", args=[call.edition.slug, call.slug]))
