"""Watching work: a page with a bar, and the few facts with which its script moves the bar."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.foundation.access import visible
from summitry.foundation.errors import NotFound
from summitry.foundation.jobs.pages import page_of, shown, wait_briefly
from summitry.foundation.models import Progress, ProgressState
from summitry.foundation.web.actor import actor_of

PATIENCE = 0.8


@never_cache
@login_required
@require_safe
def progress_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show how far a piece of work is; lead on once it is done. Short work is done before the page is shown."""
    progress = wait_briefly(_watched(request, public_id), PATIENCE)
    page = page_of(progress)
    if progress.state == ProgressState.DONE:
        return redirect(page.after(progress))
    page.frame(request, progress)
    return render(request, page.template, {**progress.details, "progress": shown(progress)})


@never_cache
@login_required
@require_safe
def progress_state(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """Answer the page's script; where the work has ended, that is all it needs to know."""
    progress = _watched(request, public_id)
    line = shown(progress)
    facts = {name: getattr(line, name) for name in ("percent", "share", "stage", "note")}
    return JsonResponse({"ended": progress.has_ended, **facts})


def _watched(request: HttpRequest, public_id: uuid.UUID) -> Progress:
    progress = visible(actor_of(request), Progress.objects.filter(public_id=public_id)).first()
    if progress is None:
        raise NotFound
    return progress
