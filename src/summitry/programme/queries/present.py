"""The edition of a public page, at the cost of one small statement.

Almost every request is a signed-out visitor's for a page that is kept already. All it needs from the database is the
number under which the page is kept; the edition's row itself is kept under that number too.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug, edition_of
from summitry.foundation.access import PUBLIC
from summitry.programme.queries.kept import Kept

_STATE = "SELECT id, content_version FROM editions_edition WHERE slug = %s AND is_public"
_kept: Kept[Edition] = Kept(64)


def present_edition(request: HttpRequest, slug: str, nav: str) -> Edition:
    """Return the edition a page is about, for reading only, and let the page frame know it.

    Visitors with a session are asked who they are, as `edition_of` does. Raises NotFound like it.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return edition_of(request, slug, nav=nav)
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [slug])
        state = cursor.fetchone()
    edition = _kept.get_or_load(slug, lambda: edition_by_slug(PUBLIC, slug), state=state)
    request.edition = edition  # type: ignore[attr-defined]
    request.nav_current = nav  # type: ignore[attr-defined]
    return edition
