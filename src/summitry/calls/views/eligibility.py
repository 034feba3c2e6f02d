"""The console's pages of eligibility: the worklist, and one entry with what the rules found and what is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.checking import run_rules
from summitry.calls.actions.eligibility import (
    REJECTABLE,
    confirm_rejection,
    drop_rejection,
    is_own,
    pass_entry,
    propose_rejection,
    return_entry,
)
from summitry.calls.enums import ENTRY, EntryState
from summitry.calls.forms.eligibility import DEEDS, KEYS, PASS, REJECT, RETURN, DecideForm
from summitry.calls.models import Call, Entry, Rejection
from summitry.calls.queries.eligibility import (
    QUEUE_LABELS,
    checks_of,
    content_shown,
    entry_to_check,
    lines_of,
    queue_of,
)
from summitry.calls.queries.entry_windows import is_past_deadline
from summitry.calls.views.door import call_at_work
from summitry.editions.views.door import page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.i18n import formats

TAB = "eligibility"
SIZE = 50


@page
def queue(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show a queue of entries; a POST asks the rules of all of them now."""
    found, actor = call_at_work(request, edition, call, TAB, "check")
    if request.method == "POST":
        done = run_rules(found, by=actor)
        lang = get_language() or "en"
        counts = {"checked": formats.number(done.checked, lang), "passed": formats.number(done.passed, lang)}
        messages.success(
            request, _("The rules were asked: %(checked)s new findings, %(passed)s eligible.") % counts
        )
        return redirect("calls:eligibility", found.edition.slug, found.slug)
    rule = request.GET.get("rule", "")[:40]
    shown = queue_of(found, actor, request.GET.get("queue", ""), rule)
    sheet = Paginator(shown.numbers, SIZE).get_page(request.GET.get("page"))
    lang = get_language() or "en"
    context = {
        "queue": shown,
        "tabs": [_tab(key, shown.counts.get(key, 0), shown.key, lang) for key in QUEUE_LABELS],
        "rules": [
            (row, row.name.shown(lang, found.edition.fallback), count, row.slug == rule)
            for row, count in shown.rules
        ],
        "rule": rule,
        "page": sheet,
        "lines": lines_of(found, list(sheet.object_list), lang),
        "is_over": is_past_deadline(found),
        "may_edit": policy_for(Call).may(actor, "edit", found),
    }
    return render(request, "calls/eligibility/queue.html", context)


@page
def entry(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show an entry with what the rules found; a POST decides. Refused, the page comes back with what was typed."""
    found, actor = call_at_work(request, edition, call, TAB, "check")
    one = entry_to_check(found, actor, number)
    if one is None:
        raise NotFound
    if request.method != "POST":
        return _page(request, actor, one)
    form = DecideForm(request.POST, zone=found.edition.zone) if "kind" in request.POST else None
    if form is not None and not form.is_valid():
        return _page(request, actor, one, form=form, status=422)
    try:
        done = _done(request, one, actor, form)
    except InvalidInput as refusal:
        for name, lines in refusal.fields.items():
            for line in lines if form else ():
                form.add_error("until" if name == "until" else "words", line)  # type: ignore[union-attr]
        return _page(request, actor, one, form=form, status=422)
    except SummitryError as refusal:
        again = entry_to_check(found, actor, number) or one
        return _page(request, actor, again, form=form, refused=str(refusal), status=refusal.status)
    messages.success(request, done)
    return _onward(request, actor, one)


def _done(request: HttpRequest, one: Entry, actor: Actor, form: DecideForm | None) -> str:
    """Do what was asked, and return what to say."""
    name = {"number": one.number}
    if form is not None:
        given = form.cleaned_data
        kind, words, seen = given["kind"], given["words"], given["seen"]
        if kind == PASS:
            pass_entry(one, by=actor, words=words, seen=seen)
            return _("Entry %(number)s is eligible.") % name
        if kind == RETURN:
            return_entry(one, words, by=actor, until=given["until"], seen=seen)
            return _("Entry %(number)s is with its entrant again.") % name
        propose_rejection(one, words, by=actor, seen=seen)
        return _("Proposed. A second person has to agree.")
    rejection = Rejection.objects.filter(entry=one, confirmed_by=None).first()
    if rejection is None:
        raise NotFound
    rejection.entry = one
    if "confirm" in request.POST:
        confirm_rejection(rejection, by=actor)
        return _("Entry %(number)s is not eligible; the letter is in the outbox.") % name
    drop_rejection(rejection, by=actor)
    return _("The proposal is dropped; the entry waits as before.")


def _page(
    request: HttpRequest,
    actor: Actor,
    one: Entry,
    *,
    form: DecideForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    lang, call = get_language() or "en", one.call
    key, rule = _where(request)
    shown = queue_of(call, actor, key, rule)
    before, after = shown.beside(one.number)
    rejection = getattr(one, "rejection", None)
    context: dict[str, Any] = {
        "entry": one,
        "title": one.title.shown(lang, call.edition.fallback),
        "content": content_shown(one, lang),
        "checks": checks_of(one, lang),
        "rejection": rejection,
        "is_proposed": rejection is not None and rejection.confirmed_by_id is None,
        "is_own": is_own(one, actor),
        "account_id": actor.account_id,
        "kinds": [(kind, DEEDS[kind], KEYS[kind]) for kind in _possible(one)],
        "form": form or DecideForm(zone=call.edition.zone, initial={"seen": one.state}),
        "is_over": is_past_deadline(call),
        "refused": refused,
        "before": before,
        "after": after,
        "queue_key": key or shown.key,
        "rule": rule,
    }
    return render(request, "calls/eligibility/entry.html", context, status=status)


def _possible(one: Entry) -> list[str]:
    """Return which decisions can be taken from the state of an entry."""
    rejection = getattr(one, "rejection", None)
    waits = rejection is not None and rejection.confirmed_by_id is None
    can_pass = ENTRY.allows(one.state, EntryState.ELIGIBLE) or one.state == EntryState.ELIGIBLE
    found = [PASS] if can_pass else []
    if ENTRY.allows(one.state, EntryState.RETURNED):
        found.append(RETURN)
    if one.state in REJECTABLE and not waits:
        found.append(REJECT)
    return found


def _where(request: HttpRequest) -> tuple[str, str]:
    """Return the queue and the rule from which the officer came, if any."""
    given = request.POST if request.method == "POST" else request.GET
    key = given.get("queue", "")
    return (key if key in QUEUE_LABELS else ""), given.get("rule", "")[:40]


def _onward(request: HttpRequest, actor: Actor, one: Entry) -> HttpResponse:
    """Go on to the next entry of the queue from which the officer came, or stay."""
    key, rule = _where(request)
    place = [one.call.edition.slug, one.call.slug]
    if not key:
        return redirect("calls:eligibility_entry", *place, one.number)
    _before, after = queue_of(one.call, actor, key, rule).beside(one.number)
    if after is None:
        return redirect(f"{reverse('calls:eligibility', args=place)}?queue={key}")
    where = reverse("calls:eligibility_entry", args=[*place, after])
    return redirect(f"{where}?queue={key}&rule={rule}" if rule else f"{where}?queue={key}")


def _tab(key: str, count: int, current: str, lang: str) -> dict[str, Any]:
    return {
        "url": f"?queue={key}",
        "label": QUEUE_LABELS[key],
        "note": formats.number(count, lang),
        "current": key == current,
    }
