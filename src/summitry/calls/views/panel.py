"""A juror's panel: the juries she sits on, her table in one call, and an entry with her review beside it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.calls.actions.review import Saved, save_review, submit_review
from summitry.calls.forms.review import ReviewForm
from summitry.calls.models import Assignment, Review
from summitry.calls.queries.own_ballots import own_ballots
from summitry.calls.queries.panel import ORDERS, Line, juries_of, review_of, sheets_of
from summitry.calls.views.panel_door import NAV, ORDER, jury_call, order_of, table_place
from summitry.calls.views.panel_page import dossier_page, following, sheet_context, state_answer
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.door import page
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput, PermissionRefused, SummitryError
from summitry.foundation.web.actor import actor_of

YEAR = 365 * 24 * 3600
SUBMITS = frozenset({"submit", "next"})


@page
def my_reviews(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the juries on which the reader sits; with one, lead to its table."""
    shown, actor = edition_of(request, edition, nav=NAV), actor_of(request)
    juries = juries_of(actor, shown)
    if not juries:
        raise PermissionRefused
    if len(juries) == 1:
        return redirect("calls:panel", shown.slug, juries[0].call.slug)
    ballots = own_ballots(actor, shown, [jury.call for jury in juries])
    return render(request, "calls/panel/juries.html", {"juries": juries, "ballots": ballots})


@page
def panel(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show what was given to the reader in the rounds of a call, and how far she is."""
    shown, actor = jury_call(request, edition, call)
    order = order_of(request)
    sheets = [sheet_context(sheet, actor, order) for sheet in sheets_of(actor, shown)]
    context = {
        "call": shown,
        "ballots": own_ballots(actor, shown.edition, [shown]),
        "sheets": sheets,
        "order": order,
        "account": actor.account_id,
    }
    response = render(request, "calls/panel/list.html", context)
    if request.GET.get("order") in ORDERS:
        response.set_cookie(ORDER, order, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@page
def dossier(request: HttpRequest, edition: str, call: str, round_: int, entry: int) -> HttpResponse:
    """Show an entry with the reader's review beside it; save the review, or hand it in."""
    assignment, actor = table_place(request, edition, call, round_, entry)
    if request.method != "POST":
        if _wants_json(request):
            return state_answer(assignment, review_of(assignment))
        return dossier_page(request, assignment, actor)
    form = ReviewForm(
        request.POST, review=review_of(assignment), criteria=list(assignment.round.criteria.all())
    )
    saved, refusal = _written(request, assignment, form, actor)
    if _wants_json(request):
        review = saved.review if saved else Review.objects.filter(assignment=assignment).first()
        return state_answer(assignment, review, form=form, saved=saved, refusal=refusal)
    if form.errors or refusal:
        status = refusal.status if refusal else HTTPStatus.UNPROCESSABLE_ENTITY
        return dossier_page(request, assignment, actor, form=form, refused=str(refusal or ""), status=status)
    return _onward(request, assignment, actor)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _written(
    request: HttpRequest, assignment: Assignment, form: ReviewForm, actor: Actor
) -> tuple[Saved | None, SummitryError | None]:
    """Save what is right in the form; what is refused, missing or changed elsewhere is said in it."""
    valid = form.is_valid()
    write = submit_review if valid and request.POST.get("do") in SUBMITS else save_review
    try:
        saved = write(assignment, form.changes, by=actor, key=form.cleaned_data.get("key", ""))
    except InvalidInput as refusal:
        form.refuse(refusal.fields or {"": [str(refusal)]})
        return None, None
    except SummitryError as refusal:
        return None, refusal
    if saved.crossed:
        form.cross(saved.review, saved.crossed)
    return saved, None


def _onward(request: HttpRequest, assignment: Assignment, actor: Actor) -> HttpResponse:
    place = assignment.round.call.edition.slug, assignment.round.call.slug, assignment.round.number
    wish = request.POST.get("do")
    if wish not in SUBMITS:
        messages.success(request, _("Saved. You can hand it in later."))
        return redirect("calls:panel_entry", *place, assignment.entry.number)
    receipt = reverse("calls:panel_receipt", args=[*place, assignment.entry.number])
    after: Line | None = following(request, assignment, actor) if wish == "next" else None
    if after is None:
        return redirect(receipt)
    messages.success(
        request, _("Your review of entry %(number)s is handed in.") % {"number": assignment.entry.number}
    )
    return redirect("calls:panel_entry", *place, after.number)
