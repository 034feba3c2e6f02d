"""Tags for page heads: schema.org data, and where the same content is to be had as calendar or embed.

`{% load programme_exchange %}`. The data stands in a script element of a type that browsers do not run.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from summitry.editions.models import Edition
from summitry.programme.queries.export_event import absolute
from summitry.programme.queries.export_linked import linked_edition, linked_forum, linked_session
from summitry.programme.queries.programme import ForumLine, Programme, SessionLine

register = template.Library()

# Inside a script element nothing is HTML but "<"; the others are escaped so that no parser has to know that.
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld(data: dict[str, Any]) -> SafeString:
    """Return linked data as an element for the page's head; nothing where there is none."""
    if not data:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


@register.simple_tag
def edition_json_ld(edition: Edition, programme: Programme) -> SafeString:
    """Describe an edition and its forums: `{% edition_json_ld edition programme %}`."""
    return json_ld(linked_edition(edition, programme))


@register.simple_tag
def forum_json_ld(edition: Edition, programme: Programme, forum: ForumLine) -> SafeString:
    """Describe a forum and its sessions: `{% forum_json_ld edition programme forum %}`."""
    return json_ld(linked_forum(forum, programme, edition))


@register.simple_tag
def session_json_ld(
    edition: Edition, programme: Programme, session: SessionLine, description: str = ""
) -> SafeString:
    """Describe a session: `{% session_json_ld edition programme session details.abstract.text %}`."""
    return json_ld(linked_session(session, edition, programme.lang, description))


@register.simple_tag
def oembed_link(path: str) -> SafeString:
    """Tell where the page at `path` can be had for embedding: `{% oembed_link here %}`."""
    query = urlencode({"url": absolute(path), "format": "json"})
    address = f"{absolute(reverse('programme_bare:oembed'))}?{query}"
    return format_html('<link rel="alternate" type="application/json+oembed" href="{}">', address)


@register.simple_tag
def calendar_link(url: str, title: str) -> SafeString:
    """Tell where this page can be had as a calendar."""
    return format_html('<link rel="alternate" type="text/calendar" href="{}" title="{}">', url, title)
