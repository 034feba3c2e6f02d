"""Chosen words as HTML: what is not in the reader's language says in which it is."""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.foundation.i18n.languages import direction, language_tag, name_in
from summitry.foundation.i18n.text import Shown


def shown_html(shown: Shown) -> SafeString:
    """Return chosen words as HTML: plain in the reader's language, else marked with their own language."""
    if not shown.fallback:
        return conditional_escape(shown.text)
    name = name_in(shown.lang, get_language() or "en")
    return format_html(
        '<span class="fallback" lang="{}" dir="{}" data-mark="{}" title="{}">{}</span>',
        language_tag(shown.lang),
        direction(shown.lang),
        shown.lang.split("-")[0].upper(),
        _("Shown in %(language)s") % {"language": name},
        shown.text,
    )
