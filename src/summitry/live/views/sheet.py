"""The cue sheet of a session: writing it, and printing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.views.door import WAYS, at_work
from summitry.foundation.access import Actor, policy_for, require, within
from summitry.foundation.errors import NotFound
from summitry.live.actions.cues import (
    add_cue,
    change_cue,
    copy_cues,
    draft_cues,
    move_cue,
    remove_cue,
    set_lead,
)
from summitry.live.forms import CueForm, LeadForm
from summitry.live.models import Cue, Run
from summitry.live.queries.rundown import (
    Rundown,
    room_of,
    run_of,
    rundown_now,
    session_to_run,
    sessions_to_run,
)
from summitry.live.views.day import NAV
from summitry.programme.models import Session

DENSITY = ((9, "airy"), (16, "even"), (26, "tight"), (40, "close"))
"""Up to how many lines a printed sheet is set in which size, so that it stays on one page."""
PER_LINE = 46


@never_cache
@login_required
@require_safe
def sheet(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show a session's cue sheet with everything that can be done with it."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    may_edit = policy_for(Run).may(actor, "edit", run_of(session))
    told = rundown_now(session)
    context = {
        "told": told,
        "session": session,
        "room": room_of(told.place),
        "may_edit": may_edit,
        "lead": LeadForm(initial={"lead_minutes": told.run.lead_minutes}),
        "sources": _sources(actor, shown, session) if may_edit and not told.lines else [],
    }
    return render(request, "live/sheet.html", context)


@never_cache
@login_required
@require_POST
def sheet_fill(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Fill an empty sheet: from the programme, or (`source`) from another session's sheet."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    if "source" in request.POST:
        source = session_to_run(actor, shown, request.POST["source"])
        made = copy_cues(session, source, by=actor)
    else:
        made = draft_cues(session, by=actor)
    messages.success(request, _("%(count)d cues are there. Change what does not fit.") % {"count": len(made)})
    return _to_sheet(shown, session)


@never_cache
@login_required
@require_POST
def sheet_lead(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Say how long before the session the sheet begins."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    form = LeadForm(request.POST)
    if form.is_valid():
        set_lead(session, form.cleaned_data["lead_minutes"], by=actor)
        messages.success(request, _("The cue sheet is saved."))
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["lead_minutes"]))
    return _to_sheet(shown, session)


@never_cache
@login_required
@require_http_methods(WAYS)
def cue_new(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Take down a new cue, after the others."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    require(actor, "edit", run_of(session))
    form = CueForm(request.POST or None, record=Cue(session=session), edition=shown)
    made = form.save(lambda **values: add_cue(session, by=actor, **values)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The cue is there."))
        return _to_sheet(shown, session, made)
    return _cue_page(request, session, None, form)


@never_cache
@login_required
@require_http_methods(WAYS)
def cue_edit(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a cue with its form; save what was changed in it."""
    shown, actor = at_work(request, edition, NAV)
    cue = _cue_at_work(actor, shown, pk)
    require(actor, "edit", cue)
    form = CueForm(request.POST or None, record=cue, edition=shown)
    saved = form.save(lambda **changes: change_cue(cue, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The cue is saved."))
        return _to_sheet(shown, cue.session, cue)
    return _cue_page(request, cue.session, cue, form)


@never_cache
@login_required
@require_POST
def cue_move(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Move a cue up or down by one."""
    shown, actor = at_work(request, edition, NAV)
    cue = _cue_at_work(actor, shown, pk)
    move_cue(cue, -1 if request.POST.get("move") == "up" else 1, by=actor)
    return _to_sheet(shown, cue.session, cue)


@never_cache
@login_required
@require_POST
def cue_remove(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Remove a cue that has not begun."""
    shown, actor = at_work(request, edition, NAV)
    cue = _cue_at_work(actor, shown, pk)
    session = cue.session
    remove_cue(cue, by=actor)
    messages.success(request, _("The cue is removed."))
    return _to_sheet(shown, session)


@never_cache
@login_required
@require_safe
def sheet_print(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show the cue sheet as it is printed, on one page."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    told = rundown_now(session)
    context = {
        "told": told,
        "session": session,
        "room": room_of(told.place),
        "density": density_of(told),
    }
    return render(request, "live/sheet_print.html", context)


def density_of(told: Rundown) -> str:
    """Return in which size a sheet of so many lines is printed; what says much takes more of them."""
    words = ("who", "screen", "sound", "interpretation", "broadcast")
    lines = sum(
        1 + max(len(str(line.cue.what)), *(len(getattr(line.cue, name)) for name in words)) // PER_LINE
        for line in told.lines
    )
    return next((name for most, name in DENSITY if lines <= most), "closest")


def _sources(actor: Actor, edition: Edition, session: Session) -> list[Session]:
    """The sessions of the edition that have a cue sheet to copy, those of the same forum first."""
    rows = Session.objects.filter(edition=edition, cues__isnull=False).exclude(pk=session.pk).distinct()
    found = sessions_to_run(actor, rows).only("code", "title", "forum_id")
    return sorted(found, key=lambda one: (one.forum_id != session.forum_id, str(one.title)))


def _cue_at_work(actor: Actor, edition: Edition, pk: int) -> Cue:
    rows = Cue.objects.filter(pk=pk, session__edition=edition)
    cue = within(actor, rows).select_related("session__edition", "session__run").first()
    if cue is None:
        raise NotFound
    return cue


def _cue_page(request: HttpRequest, session: Session, cue: Cue | None, form: CueForm) -> HttpResponse:
    context = {"session": session, "cue": cue, "form": form}
    return render(request, "live/cue.html", context, status=422 if form.errors else 200)


def _to_sheet(edition: Edition, session: Session, cue: Cue | None = None) -> HttpResponse:
    address = reverse("live:sheet", args=[edition.slug, session.code])
    return redirect(f"{address}#cue-{cue.pk}" if cue is not None else address)
