"""The public pages of calls: all that an edition has, one with everything about it, and the form to ask something."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.calls.actions.inquiry import ask as take_question
from summitry.calls.forms.inquiries import AskForm
from summitry.calls.models import Call
from summitry.calls.queries.calls import open_state, public_calls
from summitry.calls.queries.public_page import public_page
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, NotFound

NAV = "calls"
MOST, WINDOW = 10, 600
"""How many questions are taken from one address of the network within ten minutes."""


@require_safe
def calls(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the calls of an edition, those that take entries first."""
    shown = edition_of(request, edition, nav=NAV)
    now = clock.now()
    order = {"open": 0, "grace": 0, "before": 1, "closed": 2}
    lines = [(one, open_state(one, now)) for one in public_calls(shown)]
    lines.sort(key=lambda line: order[line[1]])
    return render(request, "calls/public/calls.html", {"lines": lines})


@require_safe
def call(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show a call: what it is for, until when, what is asked, how it is judged, what others asked."""
    shown, found = _found(request, edition, call)
    lang = get_language() or "en"
    context = {"call": found, "page": public_page(found, shown.fallback, lang, clock.now())}
    return render(request, "calls/public/call.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Take a question about a call; what a trap caught is answered as any other, and kept nowhere."""
    _shown, found = _found(request, edition, call)
    form = AskForm(request.POST if request.method == "POST" else None)
    status, is_sent = 200, False
    if form.is_bound:
        status = 422
        if _too_many(request):
            status = 429
        elif form.is_valid():
            try:
                if not form.is_trapped:
                    take_question(found, **form.asked)
            except InvalidInput as refusal:
                for name, said in (refusal.fields or {"": [str(refusal)]}).items():
                    for words in said:
                        form.add_error(name if name in form.fields else None, words)
            else:
                status, is_sent = 200, True
    context = {"call": found, "form": form, "is_sent": is_sent, "is_busy": status == 429}
    return render(request, "calls/public/ask.html", context, status=status)


def _found(request: HttpRequest, edition: str, slug: str) -> tuple[Edition, Call]:
    shown = edition_of(request, edition, nav=NAV)
    found = public_calls(shown).filter(slug=slug).first()
    if found is None:
        raise NotFound
    return shown, found


def _too_many(request: HttpRequest) -> bool:
    key = f"calls.asking.{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, WINDOW)
    return bool(cache.incr(key) > MOST)
