"""Hotels and what they hold; stays."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.editions.views.door import at_work, may_in, page
from summitry.foundation.access import require, within
from summitry.foundation.errors import NotFound, SummitryError
from summitry.protocol.actions.stay import (
    create_allotment,
    create_hotel,
    create_stay,
    remove_stay,
    update_allotment,
    update_stay,
)
from summitry.protocol.forms.stay import AllotmentForm, HotelForm, StayForm
from summitry.protocol.models import Allotment, Hotel, Stay
from summitry.protocol.queries.people import guest_at_work, whos
from summitry.protocol.queries.stays import allotments_of
from summitry.protocol.views.refusals import lines_of

NAV = "protocol-stays"


@page
def hotels(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what hotels hold and how full they are, night by night; add a hotel or rooms."""
    shown, actor = at_work(request, edition, NAV, Hotel)
    first = Hotel.objects.filter(edition=shown).first()
    is_rooms = "rooms" in request.POST
    hotel = HotelForm(None if is_rooms else request.POST or None, edition=shown)
    blank = Allotment(hotel=first) if first is not None else None
    rooms = AllotmentForm(request.POST if is_rooms else None, record=blank, edition=shown) if blank else None
    if hotel.is_bound and hotel.is_valid():
        create_hotel(shown, by=actor, **hotel.cleaned_data)
        return redirect("protocol:hotels", shown.slug)
    if rooms is not None and rooms.is_bound:
        made = rooms.save(
            lambda **_x: create_allotment(
                rooms.values["hotel"], by=actor, **{k: v for k, v in rooms.values.items() if k != "hotel"}
            )
        )
        if made is not None:
            return redirect("protocol:hotels", shown.slug)
    context = {
        "lines": allotments_of(shown, actor),
        "hotels": within(actor, Hotel.objects.filter(edition=shown)),
        "hotel": hotel,
        "rooms": rooms,
        "may_edit": may_in(actor, shown, "edit", Hotel),
    }
    is_wrong = hotel.errors or (rooms is not None and rooms.errors)
    return render(request, "protocol/hotels.html", context, status=422 if is_wrong else 200)


@page
def allotment(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Change what a hotel holds of one class."""
    shown, actor = at_work(request, edition, NAV, Hotel)
    row = within(actor, Allotment.objects.filter(hotel__edition=shown, pk=pk).select_related("hotel")).first()
    if row is None:
        raise NotFound
    form = AllotmentForm(request.POST or None, record=row, edition=shown)
    saved = form.save(lambda **changes: update_allotment(row, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("protocol:hotels", shown.slug)
    context = {
        "form": form,
        "heading": row.room_class,
        "back": reverse("protocol:hotels", args=[shown.slug]),
        "record": row,
        "may_edit": may_in(actor, shown, "edit", Hotel),
    }
    return render(request, "protocol/record.html", context, status=422 if form.errors else 200)


@page
def stay_new(request: HttpRequest, edition: str, guest: int) -> HttpResponse:
    """Give a guest a room."""
    shown, actor = at_work(request, edition, NAV, Hotel)
    person = guest_at_work(actor, shown, guest)
    first = Allotment.objects.filter(hotel__edition=shown).first()
    require(actor, "edit", Stay(guest=person))
    if first is None:
        messages.warning(request, _("Enter first which rooms the hotels hold."))
        return redirect("protocol:hotels", shown.slug)
    blank = Stay(guest=person, allotment=first, arrives_on=shown.starts_on, leaves_on=shown.ends_on)
    form = StayForm(request.POST or None, record=blank, edition=shown)
    made = None
    if form.is_bound:
        made = form.save(lambda **_x: create_stay(person, by=actor, **form.values))
    if made is not None:
        messages.success(request, _("The guest is lodged."))
        return redirect("protocol:person", shown.slug, person.pk)
    context = {
        "form": form,
        "heading": whos(shown, [person.pk])[person.pk].name,
        "back": reverse("protocol:person", args=[shown.slug, person.pk]),
        "may_edit": True,
    }
    return render(request, "protocol/record.html", context, status=422 if form.errors else 200)


@page
def stay(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a stay; change or cancel it."""
    shown, actor = at_work(request, edition, NAV, Hotel)
    rows = Stay.objects.filter(guest__edition=shown, pk=pk).select_related(
        "guest__edition", "allotment__hotel"
    )
    row = within(actor, rows).first()
    if row is None:
        raise NotFound
    form = StayForm(request.POST if "remove" not in request.POST else None, record=row, edition=shown)
    if request.method != "POST":
        form = StayForm(record=row, edition=shown)
    if "remove" in request.POST:
        try:
            remove_stay(row, by=actor)
        except SummitryError as refusal:
            messages.error(request, lines_of(refusal)[0])
        return redirect("protocol:person", shown.slug, row.guest_id)
    saved = form.save(lambda **changes: update_stay(row, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The stay is saved."))
        return redirect("protocol:stay", shown.slug, row.pk)
    context = {
        "form": form,
        "heading": whos(shown, [row.guest_id])[row.guest_id].name,
        "back": reverse("protocol:person", args=[shown.slug, row.guest_id]),
        "record": row,
        "may_edit": may_in(actor, shown, "edit", Hotel),
        "may_remove": True,
    }
    return render(request, "protocol/record.html", context, status=422 if form.errors else 200)
