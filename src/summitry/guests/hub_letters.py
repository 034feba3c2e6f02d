"""What a guest finds on her "My summit" of what went to and fro: letters to her, and documents that she handed in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.guests.hub import Section, register_section
from summitry.guests.models import Answer
from summitry.guests.queries.guest_links import Opened, page_path, secret_of
from summitry.guests.queries.privacy import letters_to

SHOWN = 5


def letters(opened: Opened) -> Section | None:
    """The last letters that were sent to her: subject and day; all of them are with her data."""
    rows = list(letters_to(opened.guest).order_by("-sent_at", "-pk")[: SHOWN + 1])
    if not rows:
        return None
    context = {
        "letters": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "url": page_path(opened.guest, page="guest:privacy"),
    }
    return Section("letters", _("Letters"), "guests/page/letters.html", context, is_aside=True)


def documents(opened: Opened) -> Section | None:
    """The files that she handed in."""
    guest, lang = opened.guest, get_language() or "en"
    rows = Answer.objects.filter(guest=guest).exclude(file=None).select_related("field", "file")
    secret = secret_of(guest)
    lines = [
        (
            answer.field.label.shown(lang, guest.edition.fallback),
            answer.file,
            reverse("guest:answer_file", args=[secret, answer.field.slug]),
        )
        for answer in rows.order_by("field__position", "field")
    ]
    if not lines:
        return None
    return Section("documents", _("Documents"), "guests/page/documents.html", {"lines": lines}, is_aside=True)


def register() -> None:
    """Contribute both."""
    register_section(410, documents)
    register_section(420, letters)
