"""Entering arrivals by table: uploaded, shown as they would be entered, entered at once or not at all."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, page
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import SummitryError
from summitry.foundation.files.waiting import (
    WaitingFile,
    forget_upload,
    keep_waiting,
    plain_name,
    waiting_file,
)
from summitry.protocol.actions.travel import create_legs
from summitry.protocol.models import Transfer
from summitry.protocol.queries.arrivals_table import COLUMNS, ArrivalsTable, names_in, read_arrivals
from summitry.protocol.views.refusals import lines_of

NAV = "protocol-journeys"
LARGEST = 5_000_000


class TableForm(forms.Form):
    """The table, as a file."""

    file = forms.FileField(
        label=gettext_lazy("Table"), help_text=gettext_lazy("CSV, XLSX or ODS, at most 5 MB.")
    )

    def clean_file(self) -> WaitingFile:
        """Keep the file for the next step."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is too large: at most %(limit)d MB.") % {"limit": 5})
        return keep_waiting(plain_name(upload.name, "arrivals.csv"), upload.read())


@page
def table(request: HttpRequest, edition: str) -> HttpResponse:
    """Take a table, show what it would enter, enter it."""
    shown, actor = at_work(request, edition, NAV, Transfer)
    require(actor, "edit", Transfer(edition=shown))
    if "token" in request.POST:
        return _enter(request, shown, actor)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    waiting = form.cleaned_data["file"]
    found = read_arrivals(actor, shown, waiting.data, waiting.name)
    return _report(request, shown, waiting, found)


def _enter(request: HttpRequest, edition: Edition, actor: Actor) -> HttpResponse:
    """Read the table once more, as much may have happened since, and enter it where nothing is wrong with it."""
    waiting = waiting_file(request.POST["token"], request.POST.get("name", "")[:120])
    if waiting is None:
        refused = _("The uploaded file is no longer there. Please upload it once more.")
        return _page(request, TableForm(), refused=[refused], status=422)
    found = read_arrivals(actor, edition, waiting.data, waiting.name)
    if found.bad or not found.new:
        return _report(request, edition, waiting, found)
    try:
        create_legs(edition, [(one.guest, one.facts) for one in found.new], by=actor)
    except SummitryError as refusal:
        return _page(request, TableForm(), refused=lines_of(refusal), status=refusal.status)
    forget_upload(waiting.token)
    count = len(found.new)
    text = ngettext("%(count)d arrival was entered.", "%(count)d arrivals were entered.", count)
    messages.success(request, text % {"count": count})
    return redirect("protocol:journeys", edition.slug)


def _report(
    request: HttpRequest, edition: Edition, waiting: WaitingFile, found: ArrivalsTable
) -> HttpResponse:
    lines = list(names_in(found, get_language() or "en", edition.fallback))
    if found.bad or not found.new:
        forget_upload(waiting.token)
    status = 422 if found.bad else 200
    return _page(request, TableForm(), waiting=waiting, found=found, lines=lines, status=status)


def _page(request: HttpRequest, form: TableForm, *, status: int = 200, **context: object) -> HttpResponse:
    context = {"form": form, "columns": COLUMNS.items(), **context}
    return render(request, "protocol/arrivals_table.html", context, status=status)
