"""What the pages of a review show, and what its page is answered when it saves by itself."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.review import Saved
from summitry.calls.enums import AssignmentState, RoundState
from summitry.calls.forms.review import RemarkForm, ReviewForm
from summitry.calls.models import Assignment, Review
from summitry.calls.queries.discussion import discussion_of
from summitry.calls.queries.discussion import topic_of as discussion_topic
from summitry.calls.queries.entry_content import latest_version, shown_content
from summitry.calls.queries.panel import Line, Sheet, handed_in, review_of, sheets_of, topic_of
from summitry.calls.queries.remaining import in_words
from summitry.calls.queries.review_content import field_names, stamps, value_of
from summitry.calls.views.panel_door import order_of
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.errors import SummitryError

MINUTE = dt.timedelta(minutes=1)


def dossier_page(
    request: HttpRequest,
    assignment: Assignment,
    actor: Actor,
    *,
    form: ReviewForm | None = None,
    talk: RemarkForm | None = None,
    refused: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Return the page of an entry: the table on one side, the dossier, and the review on the other."""
    round_, entry = assignment.round, assignment.entry
    review, criteria = review_of(assignment), list(round_.criteria.all())
    sheet = sheets_of(actor, round_.call, only=round_.number)[0]
    before, after = sheet.beside(entry.number)
    is_done = assignment.state == AssignmentState.SUBMITTED
    context = {
        "call": round_.call,
        "assignment": assignment,
        "review": review,
        "form": form or ReviewForm(review=review, criteria=criteria),
        "content": _content(assignment),
        "before": before,
        "after": after,
        "next": sheet.next_after(entry.number, order_of(request), _others(request, sheet)),
        "is_done": is_done,
        "may_write": round_.state == RoundState.READING and not is_done,
        "may_reopen": round_.state == RoundState.READING and is_done,
        "may_recuse": round_.state != RoundState.DECIDED,
        "topic": topic_of(assignment.pk),
        "account": actor.account_id,
        "refused": refused,
        "page_keys": panel_keys(),
        **sheet_context(sheet, actor, order_of(request)),
        **(talk_context(assignment, actor, talk) if is_done else {}),
    }
    return render(request, "calls/panel/entry.html", context, status=status)


def sheet_context(sheet: Sheet, actor: Actor, order: str) -> dict[str, Any]:
    """Return what is shown of a round on a juror's table: its lines, how far she is, and the time left in both clocks."""
    closes = sheet.round.closes_at
    left = sheet.left
    return {
        "sheet": sheet,
        "round": sheet.round,
        "due": closes.astimezone(sheet.round.call.edition.zone) if closes else None,
        "due_in": in_words(closes - clock.now()) if closes and closes > clock.now() else "",
        "work_left": in_words(left) if left and left >= MINUTE else "",
        "first": next((line for line in sheet.lines if not line.is_done), None) if sheet.is_reading else None,
    }


def talk_context(assignment: Assignment, actor: Actor, form: RemarkForm | None = None) -> dict[str, Any]:
    """Return the discussion of an entry as its juror sees it, after her own review."""
    round_, lang = assignment.round, get_language() or "en"
    return {
        "discussion": discussion_of(round_, assignment.entry_id, actor, lang),
        "discussion_topic": discussion_topic(round_.pk, assignment.entry_id),
        "talk": form or RemarkForm(),
        "talk_url": reverse("calls:panel_talk", args=_place(assignment)),
    }


def following(request: HttpRequest, assignment: Assignment, actor: Actor) -> Line | None:
    """Return what the reader reads after an entry, in her order."""
    sheet = sheets_of(actor, assignment.round.call, only=assignment.round.number)[0]
    return sheet.next_after(assignment.entry.number, order_of(request), _others(request, sheet))


def state_answer(
    assignment: Assignment,
    review: Review | None,
    *,
    form: ReviewForm | None = None,
    saved: Saved | None = None,
    refusal: SummitryError | None = None,
) -> JsonResponse:
    """Answer a page that saves by itself: what stands now, which fields were crossed, and what was wrong."""
    criteria = list(assignment.round.criteria.all())
    shown, place = stamps(review, criteria), _place(assignment)
    is_done = bool(review and review.submitted_at)
    errors = {name: list(said) for name, said in form.errors.items()} if form else {}
    body = {
        "version": review.version if review else 0,
        "saved_at": _moment(review.saved_at, assignment) if review and review.version else "",
        "done": is_done,
        "fields": {
            name: {"value": value_of(review, name), "seen": shown[name]} for name in field_names(criteria)
        },
        "crossed": list(saved.crossed) if saved else [],
        "errors": {name: said for name, said in errors.items() if not (saved and name in saved.crossed)},
        "detail": str(refusal) if refusal else "",
        "receipt": reverse("calls:panel_receipt", args=place) if is_done else "",
    }
    status = (
        refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY if body["errors"] else HTTPStatus.OK
    )
    return JsonResponse(body, status=status)


def panel_keys() -> list[tuple[list[str], str]]:
    """Return the keys of the panel with what each does."""
    return [
        (["1", "…", "9"], _("Give the mark of the criterion you are at; 0 gives 10")),
        (["j", "k"], _("Next and previous entry")),
        (["n"], _("Next entry that is not handed in")),
        (["c"], _("To your remarks")),
        (["d"], _("To the dossier")),
        (["f"], _("A conflict of interest: recuse yourself")),
        (["u"], _("Back to your table")),
        (["Ctrl", "Enter"], _("Hand in, and go on to the next")),
    ]


def _content(assignment: Assignment) -> Any:
    version = latest_version(assignment.entry)
    if version is None:
        return None
    version.entry = assignment.entry
    return shown_content(
        version, assignment.round.call, get_language() or "en", blind=assignment.round.is_blind
    )


def _others(request: HttpRequest, sheet: Sheet) -> dict[int, int] | None:
    return handed_in(sheet.round) if order_of(request) == "fewest" else None


def _place(assignment: Assignment) -> list[Any]:
    call = assignment.round.call
    return [call.edition.slug, call.slug, assignment.round.number, assignment.entry.number]


def _moment(at: dt.datetime, assignment: Assignment) -> str:
    return at.astimezone(assignment.round.call.edition.zone).isoformat(timespec="seconds")
