"""The reviews of a round for the office and the chair: how far they are, and those of one entry with its discussion."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from summitry.calls.actions.discussion import say
from summitry.calls.actions.review_reminders import remind
from summitry.calls.enums import RoundState
from summitry.calls.forms.review import RemarkForm
from summitry.calls.models import Computation, Entry, Round
from summitry.calls.queries.discussion import discussion_of
from summitry.calls.queries.discussion import topic_of as discussion_topic
from summitry.calls.queries.entry_content import latest_version, shown_content
from summitry.calls.queries.review_progress import (
    entries_progress,
    entry_of_round,
    jurors_progress,
    own_due,
)
from summitry.calls.views.round_door import address, round_at_work
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import InvalidInput, PermissionRefused, SummitryError

FRAGMENT = "X-Fragment"


@page
def reviews(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show how far jurors and entries are; remind jurors who were chosen."""
    round_, actor = round_at_work(request, edition, call, number, "round_reviews")
    if request.method == "POST":
        return _reminded(request, round_, actor)
    only_open = request.GET.get("open") == "yes"
    place = number_in(request.GET.get("page")) or 1
    may = policy_for(Computation).may(actor, "approve", Computation(call=round_.call))
    context = {
        "jurors": jurors_progress(round_, actor, get_language() or "en"),
        "page": entries_progress(round_, actor, number=place, only_open=only_open),
        "only_open": only_open,
        "may_remind": may and round_.state == RoundState.READING,
    }
    return render(request, "calls/rounds/reviews.html", context)


@page
def entry_reviews(request: HttpRequest, edition: str, call: str, number: int, entry: int) -> HttpResponse:
    """Show the reviews of one entry and their discussion, to be read and not written; say something there."""
    round_, actor = round_at_work(request, edition, call, number, "round_reviews")
    shown = entry_of_round(round_, actor, entry)
    form, status = RemarkForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            say(round_, shown, form.cleaned_data["words"], by=actor)
        except InvalidInput as refusal:
            form.add_error("words", " ".join(refusal.fields.get("words", [str(refusal)])))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            if not request.headers.get(FRAGMENT):
                return redirect(request.path)
            form = RemarkForm()
    context = _context(round_, shown, actor, form)
    template = (
        "calls/panel/discussion.html" if request.headers.get(FRAGMENT) else "calls/rounds/entry_reviews.html"
    )
    return render(request, template, context, status=status)


def _context(round_: Round, entry: Entry, actor: Actor, form: RemarkForm) -> dict[str, Any]:
    lang, version = get_language() or "en", latest_version(entry)
    if version is not None:
        version.entry = entry
    own = own_due(entry, actor)
    blind = own is not None and own.round.is_blind
    return {
        "entry": entry,
        "content": shown_content(version, round_.call, lang, blind=blind) if version else None,
        "discussion": discussion_of(round_, entry.pk, actor, lang),
        "discussion_topic": discussion_topic(round_.pk, entry.pk),
        "talk": form,
        "talk_url": address(round_, "round_entry_reviews", entry.number),
        "with_feedback": True,
        "panel_url": _panel_url(round_, entry, own.round.number) if own is not None else "",
    }


def _panel_url(round_: Round, entry: Entry, number: int) -> str:
    place = [round_.call.edition.slug, round_.call.slug, number, entry.number]
    return reverse("calls:panel_entry", args=place)


def _reminded(request: HttpRequest, round_: Round, actor: Actor) -> HttpResponse:
    chosen = [number_in(pk) for pk in request.POST.getlist("row")]
    try:
        count = remind(round_, chosen, by=actor)
    except PermissionRefused:
        raise
    except SummitryError as refusal:
        messages.error(request, str(refusal))
    else:
        if count:
            said = ngettext("%(count)d juror is reminded.", "%(count)d jurors are reminded.", count)
            messages.success(request, said % {"count": count})
        else:
            messages.warning(
                request, _("Nobody was reminded: choose jurors who have not been reminded today.")
            )
    return redirect(request.path)
