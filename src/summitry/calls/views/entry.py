"""An entry by its link: filled in, saved as one goes, handed in, opened again, and left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.calls.actions.entry import reopen_entry, submit_entry, withdraw_entry
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.enums import EntryState
from summitry.calls.forms.entry import EntryFieldsForm
from summitry.calls.forms.entry_parts import MemberForm, ReasonForm, RelationForm
from summitry.calls.models import Attachment
from summitry.calls.queries.entry_content import Shower, latest_version
from summitry.calls.queries.entry_form import form_of
from summitry.calls.queries.entry_home import EntryHome, attached_to, gaps_of, home_of
from summitry.calls.queries.entry_links import OpenedEntry
from summitry.calls.queries.entry_windows import is_open
from summitry.calls.views.entry_door import by_entry
from summitry.editions.views.by_link import secret_in
from summitry.foundation.errors import InvalidInput, NotFound, StaleState, SummitryError
from summitry.foundation.files.sending import sent

WAYS = ["GET", "HEAD", "POST"]


@by_entry
@require_safe
def page(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Show how far the entry is, and what can be done with it."""
    return shown(request, found)


@by_entry
@require_http_methods(WAYS)
def fill(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Show what is asked and what was answered, and save it."""
    if not is_open(found.entry):
        return redirect("entry:page", secret_in(request))
    form = _form(request, found)
    if request.method != "POST":
        return _filled(request, found, form)
    try:
        save_draft(found.entry, form.values(), by=found.actor, expected_edits=form.expected_edits())
    except InvalidInput as refusal:
        form.refuse(refusal.fields or {"": [str(refusal)]})
        return _filled(request, found, form, 422)
    except StaleState as refusal:
        found.entry.refresh_from_db(fields=["edits"])
        form.refuse({"": [str(refusal)]}, edits=found.entry.edits)
        return _filled(request, found, form, 409)
    except SummitryError as refusal:
        form.refuse({"": [str(refusal)]})
        return _filled(request, found, form, refusal.status)
    to = "entry:page" if "done" in request.POST else "entry:fill"
    return redirect(f"{reverse(to, args=[secret_in(request)])}?saved=1")


@by_entry
@require_POST
def autosave(request: HttpRequest, found: OpenedEntry) -> JsonResponse:
    """Save what a page has so far, all but what cannot be taken; tell it what that is, and what is still missing."""
    form = _form(request, found)
    values, errors = form.values(), {}
    expected = form.expected_edits()
    try:
        try:
            save_draft(found.entry, values, by=found.actor, expected_edits=expected, is_autosave=True)
        except InvalidInput as refusal:
            errors = refusal.fields
            taken = {name: value for name, value in values.items() if name not in errors}
            save_draft(found.entry, taken, by=found.actor, expected_edits=expected, is_autosave=True)
    except SummitryError as refusal:
        return JsonResponse({"refused": str(refusal), "code": refusal.code}, status=refusal.status)
    gaps = gaps_of(found.entry, form.asks, get_language() or "en")
    return JsonResponse({"edits": found.entry.edits, "errors": errors, "missing": len(gaps)})


@by_entry
@require_POST
def submit(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Hand the entry in; whoever presses twice finds it handed in."""
    said = request.POST.get("rules", "")
    rules = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else None
    try:
        submit_entry(found.entry, by=found.actor, rules=rules)
    except InvalidInput as refusal:
        return shown(request, found, refused=refusal.fields, status=422)
    except SummitryError as refusal:
        found.entry.refresh_from_db(fields=["state"])
        if found.entry.state != EntryState.SUBMITTED:
            return shown(request, found, refused={"": [str(refusal)]}, status=refusal.status)
    return redirect("entry:receipt", secret_in(request))


@by_entry
@require_POST
def reopen(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Open the entry once more."""
    try:
        reopen_entry(found.entry, by=found.actor)
    except SummitryError as refusal:
        return shown(request, found, refused={"": [str(refusal)]}, status=refusal.status)
    return redirect("entry:fill", secret_in(request))


@by_entry
@require_http_methods(WAYS)
def withdraw(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Ask whether the entry is to be withdrawn, and do it."""
    form = ReasonForm(request.POST if request.method == "POST" else None, is_needed=False)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            withdraw_entry(found.entry, by=found.actor, reason=form.cleaned_data["reason"])
            return redirect("entry:page", secret_in(request))
        except SummitryError as refusal:
            form.refuse({"": [str(refusal)]})
            status = refusal.status
    elif form.is_bound:
        status = 422
    home = home_of(found.entry, get_language() or "en")
    context = {"home": home, "form": form, "secret": secret_in(request)}
    return render(request, "calls/entry/withdraw.html", context, status=status)


@by_entry
@require_safe
def receipt(request: HttpRequest, found: OpenedEntry) -> HttpResponse:
    """Show what was handed in, as it was stored, with its digest and the declared relations."""
    version = latest_version(found.entry)
    if version is None:
        return redirect("entry:page", secret_in(request))
    version.entry = found.entry
    lang = get_language() or "en"
    content = Shower(found.entry.call, lang).shown(version)
    context = {
        "home": home_of(found.entry, lang),
        "version": version,
        "content": content,
        "secret": secret_in(request),
    }
    return render(request, "calls/entry/receipt.html", context)


@by_entry
@require_safe
def file(request: HttpRequest, found: OpenedEntry, slug: str) -> HttpResponseBase:
    """Send a file of the entry to its entrant."""
    one = Attachment.objects.filter(entry=found.entry, slug=slug).select_related("file").first()
    if one is None:
        raise NotFound
    return sent(one.file)


def shown(
    request: HttpRequest,
    found: OpenedEntry,
    *,
    refused: dict[str, list[str]] | None = None,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """Return the first page of an entry; `refused` says by name why something was not done."""
    lang = get_language() or "en"
    home = home_of(found.entry, lang)
    problems = [
        (home.form.label(name, lang) if name else "", name, sentence)
        for name, sentences in (refused or {}).items()
        for sentence in sentences
    ]
    context = {
        "home": home,
        "secret": secret_in(request),
        "problems": problems,
        "saved": "saved" in request.GET,
        "member_form": forms.get("member_form") or MemberForm(prefix="member"),
        "relation_form": forms.get("relation_form") or RelationForm(prefix="relation"),
        "needs_rules": _needs_rules(home),
    }
    return render(request, "calls/entry/page.html", context, status=status)


def _needs_rules(home: EntryHome) -> bool:
    rules = home.form.rules
    return rules is not None and home.entry.rules_text_id != rules.pk


def _form(request: HttpRequest, found: OpenedEntry) -> EntryFieldsForm:
    is_post = request.method == "POST"
    return EntryFieldsForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        entry=found.entry,
        form=form_of(found.entry.call),
        lang=get_language() or "en",
        attached=attached_to(found.entry),
    )


def _filled(
    request: HttpRequest, found: OpenedEntry, form: EntryFieldsForm, status: int = 200
) -> HttpResponse:
    lang = get_language() or "en"
    context = {
        "home": home_of(found.entry, lang),
        "form": form,
        "secret": secret_in(request),
        "saved": "saved" in request.GET,
    }
    return render(request, "calls/entry/fill.html", context, status=status)
