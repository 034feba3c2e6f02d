"""The pages of every list: the list itself, its files, its changes of many rows, and its saved filters."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.foundation.access import require
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.lists.action import BulkAction
from summitry.foundation.lists.bulk import (
    differences_of,
    plan_bulk,
    run_bulk,
    run_by_id,
    runs_of,
    undo_bulk,
)
from summitry.foundation.lists.files import FORMATS, list_file
from summitry.foundation.lists.page import page_of_list
from summitry.foundation.lists.reader import Reader, reader_of
from summitry.foundation.lists.saved import (
    choose_default,
    default_query,
    delete_filter,
    kept_query,
    save_filter,
)
from summitry.foundation.lists.spec import ListQuery, ListSpec, options_of
from summitry.foundation.models import BulkRun

EditionOf = Callable[..., Any]
View = Callable[..., HttpResponseBase]
Page = Callable[..., HttpResponseBase]


def list_urls(spec: ListSpec, edition_of: EditionOf, at: str = "") -> list[URLPattern]:
    """Return the addresses of a list and of what belongs to it, under `at` (by default its route's name).

    `edition_of(request, slug, nav=…)` finds the edition for the page, as the edition room does. No record's slug can
    begin with "~", so that records may have addresses under the list's.
    """
    name = spec.route.rpartition(":")[2]
    place = at or f"{name}/"
    return [
        path(place, _door(spec, edition_of, _list), name=name),
        path(f"{place}~filters/", _door(spec, edition_of, _filters), name=f"{name}_filters"),
        path(f"{place}~changes/", _door(spec, edition_of, _runs), name=f"{name}_changes"),
        path(f"{place}~changes/<int:run>/", _door(spec, edition_of, _run), name=f"{name}_change"),
    ]


def _door(spec: ListSpec, edition_of: EditionOf, page: Page) -> View:
    """Let in who may enter the edition's console; what she then sees is what she works on."""

    @never_cache
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, edition: str, **kwargs: Any) -> HttpResponseBase:
        found = edition_of(request, edition, nav=spec.nav or spec.key)
        reader = reader_of(request, found)
        require(reader.actor, "enter", found)
        return page(request, spec, reader, **kwargs)

    return view


def _list(request: HttpRequest, spec: ListSpec, reader: Reader) -> HttpResponseBase:
    options = options_of(spec, reader)
    query = ListQuery.read(spec, options, request.GET)
    if request.method == "POST":
        return _bulk(request, spec, query, reader)
    if not request.GET and (start := default_query(spec, reader)):
        return redirect(f"{_url(spec, reader)}?{start}")
    kind = request.GET.get("as")
    if kind in FORMATS:
        return list_file(spec, query, reader, kind)
    page = page_of_list(spec, query, options, reader)
    context = {
        "list": page,
        "urls": _urls(spec, reader),
        "done": _done(request, spec, reader),
        "reader": reader,
    }
    return render(request, "console/list.html", context)


def _bulk(request: HttpRequest, spec: ListSpec, query: ListQuery, reader: Reader) -> HttpResponse:
    """Show what a change would do; once that was confirmed, and still is what would be done, do it."""
    action = next((each for each in spec.actions if each.key == request.POST.get("action")), None)
    chosen = _chosen(request.POST)
    is_all = "all" in request.POST
    if action is None or not action.may(reader) or not (chosen or is_all):
        messages.warning(request, _("Choose entries, and what is to be done with them."))
        return redirect(_url(spec, reader) + query.address())
    ids = query.ids(spec, reader) if is_all else chosen
    form = _form(action, request, reader)
    context = {
        "spec": spec,
        "action": action,
        "form": form,
        "ids": [] if is_all else chosen,
        "is_all": is_all,
        "query": query.address(),
        "back": _url(spec, reader) + query.address(),
        "key": request.POST.get("key") or str(uuid.uuid4()),
        "plan": None,
        "notice": "",
    }
    if form is not None and not form.is_bound:
        return render(request, "console/bulk.html", {**context, "count": len(ids)})
    if form is not None and not form.is_valid():
        return render(request, "console/bulk.html", {**context, "count": len(ids)}, status=422)
    return _previewed(request, (spec, action, reader), ids, form.cleaned_data if form else {}, context)


def _previewed(
    request: HttpRequest,
    what: tuple[ListSpec, BulkAction, Reader],
    ids: list[int],
    data: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:
    spec, action, reader = what
    status, notice, plan = 200, "", None
    try:
        plan = plan_bulk(spec, action, ids, data, reader)
        if request.POST.get("then") == "confirm":
            key = _key(context["key"])
            done = BulkRun.objects.filter(key=key, account_id=reader.account_id).first()
            if done is None and plan.changes and request.POST.get("plan") == plan.fingerprint:
                done = run_bulk(spec, action, plan, key, reader)
            if done is not None:
                return redirect(_with(context["back"], done=done.pk))
            status, notice = 409, _("The entries have changed since the preview. Please look at it again.")
    except SummitryError as refusal:
        status, notice = refusal.status, str(refusal)
    shown = {**context, "plan": plan, "notice": notice, "count": len(ids)}
    return render(request, "console/bulk.html", shown, status=status)


def _with(address: str, **more: object) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(more)}"


def _filters(request: HttpRequest, spec: ListSpec, reader: Reader) -> HttpResponseBase:
    """Keep, delete or choose a saved filter; a GET shows them."""
    given = QueryDict(request.POST.get("query", request.GET.get("query", ""))[:2000])
    query = ListQuery.read(spec, options_of(spec, reader), given)
    context: dict[str, Any] = {
        "spec": spec,
        "reader": reader,
        "query": kept_query(query),
        "errors": {},
        "typed": {},
    }
    status = 200
    if request.method == "POST":
        try:
            _filter_step(request.POST, spec, query, reader)
        except InvalidInput as refusal:
            status = refusal.status
            context |= {"errors": refusal.fields, "typed": request.POST}
        else:
            return redirect(_url(spec, reader) + (query.address() or "?all=1"))
    page = page_of_list(spec, query, {}, reader)
    context |= {
        "saved": page.saved,
        "urls": _urls(spec, reader),
        "back": _url(spec, reader) + (query.address() or "?all=1"),
    }
    return render(request, "console/filters.html", context, status=status)


def _filter_step(given: QueryDict, spec: ListSpec, query: ListQuery, reader: Reader) -> None:
    text = given.get("filter", "")
    chosen = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
    match given.get("do"):
        case "delete" if chosen is not None:
            delete_filter(spec, reader, chosen)
        case "default":
            choose_default(spec, reader, chosen)
        case _:
            shared = "shared" in given
            row = save_filter(
                spec, reader, name=given.get("name", ""), query=kept_query(query), is_shared=shared
            )
            if "default" in given:
                choose_default(spec, reader, row.pk)


def _runs(request: HttpRequest, spec: ListSpec, reader: Reader) -> HttpResponseBase:
    runs = [
        {"run": run, "label": _label(spec, run), "url": _run_url(spec, run, reader)}
        for run in runs_of(spec, reader)
    ]
    context = {"spec": spec, "runs": runs, "back": _url(spec, reader), "reader": reader}
    return render(request, "console/changes.html", context)


def _run(request: HttpRequest, spec: ListSpec, reader: Reader, run: int) -> HttpResponseBase:
    found = run_by_id(spec, run, reader)
    status, notice = 200, ""
    if request.method == "POST":
        try:
            undo_bulk(spec, found, reader)
        except SummitryError as refusal:
            status, notice = refusal.status, str(refusal)
            found.refresh_from_db()
        else:
            return redirect(_run_url(spec, found, reader))
    context = {
        "spec": spec,
        "run": found,
        "label": _label(spec, found),
        "rows": list(differences_of(spec, found, reader)),
        "count": len(found.rows),
        "back": reverse(f"{spec.route}_changes", args=[reader.edition.slug]),
        "list_url": _url(spec, reader),
        "notice": notice,
        "reader": reader,
    }
    return render(request, "console/change.html", context, status=status)


def _form(action: BulkAction, request: HttpRequest, reader: Reader) -> Any:
    if action.form is None:
        return None
    kind = action.form(reader)
    return kind(request.POST, prefix="set") if "filled" in request.POST else kind(prefix="set")


def _chosen(given: QueryDict) -> list[int]:
    return list(
        dict.fromkeys(
            int(pk) for pk in given.getlist("row") if pk.isascii() and pk.isdecimal() and len(pk) < 19
        )
    )


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def _done(request: HttpRequest, spec: ListSpec, reader: Reader) -> dict[str, Any] | None:
    """Return the change that has just been made, for the notice with its way back."""
    given = request.GET.get("done", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        return None
    run = runs_of(spec, reader).filter(pk=int(given)).first()
    if run is None or run.undone_at:
        return None
    return {"label": _label(spec, run), "count": len(run.rows), "url": _run_url(spec, run, reader)}


def _label(spec: ListSpec, run: BulkRun) -> str:
    return next((str(action.label) for action in spec.actions if action.key == run.action), run.action)


def _url(spec: ListSpec, reader: Reader) -> str:
    return reverse(spec.route, args=[reader.edition.slug])


def _run_url(spec: ListSpec, run: BulkRun, reader: Reader) -> str:
    return reverse(f"{spec.route}_change", args=[reader.edition.slug, run.pk])


def _urls(spec: ListSpec, reader: Reader) -> dict[str, str]:
    slug = [reader.edition.slug]
    return {
        "list": reverse(spec.route, args=slug),
        "filters": reverse(f"{spec.route}_filters", args=slug),
        "changes": reverse(f"{spec.route}_changes", args=slug),
    }
