"""What the public sees of the announced: galleries, the page of each laureate, and the check of a certificate."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.calls.enums import CallState
from summitry.calls.models import Call
from summitry.calls.queries.certificates import verified
from summitry.calls.queries.gallery import announced_laureate, galleries_of, gallery_of, public_content
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import language_tag

NAV = "calls"
MISSES, WINDOW = 30, 600


@require_safe
def laureates(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the laureates of all calls of an edition."""
    shown = edition_of(request, edition, nav=NAV)
    context = {"galleries": galleries_of(shown, get_language() or "en")}
    return render(request, "calls/public/laureates.html", context)


@require_safe
def gallery(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the laureates of one call."""
    found = _announced(edition_of(request, edition, nav=NAV), call)
    context = {"call": found, "gallery": gallery_of(found, get_language() or "en")}
    return render(request, "calls/public/gallery.html", context)


@require_safe
def laureate(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show one laureate with what may be read of the entry."""
    shown = _announced(edition_of(request, edition, nav=NAV), call)
    found = announced_laureate(shown, number)
    if found is None:
        raise NotFound
    content = public_content(found, shown, get_language() or "en")
    return render(
        request, "calls/public/laureate.html", {"call": shown, "laureate": found, "content": content}
    )


@require_safe
def feed(request: HttpRequest, edition: str) -> HttpResponse:
    """Send the laureates of an edition as an Atom feed, in the reader's language."""
    shown = edition_of(request, edition, nav=NAV)
    lang = get_language() or "en"
    page = request.build_absolute_uri(reverse("calls_public:laureates", args=[shown.slug]))
    atom = Atom1Feed(
        title=_("Laureates of %(edition)s") % {"edition": shown.name.shown(lang, shown.fallback).text},
        link=page,
        description=None,
        language=language_tag(lang),
        feed_url=request.build_absolute_uri(),
    )
    for gallery in galleries_of(shown, lang):
        for card in gallery.cards:
            path = reverse("calls_public:laureate", args=[shown.slug, gallery.call.slug, card.number])
            atom.add_item(
                title=f"{card.title.text} – {card.award.text}",
                link=request.build_absolute_uri(path),
                description=card.citation.text,
                author_name=card.organisation,
                unique_id=request.build_absolute_uri(path),
                pubdate=gallery.call.announced_at,
                updateddate=gallery.call.announced_at,
            )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@never_cache
@require_safe
def certificate(request: HttpRequest, edition: str, code: str = "") -> HttpResponse:
    """Say what is true of a certificate; after many wrong codes an address has to wait."""
    shown = edition_of(request, edition, nav=NAV)
    code = code or request.GET.get("code", "")[:60]
    misses = f"calls.certificate.{get_adapter().get_client_ip(request)}"
    if code and cache.get(misses, 0) >= MISSES:
        return _checked(request, {"why": "wait"}, 429)
    found = verified(shown, code) if code else None
    is_missed = found is not None and found.laureate is None
    if is_missed:
        cache.add(misses, 0, WINDOW)
        cache.incr(misses)
    return _checked(request, {"found": found, "code": code}, 404 if is_missed else 200)


def _checked(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    response = render(request, "calls/public/certificate.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _announced(edition: Edition, slug: str) -> Call:
    found = Call.objects.filter(edition=edition, slug=slug, state=CallState.ANNOUNCED).first()
    if found is None:
        raise NotFound
    found.edition = edition
    return found
