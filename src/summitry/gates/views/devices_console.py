"""Devices in the console: adding one with its code, letting it stand elsewhere, shutting it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, may_in, page
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import NotFound
from summitry.foundation.typeset.codes import square_code
from summitry.gates.actions.devices import (
    CODE_LASTS,
    change_device,
    invite_again,
    invite_device,
    revoke_device,
)
from summitry.gates.forms.grounds import DeviceForm
from summitry.gates.models import Device, Gate
from summitry.gates.queries.tokens import spaced
from summitry.mailing.notices import site_address

NAV = "gates-devices"


@page
def device_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Add a device, and show the code with which it is enrolled."""
    shown, actor = at_work(request, edition, NAV, Device)
    require(actor, "edit", Device(edition=shown))
    first = Gate.objects.filter(edition=shown).first()
    if first is None:
        messages.info(request, _("Add a gate first: a device stands at one."))
        return redirect("gates:gate_new", shown.slug)
    form = DeviceForm(request.POST or None, record=Device(edition=shown, gate=first), edition=shown)
    made = form.save(lambda **_x: invite_device(by=actor, **form.values)) if form.is_bound else None
    if made is not None:
        return _code(request, shown, *made)
    return _page(request, shown, form, _("A new device"), may_edit=True)


@page
def device(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a device; change it, make a new code for it, shut it out."""
    shown, actor = at_work(request, edition, NAV, Device)
    row = _row(actor, shown, pk)
    if "code" in request.POST:
        return _code(request, shown, row, invite_again(row, by=actor))
    if "revoke" in request.POST:
        revoke_device(row, by=actor)
        messages.success(request, _("The device is shut out. What it scanned is kept."))
        return redirect("gates:device", shown.slug, row.pk)
    form = DeviceForm(request.POST or None, record=row, edition=shown)
    saved = None
    if form.is_bound:
        saved = form.save(lambda **_x: change_device(row, by=actor, **form.values))
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("gates:devices", shown.slug)
    may_edit = may_in(actor, shown, "edit", Device)
    return _page(request, shown, form, row.name, may_edit=may_edit, record=row, device=row)


def _code(request: HttpRequest, edition: Edition, row: Device, code: str) -> HttpResponse:
    address = f"{site_address(reverse('desk:page'))}#{code}"
    context = {
        "row": row,
        "code": spaced(code),
        "address": address,
        "drawing": mark_safe(square_code(address, correction="m")),  # noqa: S308 - drawn by us from our own address
        "minutes": int(CODE_LASTS.total_seconds()) // 60,
    }
    return render(request, "gates/device_code.html", context)


def _page(
    request: HttpRequest, edition: Edition, form: Any, heading: str, *, may_edit: bool, **context: Any
) -> HttpResponse:
    back = reverse("gates:devices", args=[edition.slug])
    context = {"form": form, "heading": heading, "back": back, "may_edit": may_edit, **context}
    return render(request, "gates/device.html", context, status=422 if form.errors else 200)


def _row(actor: Actor, edition: Edition, pk: int) -> Device:
    row = within(actor, Device.objects.filter(edition=edition, pk=pk).select_related("gate")).first()
    if row is None:
        raise NotFound
    return row
