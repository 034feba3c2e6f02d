"""Declining news: by the link in the letter, or by the mail program's own button (RFC 8058)."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.foundation.errors import NotFound
from summitry.mailing.actions.suppression import unsubscribe as decline
from summitry.mailing.queries.writing import UNSUBSCRIBE_SALT, interface_language


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press, so that scanners which open links unsubscribe nobody; a POST declines at once.

    The mail program posts without a session: the signed address is the proof, and all that it can do.
    """
    try:
        edition_id, address = Signer(salt=UNSUBSCRIBE_SALT).unsign_object(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    is_done = request.method == "POST"
    if is_done:
        decline(edition, address)
    lang = request.GET.get("lang") or next(iter(request.headers.get("Accept-Language", "").split(",")), "")
    with override(interface_language(lang.strip().lower() or "en")):
        context = {"shown": edition, "address": address, "is_done": is_done}
        return render(request, "mailing/unsubscribe.html", context)
