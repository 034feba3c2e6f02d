"""A guest's application by her link: what is asked of her, and of whom she brings, saved as she goes and handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from summitry.directory.queries.names import names_of
from summitry.editions.views.by_link import secret_in
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent
from summitry.foundation.models import StoredFile
from summitry.guests.actions.application import HANDED_IN_FROM, save_answers, submit_application
from summitry.guests.actions.companion import companions_of
from summitry.guests.actions.deciding import confirm
from summitry.guests.actions.photo import may_change_photo, remove_photo, set_photo
from summitry.guests.actions.seeing import mark_seen
from summitry.guests.enums import GuestState, Rule, Step
from summitry.guests.forms.answers import AnswersForm
from summitry.guests.forms.photo import PhotoForm
from summitry.guests.models import Answer, Guest
from summitry.guests.queries.consents import ledger
from summitry.guests.queries.guest_links import RELATED, Opened
from summitry.guests.queries.questions import Question, missing, open_steps, questions_for
from summitry.guests.queries.standing import due_by, standing
from summitry.guests.views.by_link import by_link

WAYS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose application it is: the guest's own, or that of somebody who accompanies her, and its addresses."""

    found: Opened
    guest: Guest
    secret: str

    @property
    def is_own(self) -> bool:
        """Whether she fills in for herself."""
        return self.guest.pk == self.found.guest.pk

    def url(self, what: str) -> str:
        """Return the address of the application, the photo or the picture itself."""
        if self.is_own:
            return reverse(f"guest:{what}", args=[self.secret])
        return reverse(f"guest:companion_{what}", args=[self.secret, self.guest.pk])


@by_link
@require_http_methods(WAYS)
def application(request: HttpRequest, found: Opened, pk: int | None = None) -> HttpResponse:
    """Show what is asked and what was answered; save it, and hand it in."""
    place = _place(request, found, pk)
    guest, lang = place.guest, get_language() or "en"
    questions = questions_for(guest, open_steps(guest))
    form = _form(place, questions, lang, request)
    if request.method != "POST":
        mark_seen(found.guest)
        return _page(request, place, form)
    is_saved = False
    try:
        save_answers(
            guest,
            form.answers(),
            by=found.actor,
            seen=form.marks(),
            agreed=form.agreed() if place.is_own else None,
        )
        is_saved = True
        if "submit" in request.POST:
            submit_application(guest, by=found.actor)
        elif "confirm" in request.POST:
            _confirm(place)
    except InvalidInput as refusal:
        if is_saved:
            form = _form(place, questions_for(guest, open_steps(guest)), lang, request)
        form.refuse(refusal.fields or {"": [str(refusal)]}, is_saved=is_saved)
        return _page(request, place, form, status=422)
    except SummitryError as refusal:
        form.refuse({"": [str(refusal)]}, is_saved=is_saved)
        return _page(request, place, form, status=refusal.status)
    return redirect(f"{place.url('application')}?saved=1")


@by_link
@require_http_methods(WAYS)
def photo(request: HttpRequest, found: Opened, pk: int | None = None) -> HttpResponse:
    """Show the photo and take in another one, as the category asks for it."""
    place = _place(request, found, pk)
    form = PhotoForm(request.POST or None, request.FILES or None) if request.method == "POST" else PhotoForm()
    status = 200
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                remove_photo(place.guest, by=found.actor)
                return redirect(f"{place.url('photo')}?saved=1")
            if form.is_valid():
                set_photo(place.guest, form.cleaned_data["photo"], by=found.actor)
                return redirect(f"{place.url('photo')}?saved=1")
        except InvalidInput as refusal:
            form.refuse(refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        status = 422
    context = {
        **_head(request, place),
        "form": form,
        "may_change": may_change_photo(place.guest, found.actor) and place.guest.category.photo != Rule.NEVER,
        "is_required": place.guest.category.photo == Rule.REQUIRED,
    }
    return render(request, "guests/page/photo.html", context, status=status)


@by_link
@require_safe
def photo_image(request: HttpRequest, found: Opened, pk: int | None = None) -> HttpResponseBase:
    """Send the photo."""
    picture: StoredFile | None = _place(request, found, pk).guest.photo
    if picture is None:
        raise NotFound
    return sent(picture, is_shown=True)


@by_link
@require_safe
def answer_file(request: HttpRequest, found: Opened, slug: str) -> HttpResponseBase:
    """Send a file that the guest handed in herself."""
    rows = Answer.objects.filter(guest=found.guest, field__slug=slug, file__isnull=False)
    answer = rows.select_related("file").first()
    if answer is None or answer.file is None:
        raise NotFound
    return sent(answer.file)


def _place(request: HttpRequest, found: Opened, pk: int | None) -> Place:
    guest = found.guest
    if pk is not None:
        companion = companions_of(guest.pk).filter(pk=pk).select_related(*RELATED).first()
        if companion is None:
            raise NotFound
        guest = companion
    return Place(found, guest, secret_in(request))


def _form(place: Place, questions: Sequence[Question], lang: str, request: HttpRequest) -> AnswersForm:
    is_post = request.method == "POST"
    consented = frozenset(pk for pk, line in ledger(place.guest).items() if line.is_given)
    return AnswersForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        questions=questions,
        edition=place.guest.edition,
        lang=lang,
        consented=consented,
    )


def _confirm(place: Place) -> None:
    """Confirm that she comes, where nothing of what the confirmation asks is missing."""
    gaps = missing(place.guest, questions_for(place.guest, {Step.CONFIRMATION}))
    if gaps:
        raise InvalidInput(fields={slug: [sentence] for slug, sentence in gaps.items()})
    confirm(place.guest, by=place.found.actor)


def _head(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Return what stands above both pages."""
    guest, lang = place.guest, get_language() or "en"
    due = due_by(guest)
    companions = list(companions_of(guest.pk).select_related("category")) if place.is_own else []
    names = names_of({guest.person_id, *(one.person_id for one in companions)})
    chain = guest.edition.fallback
    return {
        "guest": guest,
        "is_own": place.is_own,
        "name": names.shown(guest.person_id, lang, chain),
        "standing": standing(guest),
        "due": due.astimezone(guest.edition.zone) if due else None,
        "own_zone": ZoneInfo(guest.zone_name or guest.edition.zone_name),
        "due_iso": due.astimezone(guest.edition.zone).isoformat() if due else "",
        "saved": "saved" in request.GET,
        "application_url": place.url("application"),
        "photo_url": place.url("photo"),
        "image_url": place.url("photo_image") if guest.photo_id else "",
        "home_url": reverse("guest:page", args=[place.secret]),
        "companions": [
            (
                names.shown(one.person_id, lang, chain),
                standing(one),
                reverse("guest:companion_application", args=[place.secret, one.pk]),
            )
            for one in companions
        ],
    }


def _page(request: HttpRequest, place: Place, form: AnswersForm, status: int = 200) -> HttpResponse:
    guest = place.guest
    context = {
        **_head(request, place),
        "form": form,
        "groups": form.groups(),
        "photo_asked": form.photo,
        "may_hand_in": guest.state in HANDED_IN_FROM,
        "may_confirm": guest.state == GuestState.APPROVED,
        "is_open": bool(open_steps(guest)),
        "gaps": len(missing(guest, [*form.questions, *([form.photo] if form.photo else [])])),
    }
    return render(request, "guests/page/application.html", context, status=status)
