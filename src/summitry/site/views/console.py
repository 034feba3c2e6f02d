"""The console's home, the board of background jobs, and the living style guide."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition
from summitry.editions.queries.edition import editions
from summitry.foundation.access import ADMINISTRATOR, Actor, policy_for
from summitry.foundation.audit import sentence
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.jobs import job_health, recurring_jobs
from summitry.foundation.models import AuditEntry, JobSchedule, WorkerBeat
from summitry.foundation.web.actor import actor_of
from summitry.site.queries.readiness import readiness

SHOWN_ENTRIES = 12


def staff_actor(request: HttpRequest) -> Actor:
    """Return the actor of a console page. Raises PermissionRefused for somebody without any role."""
    actor = actor_of(request)
    if not actor.grants:
        raise PermissionRefused
    return actor


@never_cache
@login_required
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Show what stands between the edition and its opening, and what was done last."""
    actor = staff_actor(request)
    mine = [
        edition
        for edition in editions(actor).filter(origin=EditionOrigin.RUN)
        if policy_for(Edition).may(actor, "view_draft", edition)
    ]
    chosen = next((edition for edition in mine if edition.slug == request.GET.get("edition")), None)
    edition = chosen or (mine[0] if mine else None)
    request.edition = edition  # type: ignore[attr-defined]
    request.nav_current = "overview"  # type: ignore[attr-defined]
    context = {
        "editions": mine,
        "lines": readiness(edition, get_language() or "en") if edition else [],
        "entries": _latest(edition.pk) if edition else [],
        "job_health": job_health(),
    }
    return render(request, "site/console.html", context)


@never_cache
@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show the health of background jobs: workers, queue, schedule, failures."""
    if not actor_of(request).holds(ADMINISTRATOR):
        raise PermissionRefused
    request.nav_current = "jobs"  # type: ignore[attr-defined]
    context = {
        "health": job_health(),
        "workers": WorkerBeat.objects.order_by("-seen_at")[:20],
        "recent": DBTaskResult.objects.order_by("-enqueued_at")[:40],
        "schedule": JobSchedule.objects.filter(name__in=recurring_jobs()).order_by("due_at"),
    }
    return render(request, "site/jobs.html", context)


@login_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components of the design system."""
    staff_actor(request)
    return render(request, "components/styleguide.html")


def _latest(edition_id: int) -> list[dict[str, object]]:
    entries = AuditEntry.objects.filter(edition_id=edition_id).order_by("-pk")[:SHOWN_ENTRIES]
    return [{"at": entry.at, "sentence": sentence(entry)} for entry in entries]
