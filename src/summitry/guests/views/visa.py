"""Visa letters: issued, withdrawn and printed in the console, fetched by the guest, and verified by anybody with a code."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.errors import NotFound, SummitryError
from summitry.foundation.i18n import formats
from summitry.foundation.typeset import pdf
from summitry.foundation.typeset.codes import square_code
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.visa import issue_letter, open_letter, withdraw_letter
from summitry.guests.forms.deciding import VisaForm
from summitry.guests.models import Guest, VisaLetter
from summitry.guests.queries.guest_links import Opened
from summitry.guests.queries.visa import (
    lacking_for_letters,
    printed,
    ready_for_letters,
    verified,
    verify_address,
)
from summitry.guests.views.by_link import by_link
from summitry.guests.views.deciding import asked, guest_of

NAV = "console-visa"
MISSES, WINDOW, AT_ONCE = 30, 600, 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visa_waiting(request: HttpRequest, edition: str) -> HttpResponse:
    """Show who waits for a visa letter, and issue letters to those who lack nothing, so many at once; name the others."""
    shown, actor = _issuer(request, edition)
    lang = get_language() or "en"
    related = ("person", "category", "edition")
    guests = list(ready_for_letters(shown).select_related(*related)[:AT_ONCE])
    form = VisaForm(request.POST or None, lang=lang)
    if request.method == "POST" and form.is_valid():
        refused = [guest for guest in guests if not _issued(guest, actor, form.cleaned_data["second"])]
        count = len(guests) - len(refused)
        words = ngettext("%(count)d letter was issued.", "%(count)d letters were issued.", count)
        messages.success(request, words % {"count": count})
        if refused:
            left = formats.listing([str(guest) for guest in refused], lang)
            messages.warning(request, _("No letter could be issued to: %(names)s.") % {"names": left})
        return redirect("guests:visa_letters", shown.slug)
    lacking = list(lacking_for_letters(shown).select_related(*related)[: AT_ONCE + 1])
    names = names_of({guest.person_id for guest in (*guests, *lacking)})
    context = {
        "lines": [(guest, names.shown(guest.person_id, lang, shown.fallback)) for guest in guests],
        "lacking": [
            (guest, names.shown(guest.person_id, lang, shown.fallback)) for guest in lacking[:AT_ONCE]
        ],
        "has_more": len(lacking) > AT_ONCE,
        "form": form,
    }
    return render(request, "guests/visa/waiting.html", context)


@never_cache
@login_required
@require_POST
def visa_issue(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Issue the letter of one guest."""
    shown, actor = asked(request, edition)
    guest = guest_of(actor, shown, pk)
    form = VisaForm(request.POST, lang=get_language() or "en")
    try:
        letter = issue_letter(guest, by=actor, second=form.data.get("second", ""))
    except SummitryError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Letter %(number)s was issued; it is on the guest’s page.") % {"number": letter}
        )
    return redirect("guests:application", shown.slug, pk)


@never_cache
@login_required
@require_POST
def visa_withdraw(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Withdraw a letter."""
    shown, actor = _issuer(request, edition)
    letter = _letter(actor, shown, number)
    try:
        withdraw_letter(letter, by=actor)
    except SummitryError as refusal:
        messages.error(request, str(refusal))
    return redirect("guests:application", shown.slug, letter.guest_id)


@never_cache
@login_required
@require_safe
def visa_pdf(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Send a letter for printing; that it was opened is recorded."""
    shown, actor = _issuer(request, edition)
    return _pdf(_letter(actor, shown, number), actor)


@by_link
@require_safe
def visa_own(request: HttpRequest, found: Opened) -> HttpResponse:
    """Send a guest her valid letter."""
    letters = visible(found.actor, VisaLetter.objects.filter(guest=found.guest, withdrawn_at=None))
    letter = letters.select_related("edition", "guest__category").first()
    if letter is None:
        raise NotFound
    return _pdf(letter, found.actor)


@never_cache
@require_safe
def verify(request: HttpRequest, edition: str, code: str = "") -> HttpResponse:
    """Say what is true of a letter; after many wrong codes an address has to wait."""
    shown = edition_of(request, edition)
    code = code or request.GET.get("code", "")[:60]
    misses = f"guests.verify.{get_adapter().get_client_ip(request)}"
    if code and cache.get(misses, 0) >= MISSES:
        return _verified(request, {"why": "wait"}, 429)
    found = verified(shown, code) if code else None
    if found is not None and not found.number:
        cache.add(misses, 0, WINDOW)
        cache.incr(misses)
    status = 404 if found is not None and not found.number else 200
    return _verified(request, {"found": found, "code": code}, status)


def _verified(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    response = render(request, "guests/visa/verify.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _issued(guest: Guest, actor: Actor, second: str) -> bool:
    try:
        issue_letter(guest, by=actor, second=second)
    except SummitryError:
        return False
    return True


def _issuer(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    shown, actor = edition_of(request, slug, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    require(actor, "issue", VisaLetter(edition=shown))
    return shown, actor


def _letter(actor: Actor, edition: Edition, number: int) -> VisaLetter:
    letters = visible(actor, VisaLetter.objects.filter(edition=edition, number=number))
    letter = letters.select_related("edition", "guest__category", "guest__person").first()
    if letter is None:
        raise NotFound
    return letter


def _pdf(letter: VisaLetter, actor: Actor) -> HttpResponse:
    facts = open_letter(letter, by=actor)
    code = square_code(verify_address(letter), correction="m").encode()
    content = pdf("guests/visa_letter.typ", printed(letter, facts), files={"code.svg": code})
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="visa-{letter.edition.slug}-{letter.number:05d}.pdf"'
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
