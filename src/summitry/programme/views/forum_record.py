"""A forum in the console: its texts, its way to sign-off, who works on it, and what was corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.accounts import account_at
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.models import Account
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.editors import appoint_editor, dismiss_editor, editors_of
from summitry.programme.actions.forum import create_forum, update_forum
from summitry.programme.actions.sign_off import (
    missing_in,
    return_forum,
    sign_forum,
    submit_forum,
    take_back_forum,
)
from summitry.programme.actions.tenancy import acknowledge_corrections, closing_of, is_secretariat
from summitry.programme.enums import FORUM_STEPS, ForumState
from summitry.programme.forms.record import EditorForm, ForumForm, RemarksForm
from summitry.programme.models import Forum
from summitry.programme.queries.corrections import corrections_of
from summitry.programme.queries.work import forum_at_work
from summitry.programme.views.session_record import openness

NAV = "console-forums"
_STEPS: dict[str, Callable[..., object]] = {
    "submit": submit_forum,
    "take-back": take_back_forum,
    "sign": sign_forum,
    "acknowledge": acknowledge_corrections,
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forum_edit(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a forum with its form; save what was changed in it."""
    shown, actor, forum = _asked(request, edition, slug)
    form = ForumForm(
        request.POST or None, record=forum, edition=shown, is_secretariat=is_secretariat(actor, forum)
    )
    saved = form.save(lambda **changes: update_forum(forum, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The forum is saved."))
        return redirect("programme_console:forum_edit", shown.slug, forum.slug)
    return _page(request, actor, forum, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forum_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Take down a new forum, for the secretariat."""
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    blank = Forum(edition=shown)
    require(actor, "create", blank)
    form = ForumForm(request.POST or None, record=blank, edition=shown, is_secretariat=True)
    made = form.save(lambda **values: create_forum(shown, by=actor, **values)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The forum is there. Name its institutions and who works on it."))
        return redirect("programme_console:forum_edit", shown.slug, made.slug)
    return render(
        request, "programme/console/forum_new.html", {"form": form}, status=422 if form.errors else 200
    )


@never_cache
@login_required
@require_POST
def forum_step(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Take the forum a step on its way; what stands against it is said on its page."""
    shown, actor, forum = _asked(request, edition, slug)
    step = request.POST.get("step", "")
    remarks = RemarksForm(request.POST) if step == "return" else None
    try:
        if remarks is not None:
            if not remarks.is_valid():
                return _page(request, actor, forum, remarks=remarks)
            return_forum(forum, by=actor, remarks=remarks.cleaned_data["remarks"])
        elif step in _STEPS:
            _STEPS[step](forum, by=actor)
        else:
            raise NotFound
    except InvalidInput as refusal:
        return _page(
            request, actor, forum, refused=[line for lines in refusal.fields.values() for line in lines]
        )
    except SummitryError as refusal:
        forum.refresh_from_db()
        return _page(request, actor, forum, refused=[str(refusal)], status=refusal.status)
    messages.success(request, _("Done."))
    return redirect("programme_console:forum_edit", shown.slug, forum.slug)


@never_cache
@login_required
@require_POST
def forum_editors(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Let somebody work on the forum, or end that."""
    shown, actor, forum = _asked(request, edition, slug)
    require(actor, "sign", forum)
    if "dismiss" in request.POST:
        account = Account.objects.filter(
            pk__in=[a.pk for a in editors_of(forum)], pk=_number(request)
        ).first()
        if account is None:
            raise NotFound
        dismiss_editor(forum, account, by=actor)
        return redirect("programme_console:forum_edit", shown.slug, forum.slug)
    form = EditorForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, forum, editor=form)
    account = account_at(form.cleaned_data["email"], by=actor, name=form.cleaned_data["name"])
    appoint_editor(forum, account, by=actor)
    messages.success(request, _("%(name)s can work on this forum now.") % {"name": account})
    return redirect("programme_console:forum_edit", shown.slug, forum.slug)


def _asked(request: HttpRequest, edition: str, slug: str) -> tuple[Edition, Actor, Forum]:
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    require(actor, "enter", shown)
    return shown, actor, forum_at_work(actor, shown, slug)


def _page(
    request: HttpRequest,
    actor: Actor,
    forum: Forum,
    form: ForumForm | None = None,
    *,
    remarks: RemarksForm | None = None,
    editor: EditorForm | None = None,
    refused: Sequence[str] = (),
    status: int = 422,
) -> HttpResponse:
    secretariat = is_secretariat(actor, forum)
    closing = closing_of(forum)
    form = form or ForumForm(record=forum, edition=forum.edition, is_secretariat=secretariat)
    is_refused = bool(refused) or any(one is not None and one.errors for one in (form, remarks, editor))
    context = {
        "forum": forum,
        "form": form,
        "remarks": remarks or RemarksForm(),
        "editor": editor or EditorForm(),
        "refused": refused,
        "is_secretariat": secretariat,
        **openness(actor, forum),
        "may_submit": policy_for(Forum).may(actor, "submit", forum),
        "steps": FORUM_STEPS.steps[ForumState(forum.state)],
        "missing": [line for lines in missing_in(forum).values() for line in lines],
        "closing": closing,
        "is_overdue": closing is not None and closing < clock.now(),
        "corrections": corrections_of(forum),
        "editors": editors_of(forum) if secretariat else [],
        "organisers": forum.organisers.select_related("organisation"),
        "sessions": forum.sessions.order_by("pk"),
    }
    return render(request, "programme/console/forum.html", context, status=status if is_refused else 200)


def _number(request: HttpRequest) -> int:
    value = request.POST.get("dismiss", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else 0
