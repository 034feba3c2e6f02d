"""A juror's own pages in a call: whether she takes part, what she knows, whom she must not judge, what she would like to read."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.bid import place_bids
from summitry.calls.actions.conflict import declare_conflict
from summitry.calls.actions.juror import accept_appointment, decline_appointment, leave_jury, update_juror
from summitry.calls.enums import BidValue, JurorState
from summitry.calls.forms.jury import ConflictForm, JurorForm
from summitry.calls.models import Area, Bid, Juror
from summitry.calls.queries.conflict_lines import own_conflicts
from summitry.calls.queries.jurors import own_juror
from summitry.calls.queries.own_entries import found_by, lines_for, open_to
from summitry.calls.views.door import call_at_work
from summitry.calls.views.refusing import refuse
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor
from summitry.foundation.errors import NotFound, SummitryError, TransitionRefused

TAB = "mine"
SIZE = 25


@page
def own(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show a juror her own page: she accepts or declines, says what she knows and how much she can read, or leaves."""
    juror, actor = _asked(request, edition, call)
    what = request.POST.get("do", "")
    if what:
        return _step(request, juror, what, actor)
    form = JurorForm(
        request.POST if request.method == "POST" else None, record=juror, call=juror.call, is_own=True
    )
    saved = form.save(lambda **changes: update_juror(juror, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("Thank you; this is saved."))
        return redirect("calls:mine", juror.call.edition.slug, juror.call.slug)
    lang, chain = get_language() or "en", juror.call.edition.fallback
    context = {
        "juror": juror,
        "form": form,
        "declared": [(row, row.entry.title.shown(lang, chain)) for row in own_conflicts(juror.pk)],
        "entries": open_to(juror).count() if juror.state == JurorState.ACCEPTED else 0,
        "bids": Bid.objects.filter(juror=juror, entry__in=open_to(juror)).count(),
    }
    return render(request, "calls/jury/mine.html", context, status=422 if form.errors else 200)


@page
def entries(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show a juror the entries of her call; a POST takes her bids for those on the page."""
    juror, actor = _asked(request, edition, call, accepted=True)
    if request.method == "POST":
        wanted = {
            number_in(name.removeprefix("bid-")): value
            for name, value in request.POST.items()
            if name.startswith("bid-") and isinstance(value, str)
        }
        place_bids(juror, wanted, by=actor)
        messages.success(request, _("Your wishes are kept."))
        return redirect(request.get_full_path())
    area, words = request.GET.get("area", "")[:40], request.GET.get("q", "").strip()[:100]
    rows = open_to(juror).select_related("area")
    if area:
        rows = rows.filter(area__slug=area)
    lang, chain = get_language() or "en", juror.call.edition.fallback
    sheet = Paginator(found_by(rows, words, juror.call) if words else rows, SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "juror": juror,
        "page": sheet,
        "lines": lines_for(juror, list(sheet.object_list), lang),
        "areas": [(one.slug, one.name.shown(lang, chain)) for one in Area.objects.filter(call=juror.call)],
        "area": area,
        "words": words,
        "values": BidValue.choices,
        "rest": f"&{urlencode({'area': area, 'q': words})}",
    }
    return render(request, "calls/jury/mine_entries.html", context)


@page
def conflict(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Let a juror declare that she must not judge an entry; it is gone from her lists at once."""
    juror, actor = _asked(request, edition, call, accepted=True)
    entry = open_to(juror).filter(number=number).first()
    if entry is None:
        raise NotFound
    entry.call = juror.call
    form = ConflictForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            declare_conflict(juror, entry, given["kind"], by=actor, words=given["words"])
        except SummitryError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Thank you. You will not be asked about this entry."))
            return redirect("calls:mine_entries", juror.call.edition.slug, juror.call.slug)
    title = entry.title.shown(get_language() or "en", juror.call.edition.fallback)
    context = {"juror": juror, "entry": entry, "title": title, "form": form}
    return render(request, "calls/jury/mine_conflict.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, edition: str, call: str, *, accepted: bool = False) -> tuple[Juror, Actor]:
    """Return the reader as a juror of the call. Raises NotFound for who is none, TransitionRefused before she has accepted."""
    found, actor = call_at_work(request, edition, call, TAB)
    juror = own_juror(found, actor)
    if juror is None:
        raise NotFound
    if accepted and juror.state != JurorState.ACCEPTED:
        raise TransitionRefused
    return juror, actor


def _step(request: HttpRequest, juror: Juror, what: str, actor: Actor) -> HttpResponse:
    deeds = {"accept": accept_appointment, "decline": decline_appointment, "leave": leave_jury}
    if what not in deeds:
        raise NotFound
    deeds[what](juror, by=actor)
    if what == "accept":
        messages.success(request, _("Thank you for joining the jury."))
        return redirect("calls:mine", juror.call.edition.slug, juror.call.slug)
    messages.success(request, _("You are not on the jury of %(call)s any more.") % {"call": juror.call})
    return redirect("site:my_summit")
