"""The record of a call: its steps and the last hash in the console, and the file for auditors and for the public."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from summitry.calls.enums import CallState, StepKind
from summitry.calls.models import Call, Step
from summitry.calls.queries.record_export import record_parts
from summitry.calls.record.chain import GENESIS
from summitry.calls.record.lines import Grade, written
from summitry.calls.views.door import call_at_work
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import PUBLIC, Actor, require, visible
from summitry.foundation.audit import record
from summitry.foundation.errors import NotFound

TAB = "record"
STEPS = 50


@page
def record_page(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the steps of a call, the newest first, and the hash of the last."""
    shown, actor = call_at_work(request, edition, call, TAB, "audit")
    rows = visible(actor, Step.objects.filter(call=shown)).order_by("-number")
    kind = request.GET.get("kind", "")
    if kind in StepKind.values:
        rows = rows.filter(kind=kind)
    steps = Paginator(rows, STEPS).get_page(number_in(request.GET.get("page")) or 1)
    context = {"call": shown, "page": steps, "head": _head(shown), "kinds": StepKind.choices, "kind": kind}
    return render(request, "calls/console/record.html", context)


@page
def record_file(request: HttpRequest, edition: str, call: str) -> HttpResponseBase:
    """Send the record for auditors; that it was taken is written into the log."""
    shown, actor = call_at_work(request, edition, call, TAB, "audit")
    require(actor, "approve", shown)
    record("calls.record.exported", by=actor, obj=shown)
    return _file(shown, Grade.AUDITOR, actor)


@require_safe
def public_record(request: HttpRequest, edition: str, call: str) -> HttpResponseBase:
    """Send the record for the public, once laureates are announced."""
    shown = edition_of(request, edition)
    found = Call.objects.filter(edition=shown, slug=call, state=CallState.ANNOUNCED).first()
    if found is None:
        raise NotFound
    found.edition = shown
    return _file(found, Grade.PUBLIC, PUBLIC)


def _file(call: Call, grade: Grade, actor: Actor) -> StreamingHttpResponse:
    parts = record_parts(call, grade, actor)
    response = StreamingHttpResponse(_whole(written(parts)), content_type="text/plain; charset=utf-8")
    name = f"{call.edition.slug}-{call.slug}-{grade}.record"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store" if grade is Grade.AUDITOR else "no-cache"
    return response


def _whole(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Read everything at one moment: what is written while a file is sent does not come into its second half."""
    with transaction.atomic():
        yield from lines


def _head(call: Call) -> str:
    last = Step.objects.filter(call=call).order_by("-number").values_list("hash", flat=True).first()
    return last or GENESIS
