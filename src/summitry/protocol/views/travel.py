"""Journeys and rides, one at a time; stations and vehicles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import NotFound, SummitryError
from summitry.protocol.actions.travel import (
    add_rider,
    create_leg,
    create_station,
    create_transfer,
    create_vehicle,
    remove_rider,
    remove_transfer,
    update_leg,
    update_transfer,
)
from summitry.protocol.enums import Direction
from summitry.protocol.forms.travel import LegForm, StationForm, TransferForm, VehicleForm
from summitry.protocol.models import Leg, Station, Transfer, Vehicle
from summitry.protocol.queries.people import guest_at_work, guests_called, whos
from summitry.protocol.queries.travel import leg_at_work
from summitry.protocol.views.refusals import lines_of

JOURNEYS, RIDES = "protocol-journeys", "protocol-transfers"


@page
def journey_new(request: HttpRequest, edition: str, guest: int) -> HttpResponse:
    """Enter a journey of a guest."""
    shown, actor = at_work(request, edition, JOURNEYS, Transfer)
    person = guest_at_work(actor, shown, guest)
    direction = Direction.DEPARTURE if request.GET.get("way") == Direction.DEPARTURE else Direction.ARRIVAL
    blank = Leg(guest=person, direction=direction, away_zone=person.zone_name)
    require(actor, "edit", blank)
    form = LegForm(request.POST or None, record=blank, edition=shown)
    made = form.save(lambda **_x: create_leg(person, by=actor, **form.values)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The journey is entered."))
        return redirect("protocol:person", shown.slug, person.pk)
    return _record(
        request,
        form,
        whos(shown, [person.pk])[person.pk].name,
        reverse("protocol:person", args=[shown.slug, person.pk]),
    )


@page
def journey(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a journey; save what was changed."""
    shown, actor = at_work(request, edition, JOURNEYS, Transfer)
    leg = leg_at_work(actor, shown, pk)
    form = LegForm(request.POST or None, record=leg, edition=shown)
    saved = form.save(lambda **changes: update_leg(leg, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The journey is saved."))
        return redirect("protocol:journey", shown.slug, leg.pk)
    name = whos(shown, [leg.guest_id])[leg.guest_id].name
    return _record(
        request,
        form,
        name,
        reverse("protocol:person", args=[shown.slug, leg.guest_id]),
        leg,
        may_edit=may_in(actor, shown, "edit", Transfer),
    )


@page
def transfer_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Plan a ride."""
    shown, actor = at_work(request, edition, RIDES, Transfer)
    require(actor, "edit", Transfer(edition=shown))
    vehicle = Vehicle.objects.filter(edition=shown).first()
    stations = list(Station.objects.filter(edition=shown)[:2])
    if vehicle is None or len(stations) < 2:
        messages.warning(request, _("Enter two stations and a vehicle first."))
        return redirect("protocol:fleet", shown.slug)
    blank = Transfer(edition=shown, vehicle=vehicle, from_station=stations[0], to_station=stations[1])
    form = TransferForm(request.POST or None, record=blank, edition=shown)
    made = form.save(lambda **_x: create_transfer(shown, by=actor, **form.values)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The ride is planned. Say who rides along."))
        return redirect("protocol:transfer", shown.slug, made.pk)
    return _record(request, form, _("New ride"), reverse("protocol:transfers", args=[shown.slug]))


@page
def transfer(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a ride with its riders; save, add and take off."""
    shown, actor = at_work(request, edition, RIDES, Transfer)
    ride = _ride(actor, shown, pk)
    what = request.POST.get("do", "")
    form = TransferForm(request.POST if request.POST and not what else None, record=ride, edition=shown)
    refused: list[str] = []
    saved = form.save(lambda **changes: update_transfer(ride, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The ride is saved."))
        return redirect("protocol:transfer", shown.slug, ride.pk)
    if what:
        try:
            _ride_with(request, actor, ride, what)
        except SummitryError as refusal:
            refused = lines_of(refusal)
        else:
            back = (
                ("protocol:transfers", shown.slug)
                if what == "remove"
                else ("protocol:transfer", shown.slug, ride.pk)
            )
            return redirect(*back)
    riders = list(ride.riders.order_by("pk"))
    words = request.GET.get("q", "")[:100]
    aboard = {rider.guest_id for rider in riders}
    found = [guest.pk for guest in guests_called(shown, words) if guest.pk not in aboard]
    people = whos(shown, {*aboard, *found})
    context = {
        "ride": ride,
        "form": form,
        "riders": [(rider, people[rider.guest_id]) for rider in riders],
        "found": [people[pk] for pk in found],
        "words": words,
        "free": ride.vehicle.seats - len(riders),
        "refused": refused,
        "may_edit": may_in(actor, shown, "edit", Transfer),
    }
    return render(request, "protocol/transfer.html", context, status=422 if refused or form.errors else 200)


def _ride_with(request: HttpRequest, actor: Actor, ride: Transfer, what: str) -> None:
    if what == "remove":
        remove_transfer(ride, by=actor)
    elif what == "add":
        add_rider(ride, guest_at_work(actor, ride.edition, number_in(request.POST.get("guest"))), by=actor)
    else:
        rider = (
            ride.riders.select_related("transfer", "guest")
            .filter(pk=number_in(request.POST.get("rider")))
            .first()
        )
        if rider is None:
            raise NotFound
        remove_rider(rider, by=actor)


@page
def fleet(request: HttpRequest, edition: str) -> HttpResponse:
    """Show stations and vehicles; add one."""
    shown, actor = at_work(request, edition, RIDES, Transfer)
    is_vehicle = "seats" in request.POST
    station = StationForm(None if is_vehicle else request.POST or None, edition=shown)
    vehicle = VehicleForm(request.POST if is_vehicle else None)
    form = vehicle if is_vehicle else station
    if form.is_bound and form.is_valid():
        create = create_vehicle if is_vehicle else create_station
        try:
            create(shown, by=actor, **form.cleaned_data)
        except SummitryError as refusal:
            form.add_error(None, lines_of(refusal)[0])
        else:
            messages.success(request, _("Added."))
            return redirect("protocol:fleet", shown.slug)
    context = {
        "stations": within(actor, Station.objects.filter(edition=shown)),
        "vehicles": within(actor, Vehicle.objects.filter(edition=shown)),
        "station": station,
        "vehicle": vehicle,
        "may_edit": may_in(actor, shown, "edit", Transfer),
    }
    return render(request, "protocol/fleet.html", context, status=422 if form.errors else 200)


def _ride(actor: Actor, edition: Edition, pk: int) -> Transfer:
    rows = Transfer.objects.filter(edition=edition, pk=pk)
    ride = within(actor, rows.select_related("edition", "vehicle", "from_station", "to_station")).first()
    if ride is None:
        raise NotFound
    return ride


def _record(
    request: HttpRequest,
    form: LegForm | TransferForm,
    title: object,
    back: str,
    record: Leg | None = None,
    *,
    may_edit: bool = True,
) -> HttpResponse:
    context = {"form": form, "heading": title, "back": back, "record": record, "may_edit": may_edit}
    return render(request, "protocol/record.html", context, status=422 if form.errors else 200)
