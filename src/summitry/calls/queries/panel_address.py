"""Where a juror finds what she has to read."""

from __future__ import annotations

from django.urls import reverse

from summitry.calls.models import Call
from summitry.mailing.notices import site_address


def panel_address(call: Call) -> str:
    """Return the full address of the review panel of a call."""
    return site_address(reverse("calls:panel", args=[call.edition.slug, call.slug]))
