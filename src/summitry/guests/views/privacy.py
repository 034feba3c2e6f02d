"""What is kept of a guest, by her link: why, until when and who looked; her consents, a copy, and her wish to be erased."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.views.by_link import secret_in
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.actions.consent import give_consent, withdraw_consent
from summitry.guests.actions.copying import note_copy
from summitry.guests.actions.deciding import appeal
from summitry.guests.actions.erasing import ask_for_erasure
from summitry.guests.enums import GuestState
from summitry.guests.forms.deciding import AppealForm
from summitry.guests.models import Appeal, ErasureRequest, Purpose
from summitry.guests.queries.guest_links import Opened
from summitry.guests.queries.holdings import kept_of
from summitry.guests.queries.privacy import archive_of, as_json, copy_of, holdings_of, letters_to, looks_at
from summitry.guests.views.by_link import by_link


@by_link
@require_safe
def privacy(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a guest what is kept of her."""
    return _page(request, found)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_deed(request: HttpRequest, found: Opened, what: str) -> HttpResponse:
    """Give or withdraw a consent, or ask to be erased."""
    here = reverse("guest:privacy", args=[secret_in(request)])
    if what not in DEEDS:
        raise NotFound
    if request.method != "POST":
        return redirect(here)
    try:
        DEEDS[what](request, found)
    except NotFound:
        raise
    except SummitryError as refusal:
        return _page(request, found, refused=str(refusal), status=refusal.status)
    return redirect(f"{here}?saved=1")


@by_link
@require_safe
def privacy_copy(request: HttpRequest, found: Opened, kind: str) -> HttpResponse:
    """Send a guest everything that is kept of her, as JSON or as a ZIP with her files."""
    guest = found.guest
    if kind == "json":
        response = HttpResponse(as_json(copy_of(guest)), content_type="application/json")
    else:
        response = HttpResponse(archive_of(guest), content_type="application/zip")
    note_copy(guest, by=found.actor)
    response.headers["Content-Disposition"] = f'attachment; filename="{guest.edition.slug}-data.{kind}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_page(request: HttpRequest, found: Opened) -> HttpResponse:
    """Let a refused guest appeal, once, and read the answer."""
    guest = found.guest
    row = Appeal.objects.filter(guest=guest).first()
    if row is None and guest.state != GuestState.REFUSED:
        raise NotFound
    form = AppealForm(request.POST or None)
    if request.method == "POST" and row is None and form.is_valid():
        try:
            appeal(guest, form.cleaned_data["text"], by=found.actor)
        except InvalidInput as refusal:
            for name, lines in refusal.fields.items():
                for line in lines:
                    form.add_error(name, line)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(request.path)
    context = {
        "guest": guest,
        "appeal": row,
        "form": form,
        "home": reverse("guest:page", args=[secret_in(request)]),
    }
    return render(request, "guests/privacy/appeal.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, found: Opened) -> None:
    give_consent(
        found.guest, _purpose(request, found), by=found.actor, lang=_lang(), seen=request.POST.get("seen", "")
    )


def _withdraw(request: HttpRequest, found: Opened) -> None:
    withdraw_consent(found.guest, _purpose(request, found), by=found.actor, lang=_lang())


def _erase(request: HttpRequest, found: Opened) -> None:
    ask_for_erasure(found.guest, by=found.actor)


DEEDS: dict[str, Callable[[HttpRequest, Opened], None]] = {
    "consent": _give,
    "withdraw": _withdraw,
    "erase": _erase,
}


def _purpose(request: HttpRequest, found: Opened) -> Purpose:
    rows = Purpose.objects.filter(edition=found.guest.edition_id, slug=request.POST.get("purpose", "")[:40])
    purpose = rows.select_related("edition").first()
    if purpose is None:
        raise NotFound
    return purpose


def _page(request: HttpRequest, found: Opened, *, refused: str = "", status: int = 200) -> HttpResponse:
    guest, lang = found.guest, _lang()
    context = {
        "guest": guest,
        "holdings": holdings_of(guest, lang),
        "further": kept_of(guest, lang),
        "looks": looks_at(guest),
        "letters": letters_to(guest),
        "erasure": ErasureRequest.objects.filter(guest=guest).first(),
        "base": reverse("guest:privacy", args=[secret_in(request)]),
        "home": reverse("guest:page", args=[secret_in(request)]),
        "refused": refused,
        "saved": "saved" in request.GET,
    }
    return render(request, "guests/privacy/page.html", context, status=status)


def _lang() -> str:
    return get_language() or "en"
