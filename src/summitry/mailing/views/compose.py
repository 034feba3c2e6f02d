"""Writing a mailing: beginning one, choosing its recipients, and its words in every language."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.foundation.access import require
from summitry.foundation.errors import InvalidInput
from summitry.mailing.actions.mailing import create_mailing, update_mailing
from summitry.mailing.audiences import EVERYONE, Audience, Question, audience_of, audiences_for
from summitry.mailing.enums import MailingKind
from summitry.mailing.errors import NotEditable
from summitry.mailing.forms import NewMailingForm, WordsForm
from summitry.mailing.models import Mailing
from summitry.mailing.queries.recipients import (
    Reach,
    author_of,
    languages_of,
    reach,
    reach_of,
    reason_of,
)
from summitry.mailing.queries.writing import placeholders_for
from summitry.mailing.views.desk import Desk, desk_for, edition_for, panels_of, refuse

SAMPLE = 6
NAMED = 30


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, edition: str) -> HttpResponse:
    """Begin a mailing."""
    shown, actor = edition_for(request, edition)
    require(actor, "create", Mailing(edition=shown))
    audiences = audiences_for(actor, shown)
    choices = [(audience.key, str(audience.label)) for audience in audiences]
    form = NewMailingForm(request.POST or None, audiences=choices)
    if request.method == "POST" and form.is_valid():
        try:
            mailing = create_mailing(shown, by=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            refuse(form, refusal)
        else:
            return redirect("mailing:audience", shown.slug, mailing.pk)
    context = {"form": form, "audiences": audiences, "current": 1}
    return render(request, "mailing/new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: HttpRequest, edition: str, mailing: int) -> HttpResponse:
    """Choose the recipients: what the address asks for is counted and sampled; a POST keeps it."""
    desk = desk_for(request, edition, mailing)
    require(desk.actor, "edit", desk.mailing)
    kind = audience_of(desk.mailing.audience)
    if kind is None or not desk.mailing.is_editable:
        raise NotEditable
    problems: dict[str, list[str]] = {}
    given = request.POST if request.method == "POST" else request.GET
    filters = _asked(kind, given) if request.method == "POST" or "asked" in given else desk.mailing.filters
    if request.method == "POST" and "count" not in request.POST:
        try:
            update_mailing(desk.mailing, by=desk.actor, filters=filters)
        except InvalidInput as refusal:
            problems = refusal.fields
        else:
            return redirect("mailing:text", desk.edition.slug, desk.mailing.pk)
    context = {**_audience(desk, kind, filters), "problems": problems, "current": 2}
    if "fragment" in request.GET:
        return render(request, "mailing/reach.html", context)
    return render(request, "mailing/audience.html", context, status=422 if problems else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, edition: str, mailing: int) -> HttpResponse:
    """Write subject and text, a panel for each language."""
    desk = desk_for(request, edition, mailing)
    require(desk.actor, "edit", desk.mailing)
    if not desk.mailing.is_editable:
        raise NotEditable
    form = WordsForm(request.POST or None, record=desk.mailing)
    problems: dict[str, list[str]] = {}
    if request.method == "POST" and form.is_valid():
        try:
            update_mailing(desk.mailing, by=desk.actor, **form.changes)
        except InvalidInput as refusal:
            problems = refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("mailing:mailing", desk.edition.slug, desk.mailing.pk)
    desk.mailing.refresh_from_db(fields=["subject", "body"])
    context = {
        "mailing": desk.mailing,
        "form": form,
        "panels": panels_of(desk.edition, form, problems, reach_of(desk.mailing)),
        "problems": problems,
        "placeholders": placeholders_for(audience_of(desk.mailing.audience)),
        "current": 3,
    }
    status = 422 if problems or form.errors else 200
    return render(request, "mailing/text.html", context, status=status)


def _asked(kind: Audience, given: QueryDict) -> dict[str, Any]:
    """Read the choice of filters from an address or a form."""
    filters: dict[str, Any] = {
        one.key: values
        for one in kind.filters
        if (values := [value for value in given.getlist(one.key) if value])
    }
    if given.get(EVERYONE) and not filters:
        filters[EVERYONE] = True
    return filters


def _audience(desk: Desk, kind: Audience, filters: dict[str, Any]) -> dict[str, Any]:
    author = author_of(desk.mailing)
    available = languages_of(desk.mailing.subject, desk.mailing.body)
    found = reach(
        kind,
        desk.edition,
        author,
        filters,
        kind=MailingKind(desk.mailing.kind),
        available=available,
    )
    question = Question(desk.edition, author)
    return {
        "mailing": desk.mailing,
        "audience": kind,
        "everyone": bool(filters.get(EVERYONE)),
        "is_nothing": not filters,
        "groups": [
            {
                "filter": one,
                "choices": [
                    {"value": value, "label": label, "chosen": value in filters.get(one.key, ())}
                    for value, label in one.choices(question)
                ],
                "is_open": bool(filters.get(one.key)),
            }
            for one in kind.filters
        ],
        **reach_context(desk, found),
    }


def reach_context(desk: Desk, found: Reach) -> dict[str, Any]:
    """Return what the template `reach.html` shows of whom a mailing reaches."""
    return {
        "reach": found,
        "sample": [
            {
                "name": one.name,
                "address": one.recipient.address,
                "reads": one.reads,
                "reason": reason_of(one, desk.edition),
            }
            for one in found.addressees[:SAMPLE]
        ],
        "more": max(0, found.count - SAMPLE),
        "without": found.without_address[:NAMED],
        "without_more": max(0, len(found.without_address) - NAMED),
        "suppressed": [(one.name, reason.label) for one, reason in found.suppressed[:NAMED]],
        "sharing": found.sharing[:NAMED],
    }
