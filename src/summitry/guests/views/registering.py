"""Public registration: the categories that are open, the form, and the page that confirms."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.actions.reminding import moment
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.by_link import guarded
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.actions.registration import confirm_registration, register
from summitry.guests.forms.registering import RegisterForm
from summitry.guests.models import Category
from summitry.guests.queries.guest_links import page_path
from summitry.guests.queries.registering import Opening, opening_of, openings, registration_by

NAV = "register"
MOST, WINDOW = 20, 600
"""How many forms are taken from one address of the network within ten minutes."""


@never_cache
@require_safe
def categories(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what is open to everybody."""
    shown = edition_of(request, edition, nav=NAV)
    lang = get_language() or "en"
    rows = [(opening, *_window(shown, opening, lang)) for opening in openings(shown)]
    return render(request, "guests/register/categories.html", {"openings": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registering(request: HttpRequest, edition: str, category: str) -> HttpResponse:
    """Take a registration; whatever the address is, the answer is the same, and the rest is said by letter."""
    shown = edition_of(request, edition, nav=NAV)
    opening = opening_of(_open_category(shown, category))
    form = RegisterForm(request.POST if request.method == "POST" else None, edition=shown)
    status, sent = 200, ""
    if form.is_bound:
        status = 422
        if not opening.is_open:
            status = 409
        elif _too_many(request):
            status = 429
        elif form.is_valid():
            try:
                register(opening.category, form.given)
            except InvalidInput as refusal:
                for name, lines in refusal.fields.items():
                    for line in lines:
                        form.add_error(name if name in form.fields else None, line)
            except SummitryError as refusal:
                form.add_error(None, str(refusal))
            else:
                status, sent = 200, form.cleaned_data["email"]
    opens_at, closes_at = _window(shown, opening, get_language() or "en")
    context = {
        "opening": opening,
        "category": opening.category,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "form": form,
        "sent": sent,
        "is_busy": status == 429,
    }
    return render(request, "guests/register/form.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, edition: str, category: str, secret: str) -> HttpResponse:
    """Confirm by a button, because programs that look into letters open links and press none."""
    shown = edition_of(request, edition, nav=NAV)
    found = registration_by(secret)
    if found is None or found.category.edition_id != shown.pk or found.category.slug != category:
        return guarded(render(request, "guests/register/confirm.html", {"found": None}, status=404))
    if request.method == "POST":
        try:
            guest = confirm_registration(found)
        except NotFound:
            return guarded(render(request, "guests/register/confirm.html", {"found": None}, status=404))
        return guarded(redirect(page_path(guest)))
    context = {"found": found, "opening": opening_of(found.category)}
    return guarded(render(request, "guests/register/confirm.html", context))


def _open_category(edition: Edition, slug: str) -> Category:
    found = (
        Category.objects.filter(edition=edition, slug=slug, is_open=True).select_related("edition").first()
    )
    if found is None:
        raise NotFound
    return found


def _too_many(request: HttpRequest) -> bool:
    key = f"guests.registering.{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, WINDOW)
    return bool(cache.incr(key) > MOST)


def _window(edition: Edition, opening: Opening, lang: str) -> tuple[str, str]:
    """Return since when and until when, by the host city's clock, in words."""
    first, last = opening.window
    return (
        moment(edition, first)(lang) if first else "",
        moment(edition, last)(lang) if last else "",
    )
