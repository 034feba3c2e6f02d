"""The console's pages of screening: lists out, results in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.lists.files import FORMATS, table_file
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.screening import answer_entries, answer_entry, make_screening_list, send_out
from summitry.guests.enums import GuestState, ScreeningResult
from summitry.guests.forms.deciding import ResultsForm
from summitry.guests.models import Guest, ScreeningEntry, ScreeningList
from summitry.guests.queries.screening_files import incoming, outgoing

NAV = "console-screening"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the lists, and how many wait for the next one; make it."""
    shown, actor = _asked(request, edition)
    refused = ""
    if request.method == "POST":
        try:
            batch = make_screening_list(shown, by=actor)
        except SummitryError as refusal:
            refused = str(refusal)
        else:
            return redirect("guests:screening_list", shown.slug, batch.number)
    waiting = Guest.objects.filter(edition=shown, state=GuestState.SCREENING)
    lists = visible(actor, ScreeningList.objects.filter(edition=shown)).annotate(
        count=Count("entries"), open=Count("entries", filter=Q(entries__result=ScreeningResult.OPEN))
    )
    context = {
        "lists": lists,
        "waiting": waiting.exclude(screenings__result=ScreeningResult.OPEN).count(),
        "refused": refused,
    }
    return render(request, "guests/screening/lists.html", context, status=409 if refused else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def screening_list(request: HttpRequest, edition: str, number: int) -> HttpResponseBase:
    """Show a list; send its file, or take the file with its results in."""
    shown, actor = _asked(request, edition)
    batch = _batch(actor, shown, number)
    kind = request.GET.get("as", "")
    if kind in FORMATS:
        entries = send_out(batch, by=actor)
        rows = iter(list(outgoing(shown, entries, get_language() or "en")))
        return table_file(
            rows, title=_("Screening"), name=f"screening-{shown.slug}-{batch}.{kind}", kind=kind
        )
    form = ResultsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = answer_entries(batch, incoming(form.cleaned_data["file"].read()), by=actor)
        except InvalidInput as refusal:
            for line in refusal.fields.get("file", [str(refusal)]):
                form.add_error("file", line)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(count)d results were taken in.") % {"count": count})
            return redirect("guests:screening_list", shown.slug, batch.number)
    return _page(request, shown, batch, form)


@never_cache
@login_required
@require_POST
def screening_answer(request: HttpRequest, edition: str, number: int, code: str) -> HttpResponse:
    """Note what came back about one name."""
    shown, actor = _asked(request, edition)
    batch = _batch(actor, shown, number)
    entry = ScreeningEntry.objects.filter(batch=batch, code=code).select_related("batch").first()
    if entry is None:
        raise NotFound
    try:
        answer_entry(entry, request.POST.get("result", ""), by=actor)
    except InvalidInput as refusal:
        messages.error(request, " ".join(line for lines in refusal.fields.values() for line in lines))
    except SummitryError as refusal:
        messages.error(request, str(refusal))
    return redirect("guests:screening_list", shown.slug, batch.number)


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    shown, actor = edition_of(request, slug, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    require(actor, "screen", Guest(edition=shown))
    return shown, actor


def _batch(actor: Actor, edition: Edition, number: int) -> ScreeningList:
    batch = visible(actor, ScreeningList.objects.filter(edition=edition, number=number)).first()
    if batch is None:
        raise NotFound
    return batch


def _page(request: HttpRequest, edition: Edition, batch: ScreeningList, form: ResultsForm) -> HttpResponse:
    entries = list(batch.entries.select_related("guest"))
    names = names_of({entry.guest.person_id for entry in entries})
    lang = get_language() or "en"
    context = {
        "batch": batch,
        "lines": [(entry, names.shown(entry.guest.person_id, lang, edition.fallback)) for entry in entries],
        "open": sum(entry.result == ScreeningResult.OPEN for entry in entries),
        "form": form,
    }
    return render(request, "guests/screening/list.html", context, status=422 if form.errors else 200)
