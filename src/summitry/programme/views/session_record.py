"""A session in the console: its texts, its contributions, and where it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.session import (
    add_contribution,
    create_session,
    remove_contribution,
    update_contribution,
    update_session,
)
from summitry.programme.actions.tenancy import is_late, is_secretariat
from summitry.programme.enums import WITH_INSTITUTION
from summitry.programme.forms.record import ContributionForm, SessionForm
from summitry.programme.models import Contribution, Forum, Session, Slot
from summitry.programme.queries.people_at_work import people_in
from summitry.programme.queries.work import contribution_at_work, forum_at_work, session_at_work

NAV = "console-sessions"
WAYS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(WAYS)
def session_edit(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show a session with its form; save what was changed in it."""
    shown, actor = at_work(request, edition)
    session = session_at_work(actor, shown, code)
    secretariat = is_secretariat(actor, session.forum)
    form = SessionForm(request.POST or None, record=session, edition=shown, is_secretariat=secretariat)
    saved = (
        form.save(lambda **changes: update_session(session, by=actor, **changes)) if form.is_bound else None
    )
    if saved is not None:
        messages.success(request, _("The session is saved."))
        return redirect("programme_console:session_edit", shown.slug, session.code)
    context = {
        "session": session,
        "form": form,
        **openness(actor, session.forum),
        "contributions": session.contributions.all(),
        "people": people_in(session),
        "slot": Slot.objects.filter(session=session, version__number=None).select_related("room").first(),
    }
    return render(request, "programme/console/session.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(WAYS)
def session_new(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Take down a new session of a forum."""
    shown, actor = at_work(request, edition)
    forum = forum_at_work(actor, shown, slug)
    blank = Session(edition=shown, forum=forum)
    require(actor, "create", blank)
    secretariat = is_secretariat(actor, forum)
    form = SessionForm(request.POST or None, record=blank, edition=shown, is_secretariat=secretariat)
    made = form.save(lambda **values: create_session(forum, by=actor, **values)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The session is there. Say who appears in it."))
        return redirect("programme_console:session_edit", shown.slug, made.code)
    context = {
        "form": form,
        "forum": forum,
        **openness(actor, forum),
    }
    return render(request, "programme/console/session_new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(WAYS)
def contribution_edit(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a contribution with its form; save what was changed in it."""
    shown, actor = at_work(request, edition)
    contribution = contribution_at_work(actor, shown, pk)
    form = ContributionForm(request.POST or None, record=contribution, edition=shown)
    saved = (
        form.save(lambda **changes: update_contribution(contribution, by=actor, **changes))
        if form.is_bound
        else None
    )
    if saved is not None:
        messages.success(request, _("The contribution is saved."))
        return redirect("programme_console:contribution_edit", shown.slug, contribution.pk)
    return _contribution_page(request, actor, contribution.session, contribution, form)


@never_cache
@login_required
@require_http_methods(WAYS)
def contribution_new(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Take down a new contribution, after the others of its session."""
    shown, actor = at_work(request, edition)
    session = session_at_work(actor, shown, code)
    blank = Contribution(session=session)
    require(actor, "edit", session)
    form = ContributionForm(request.POST or None, record=blank, edition=shown)
    made = (
        form.save(lambda **values: add_contribution(session, by=actor, **values)) if form.is_bound else None
    )
    if made is not None:
        messages.success(request, _("The contribution is there. Say who gives it."))
        return redirect("programme_console:contribution_edit", shown.slug, made.pk)
    return _contribution_page(request, actor, session, None, form)


@never_cache
@login_required
@require_POST
def contribution_remove(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Remove a contribution; the log keeps its words."""
    shown, actor = at_work(request, edition)
    contribution = contribution_at_work(actor, shown, pk)
    remove_contribution(contribution, by=actor)
    messages.success(request, _("The contribution is removed."))
    return redirect("programme_console:session_edit", shown.slug, contribution.session.code)


def at_work(request: HttpRequest, edition: str, nav: str = NAV) -> tuple[Edition, Actor]:
    """Return the edition of a console page and who asks. Raises NotFound and PermissionRefused."""
    shown = edition_of(request, edition, nav=nav)
    actor = actor_of(request)
    require(actor, "enter", shown)
    return shown, actor


def openness(actor: Actor, forum: Forum) -> dict[str, Any]:
    """Return for a page whether it should offer to change what belongs to the forum, and why not; the actions decide."""
    closed = _why_closed(actor, forum)
    return {"can_edit": not closed, "closed": closed}


def _why_closed(actor: Actor, forum: Forum) -> str:
    if not policy_for(Forum).may(actor, "edit", forum):
        return "reader"
    if is_secretariat(actor, forum):
        return ""
    if forum.state not in WITH_INSTITUTION:
        return "handed-in"
    return "late" if is_late(forum, forum.state) else ""


def _contribution_page(
    request: HttpRequest,
    actor: Actor,
    session: Session,
    contribution: Contribution | None,
    form: ContributionForm,
) -> HttpResponse:
    context = {
        "session": session,
        "contribution": contribution,
        "form": form,
        **openness(actor, session.forum),
        "people": people_in(session, contribution) if contribution else [],
    }
    return render(request, "programme/console/contribution.html", context, status=422 if form.errors else 200)
