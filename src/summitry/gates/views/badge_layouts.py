"""Layouts of badges: the list, a new one, and the editor with its picture of a chosen guest's badge.

The editor works by typed numbers and saving alone; its module adds dragging, keys, and a picture that follows.
"""

from __future__ import annotations

import base64
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.views.door import WAYS, number_in
from summitry.foundation.access import Actor, policy_for, require, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files import Purpose, store_file
from summitry.foundation.files.store import IMAGES
from summitry.gates.actions.badge_layouts import change_layout, copy_layout, create_layout, remove_layout
from summitry.gates.enums import BadgeElement
from summitry.gates.forms.badge import LayoutForm, NewLayoutForm, elements_in
from summitry.gates.models import BadgeLayout
from summitry.gates.queries.badge_elements import SET_IN_TYPE, checked_elements, stored
from summitry.gates.queries.badge_preview import picture_of, preview_face, sample_guests
from summitry.gates.views.badge_door import at_badges
from summitry.guests.models import Category

PICTURE = Purpose("badge-picture", IMAGES, 5_000_000)


@never_cache
@login_required
@require_http_methods(WAYS)
def layouts(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the layouts with the categories they are for; begin a new one."""
    shown, actor = at_badges(request, edition)
    require(actor, "view", BadgeLayout(edition=shown))
    form = NewLayoutForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = create_layout(shown, by=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The layout is made. Put its elements where you want them."))
            return redirect("gates:badge_layout", shown.slug, made.pk)
    rows = within(actor, BadgeLayout.objects.filter(edition=shown)).prefetch_related("categories")
    bare = Category.objects.filter(edition=shown, badge_layouts=None)
    context = {
        "layouts": list(rows.annotate(of=Count("categories"))),
        "bare": list(bare),
        "form": form,
        "may_edit": policy_for(BadgeLayout).may(actor, "edit", BadgeLayout(edition=shown)),
    }
    return render(request, "gates/badges/layouts.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(WAYS)
def layout(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a layout with its elements; save them, add one, or remove some."""
    shown, actor = at_badges(request, edition)
    row = _layout(shown, actor, pk)
    may_edit = policy_for(BadgeLayout).may(actor, "edit", row)
    form = LayoutForm(request.POST or None, request.FILES or None, layout=row)
    elements: list[dict[str, Any]] = elements_in(request.POST) if form.is_bound else row.elements
    wrong: dict[str, list[str]] = {}
    if form.is_bound and form.is_valid():
        try:
            _save(row, form, elements, actor)
        except InvalidInput as refusal:
            wrong = refusal.fields
            form.refuse(
                InvalidInput(refusal.text, fields={"": refusal.fields.get("", [])}) if wrong else refusal
            )
            if not form.errors:
                form.add_error(None, _("Some elements need your attention."))
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The layout is saved."))
            return redirect(f"{request.path}?guest={number_in(request.POST.get('guest'))}")
    context = {
        "layout": row,
        "form": form,
        "elements": [_shown(place, each, wrong) for place, each in enumerate(elements)],
        "kinds": BadgeElement.choices,
        "guests": sample_guests(shown, actor),
        "guest": number_in(request.POST.get("guest") or request.GET.get("guest")),
        "may_edit": may_edit,
    }
    return render(request, "gates/badges/layout.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def layout_deed(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Copy a layout, or remove it."""
    shown, actor = at_badges(request, edition)
    row = _layout(shown, actor, pk)
    if "remove" in request.POST:
        remove_layout(row, by=actor)
        messages.success(request, _("The layout is removed."))
        return redirect("gates:badge_layouts", shown.slug)
    taken = set(BadgeLayout.objects.filter(edition=shown).values_list("name", flat=True))
    names = (f"{row.name[:70]} ({number})" for number in range(2, 1000))
    made = copy_layout(row, by=actor, name=next(each for each in names if each not in taken))
    return redirect("gates:badge_layout", shown.slug, made.pk)


@never_cache
@login_required
@require_safe
def layout_picture(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Send a picture of a saved layout with the badge of a guest, or of somebody invented."""
    shown, actor = at_badges(request, edition)
    row = _layout(shown, actor, pk)
    face = preview_face(shown, row, number_in(request.GET.get("guest")), actor)
    return HttpResponse(picture_of(face, row), content_type="image/png")


@never_cache
@login_required
@require_POST
def layout_try(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Answer the editor's module with a picture of a layout that is not saved, or with what is wrong with it."""
    shown, actor = at_badges(request, edition)
    row = _layout(shown, actor, pk)
    form = LayoutForm(request.POST, None, layout=row)
    if not form.is_valid():
        return JsonResponse(
            {"wrong": [error for errors in form.errors.values() for error in errors]}, status=422
        )
    row.width, row.height = form.cleaned_data["width"], form.cleaned_data["height"]
    try:
        row.elements = stored(checked_elements(elements_in(request.POST), row.width, row.height))
        face = preview_face(shown, row, number_in(request.POST.get("guest")), actor)
        picture = base64.b64encode(picture_of(face, row)).decode()
    except InvalidInput as refusal:
        return JsonResponse(
            {"wrong": [error for errors in refusal.fields.values() for error in errors]}, status=422
        )
    return JsonResponse({"picture": f"data:image/png;base64,{picture}"})


def _layout(edition: Edition, actor: Actor, pk: int) -> BadgeLayout:
    row = (
        within(actor, BadgeLayout.objects.filter(edition=edition, pk=pk))
        .select_related("edition", "picture")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _save(row: BadgeLayout, form: LayoutForm, elements: list[dict[str, Any]], actor: Actor) -> None:
    data = form.cleaned_data
    require(actor, "edit", row)
    checked_elements(elements, data["width"], data["height"])
    values = {"name": data["name"], "width": data["width"], "height": data["height"], "elements": elements}
    if data["picture"]:
        values["picture"] = store_file(data["picture"], PICTURE, by=actor, edition_id=row.edition_id)
    change_layout(row, values, by=actor, seen=data["seen"], categories=list(data["categories"]))


def _shown(place: int, element: dict[str, Any], wrong: dict[str, list[str]]) -> dict[str, Any]:
    kind = element.get("kind", "")
    prefix = f"{place}-"
    return {
        **element,
        "place": place,
        "label": dict(BadgeElement.choices).get(kind, kind),
        "is_text": kind in SET_IN_TYPE,
        "is_fixed": kind == BadgeElement.TEXT,
        "is_coloured": kind in SET_IN_TYPE or kind == BadgeElement.BOX,
        "wrong": {
            name.removeprefix(prefix): told[0] for name, told in wrong.items() if name.startswith(prefix)
        },
    }
