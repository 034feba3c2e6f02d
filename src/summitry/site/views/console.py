"""The consoles: which editions one works on, and an edition's home, what stands between it and its opening."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.editions.queries.readiness import readiness
from summitry.foundation.access import ADMINISTRATOR, Actor, policy_for, require
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.jobs import job_health, recurring_jobs
from summitry.foundation.models import JobSchedule, WorkerBeat
from summitry.foundation.web.actor import actor_of
from summitry.insight.queries.pace import compare
from summitry.site.queries.console import grouped, latest_changes, workplaces


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
    """Lead to the console of the edition one works on, or let those choose who work on several."""
    actor = staff_actor(request)
    mine = workplaces(actor)
    if len(mine) == 1:
        return redirect("site_console:home", mine[0].slug)
    request.nav_current = "overview"  # type: ignore[attr-defined]
    return render(request, "site/consoles.html", {"editions": mine})


@never_cache
@login_required
@require_safe
def home(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what stands between the edition and its opening, how far the last one was then, and what was done last."""
    shown = edition_of(request, edition, nav="overview")
    actor = actor_of(request)
    require(actor, "enter", shown)
    sees_all = policy_for(Edition).may(actor, "view_draft", shown)
    context = {
        "groups": grouped(readiness(shown, actor, get_language() or "en")),
        "pace": compare(shown) if sees_all else None,
        "entries": latest_changes(shown, actor) if sees_all else [],
        "job_health": job_health() if sees_all else None,
        "workplaces": workplaces(actor),
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
