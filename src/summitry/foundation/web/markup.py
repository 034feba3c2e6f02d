"""Long texts: a small Markdown, rendered and cleaned once per text, never per request.

The renderer is CommonMark without raw HTML; nh3 cleans its output against a short list of tags. Results are kept by
content, so a page with six hundred biographies costs six hundred dictionary look-ups.
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "pre", "h3", "h4", "hr"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


@lru_cache(maxsize=4096)
def rendered(text: str) -> SafeString:
    """Return `text` (Markdown) as clean HTML. Headings start at level three, links do not vouch for their target."""
    if not text:
        return SafeString("")
    html = (
        _markdown.render(text)
        .replace("<h1", "<h3")
        .replace("</h1", "</h3")
        .replace("<h2", "<h3")
        .replace("</h2", "</h3")
    )
    return mark_safe(  # noqa: S308 - cleaned by nh3
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            link_rel="noopener nofollow",
            url_schemes={"http", "https", "mailto"},
        )
    )
