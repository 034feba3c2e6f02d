"""Which editions an actor may see."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition, Summit
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of


def editions(actor: Actor) -> QuerySet[Edition]:
    """Return the editions that `actor` may see, newest first."""
    return visible(actor, Edition.objects.select_related("summit"))


def editions_of(actor: Actor, summit: Summit) -> QuerySet[Edition]:
    """Return the editions of one summit that `actor` may see, newest first."""
    return editions(actor).filter(summit=summit)


def edition_by_slug(actor: Actor, slug: str) -> Edition:
    """Return one edition. Raises NotFound where it does not exist or `actor` may not see it."""
    edition = editions(actor).filter(slug=slug).first()
    if edition is None:
        raise NotFound
    return edition


def edition_at_work(request: HttpRequest, slug: str, verb: str = "enter") -> tuple[Edition, Actor]:
    """Return the edition that a request of the API is about, and who asks, if she may `verb` it: enter its console.

    Raises NotFound like `edition_by_slug`, and PermissionRefused.
    """
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    require(actor, verb, edition)
    return edition, actor


def current_edition(actor: Actor) -> Edition | None:
    """Return the edition a visitor means who names none: the newest that is run here."""
    return editions(actor).filter(origin=EditionOrigin.RUN).first()


def edition_of(request: HttpRequest, slug: str, nav: str = "") -> Edition:
    """Return the edition a page is about, and let the page frame know it. Raises NotFound like `edition_by_slug`."""
    edition = edition_by_slug(actor_of(request), slug)
    request.edition = edition  # type: ignore[attr-defined]
    request.nav_current = nav  # type: ignore[attr-defined]
    return edition
