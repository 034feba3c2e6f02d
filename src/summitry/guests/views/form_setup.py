"""The console's pages of what guests are asked: categories, purposes and questions, and the form as a category sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require, visible
from summitry.foundation.audit import recording
from summitry.foundation.errors import NotFound, SummitryError
from summitry.foundation.forms import RecordForm
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.category import (
    create_category,
    officers,
    remove_category,
    set_officers,
    update_category,
)
from summitry.guests.actions.defaults import install_defaults
from summitry.guests.actions.field import create_field, remove_field, update_field
from summitry.guests.actions.purpose import create_purpose, remove_purpose, update_purpose
from summitry.guests.enums import Attendance, Step
from summitry.guests.forms.answers import AnswersForm
from summitry.guests.forms.setup import CategoryForm, FieldForm, PurposeForm
from summitry.guests.models import Category, Field, Purpose
from summitry.guests.navigation_office import FORM_NAV
from summitry.guests.queries.dependencies import dependents_of
from summitry.guests.queries.questions import form_of

WAYS = ["GET", "HEAD", "POST"]
Row = Category | Purpose | Field


@never_cache
@login_required
@require_safe
def categories(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the categories, with what each is asked for and how many guests it has."""
    shown, actor = _asked(request, edition)
    require(actor, "view", Category(edition=shown))
    rows = visible(actor, Category.objects.filter(edition=shown)).annotate(count=Count("guests"))
    context = {
        "rows": [(row, [Step(step).label for step in Step if step in row.steps]) for row in rows],
        "may_edit": policy_for(Category).may(actor, "edit", Category(edition=shown)),
        "tab": "categories",
    }
    return render(request, "guests/setup/categories.html", context)


@never_cache
@login_required
@require_safe
def purposes(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the purposes, with how long each keeps what it asks."""
    shown, actor = _asked(request, edition)
    require(actor, "view", Purpose(edition=shown))
    context = {
        "rows": visible(actor, Purpose.objects.filter(edition=shown))
        .annotate(count=Count("fields"))
        .order_by("pk"),
        "may_edit": policy_for(Purpose).may(actor, "edit", Purpose(edition=shown)),
        "tab": "purposes",
    }
    return render(request, "guests/setup/purposes.html", context)


@never_cache
@login_required
@require_safe
def fields(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the questions, in their order."""
    shown, actor = _asked(request, edition)
    require(actor, "view", Field(edition=shown))
    rows = visible(actor, Field.objects.filter(edition=shown)).select_related("purpose")
    context = {
        "rows": rows.prefetch_related("categories"),
        "may_edit": policy_for(Field).may(actor, "edit", Field(edition=shown)),
        "tab": "fields",
    }
    return render(request, "guests/setup/fields.html", context)


@never_cache
@login_required
@require_safe
def preview(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show the form as guests of a category see it, step by step and for each way of taking part."""
    shown, actor = _asked(request, edition)
    category = _found(actor, Category, shown, slug)
    step = request.GET.get("step", "")
    attendance = request.GET.get("attendance", "")
    step = step if step in set(Step) else Step.APPLICATION
    attendance = attendance if attendance in set(Attendance) else Attendance.ON_SITE
    questions = form_of(shown.pk).questions(category, attendance, {step})
    form = AnswersForm(questions=questions, edition=shown, lang=get_language() or "en")
    context = {
        "category": category,
        "form": form,
        "groups": form.groups(),
        "steps": [
            (one, one.value == step) for one in Step if one in category.steps or one is Step.APPLICATION
        ],
        "ways": [(one, one.value == attendance) for one in Attendance],
        "step": step,
        "attendance": attendance,
        "tab": "categories",
    }
    return render(request, "guests/setup/preview.html", context)


@never_cache
@login_required
@require_POST
def defaults(request: HttpRequest, edition: str) -> HttpResponse:
    """Set up what most summits ask, beside what is there already."""
    shown, actor = _asked(request, edition)
    install_defaults(shown, by=actor)
    messages.success(
        request, _("Categories, purposes and questions are set up. Look through them before you invite.")
    )
    return redirect("guests:categories", edition)


@never_cache
@login_required
@require_http_methods(WAYS)
def category(request: HttpRequest, edition: str, slug: str = "") -> HttpResponse:
    """Show one category, or a new one; save or remove it."""
    return _record(request, edition, slug, Category, CategoryForm, "categories")


@never_cache
@login_required
@require_http_methods(WAYS)
def purpose(request: HttpRequest, edition: str, slug: str = "") -> HttpResponse:
    """Show one purpose, or a new one; save or remove it."""
    return _record(request, edition, slug, Purpose, PurposeForm, "purposes")


@never_cache
@login_required
@require_http_methods(WAYS)
def field(request: HttpRequest, edition: str, slug: str = "") -> HttpResponse:
    """Show one question, or a new one; save or remove it."""
    if not slug and not Purpose.objects.filter(edition__slug=edition).exists():
        messages.warning(request, _("First say for which purpose something is asked."))
        return redirect("guests:purposes", edition)
    return _record(request, edition, slug, Field, FieldForm, "fields")


def _record(
    request: HttpRequest, edition: str, slug: str, model: type[Any], kind: type[RecordForm[Any]], plural: str
) -> HttpResponse:
    shown, actor = _asked(request, edition)
    row = _found(actor, model, shown, slug) if slug else model(edition=shown)
    require(actor, "view" if slug and request.method != "POST" else "edit", row)
    if slug and "remove" in request.POST:
        return _removed(request, shown, actor, row, plural)
    form = kind(request.POST or None, record=row, edition=shown)
    if not policy_for(Edition).may(actor, "edit", shown):
        form.fields.pop("officers", None)
    save = (
        (lambda **values: _CHANGE[model](row, actor, values))
        if slug
        else (lambda **values: _ADD[model](shown, actor, values))
    )
    saved = form.save(save) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect(f"guests:{plural}", shown.slug)
    return _page(request, actor, row, form, plural, status=422 if form.errors else 200)


def _removed(request: HttpRequest, edition: Edition, actor: Actor, row: Row, plural: str) -> HttpResponse:
    try:
        _REMOVE[type(row)](row, by=actor)
    except SummitryError as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"guests:{_ONE[plural]}", edition.slug, row.slug)
    messages.success(request, _("Removed."))
    return redirect(f"guests:{plural}", edition.slug)


def _page(
    request: HttpRequest, actor: Actor, row: Row, form: RecordForm[Any], plural: str, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "is_new": row.pk is None,
        "depends": [] if row.pk is None or isinstance(row, Category) else dependents_of(row),
        "may_edit": policy_for(type(row)).may(actor, "edit", row),
        "tab": plural,
        "back": f"guests:{plural}",
    }
    return render(request, "guests/setup/record.html", context, status=status)


def _asked(request: HttpRequest, edition: str) -> tuple[Edition, Actor]:
    shown, actor = edition_of(request, edition, nav=FORM_NAV), actor_of(request)
    require(actor, "enter", shown)
    return shown, actor


def _found(actor: Actor, model: type[Any], edition: Edition, slug: str) -> Any:
    row = visible(actor, model.objects.filter(edition=edition, slug=slug)).select_related("edition").first()
    if row is None:
        raise NotFound
    return row


def _of_field(edition: Edition, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with rows for the categories that the form names."""
    slugs = values.pop("category_slugs", None)
    if slugs is not None:
        values["categories"] = list(Category.objects.filter(edition=edition, slug__in=slugs))
    return values


def _change_category(row: Category, actor: Actor, values: dict[str, Any]) -> Category:
    chosen = values.pop("officers", None)
    with recording():
        if chosen is not None:
            set_officers(row, list(officers(row.edition).filter(pk__in=chosen)), by=actor)
        return update_category(row, by=actor, **values)


_ADD: dict[type[Model], Callable[[Edition, Actor, dict[str, Any]], Row]] = {
    Category: lambda edition, actor, values: create_category(edition, by=actor, **values),
    Purpose: lambda edition, actor, values: create_purpose(edition, by=actor, **values),
    Field: lambda edition, actor, values: create_field(edition, by=actor, **_of_field(edition, values)),
}
_CHANGE: dict[type[Model], Callable[[Any, Actor, dict[str, Any]], Row]] = {
    Category: _change_category,
    Purpose: lambda row, actor, values: update_purpose(row, by=actor, **values),
    Field: lambda row, actor, values: update_field(row, by=actor, **_of_field(row.edition, values)),
}
_REMOVE: dict[type[Model], Callable[..., None]] = {
    Category: remove_category,
    Purpose: remove_purpose,
    Field: remove_field,
}
_ONE = {"categories": "category", "purposes": "purpose", "fields": "field"}
