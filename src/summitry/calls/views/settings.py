"""The console's pages of a call itself: a new one, its settings, its rules, and its publication."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from summitry.calls.actions.call import (
    NewCall,
    cancel_call,
    create_call,
    publish_call,
    reopen_call,
    update_call,
)
from summitry.calls.actions.rules_text import is_fixed, write_rules
from summitry.calls.actions.setting_up import was_published
from summitry.calls.forms.inquiries import RulesForm
from summitry.calls.forms.setup import CallForm, NewCallForm
from summitry.calls.models import Call, RulesText
from summitry.calls.queries.set_up_tabs import set_up_tabs
from summitry.calls.views.calls import overview_page
from summitry.calls.views.door import NAV, call_at_work
from summitry.calls.views.set_up import TAB
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.door import page
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.i18n import Text
from summitry.foundation.web.actor import actor_of


def _write(call: Call, seen: RulesText, actor: Actor, text: Text | None = None) -> RulesText:
    """Write rules that differ; without a change the version that holds stays."""
    return seen if text is None else write_rules(call, text, seen=seen.number, by=actor)


STEPS = {"publish": publish_call, "cancel": cancel_call, "reopen": reopen_call}


@page
def new_call(request: HttpRequest, edition: str) -> HttpResponse:
    """Make a call from a preset."""
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    require(actor, "edit", Call(edition=shown))
    form = NewCallForm(request.POST or None, edition=shown)
    if form.is_bound and form.is_valid():
        try:
            call = create_call(shown, NewCall(**form.cleaned_data), by=actor)
        except InvalidInput as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The call is made. Look through its parts before you publish it."))
            return redirect("calls:call", shown.slug, call.slug)
    return render(request, "calls/setup/new.html", {"form": form}, status=422 if form.errors else 200)


@page
def settings(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show and save what a call is: its words, its dates, who may enter, how many are chosen."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    may_edit = policy_for(Call).may(actor, "edit", found)
    if request.method == "POST":
        require(actor, "edit", found)
    form = CallForm(request.POST or None, call=found, is_fixed=was_published(found))
    saved = form.save(lambda **values: update_call(found, by=actor, **values)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("calls:settings", found.edition.slug, found.slug)
    context = {"form": form, "may_edit": may_edit, "set_up": set_up_tabs(found, actor, "settings")}
    return render(request, "calls/setup/settings.html", context, status=422 if form.errors else 200)


@page
def rules(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the rules of a call in the version that holds, save another, and name the earlier ones."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    if request.method == "POST":
        require(actor, "edit", found)
    versions = list(found.rules_texts.order_by("-number"))
    record = versions[0] if versions else RulesText(call=found, number=0)
    form = RulesForm(request.POST or None, record=record, call=found)
    if form.is_bound and form.save(partial(_write, found, record, actor)) is not None:
        messages.success(request, _("Saved."))
        return redirect("calls:rules", found.edition.slug, found.slug)
    context = {
        "form": form,
        "record": record,
        "is_fixed": bool(versions) and is_fixed(record),
        "versions": versions,
        "may_edit": policy_for(Call).may(actor, "edit", found),
        "set_up": set_up_tabs(found, actor, "rules"),
    }
    return render(request, "calls/setup/rules.html", context, status=422 if form.errors else 200)


@page
def rules_version(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show the rules of a call as an earlier version had them."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    version = found.rules_texts.filter(number=number).first()
    if version is None:
        raise NotFound
    context = {"version": version, "set_up": set_up_tabs(found, actor, "rules")}
    return render(request, "calls/setup/rules_version.html", context)


@never_cache
@login_required
@require_POST
def step(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Publish a call, cancel it, or make it a draft again; say on its overview what stands in the way."""
    found, actor = call_at_work(request, edition, call, "overview")
    action = STEPS.get(request.POST.get("step", ""))
    if action is None:
        return redirect("calls:call", found.edition.slug, found.slug)
    try:
        action(found, by=actor)
    except InvalidInput as refusal:
        refused = [words for said in refusal.fields.values() for words in said]
        return overview_page(request, found, actor, refused, status=422)
    except SummitryError as refusal:
        return overview_page(request, found, actor, [str(refusal)], status=refusal.status)
    messages.success(request, DONE[request.POST["step"]]())
    return redirect("calls:call", found.edition.slug, found.slug)


DONE = {
    "publish": lambda: _("The call is published."),
    "cancel": lambda: _("The call is cancelled. Whoever entered is told by letter."),
    "reopen": lambda: _("The call is a draft again."),
}


def _refuse(form: Any, refusal: InvalidInput) -> None:
    for name, said in refusal.fields.items():
        for words in said:
            form.add_error(name if name in form.fields else None, words)
