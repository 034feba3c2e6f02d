"""What the page frame needs on every page: language switcher, navigation, account and clock."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from summitry.foundation import clock
from summitry.foundation.i18n import direction, language_tag, local_name
from summitry.foundation.web.actor import actor_of
from summitry.foundation.web.navigation import console_rail, nav_items


class LanguageChoice(NamedTuple):
    """One line of the language switcher; it keeps the page and the query."""

    code: str
    lang_tag: str
    dir: str
    name_local: str
    url: str
    current: bool


def language_choices(request: HttpRequest) -> list[LanguageChoice]:
    """Return the interface languages, each with this page's address in it."""
    active = get_language()
    path = request.get_full_path()
    return [
        LanguageChoice(
            code,
            language_tag(code),
            direction(code),
            local_name(code),
            translate_url(path, code),
            code == active,
        )
        for code, _name in settings.LANGUAGES
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context. `request.edition` and `request.nav_current` are set by views that have one."""
    edition = getattr(request, "edition", None)
    lang = get_language() or settings.LANGUAGE_CODE
    return {
        "lang_tag": language_tag(lang),
        "lang_dir": direction(lang),
        "languages": SimpleLazyObject(lambda: language_choices(request)),
        "edition": edition,
        "actor": SimpleLazyObject(lambda: actor_of(request)),
        "nav_items": SimpleLazyObject(lambda: nav_items(edition, getattr(request, "nav_current", ""))),
        "rail": SimpleLazyObject(
            lambda: console_rail(edition, actor_of(request), getattr(request, "nav_current", ""))
        ),
        "home_url": f"/{lang}/{edition.slug}/" if edition else f"/{lang}/",
        "console_url": SimpleLazyObject(lambda: reverse("site:console") if actor_of(request).grants else ""),
        "clock_offset": int(clock.now_offset().total_seconds()),
    }
