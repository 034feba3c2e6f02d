"""What a juror does with an entry beside marking it: her receipt, opening it again, recusing herself, files, the discussion."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from summitry.calls.actions.discussion import say
from summitry.calls.actions.recusal import recuse
from summitry.calls.actions.review import reopen_review
from summitry.calls.enums import AssignmentState, RoundState
from summitry.calls.forms.review import RecusalForm, RemarkForm
from summitry.calls.models import Assignment
from summitry.calls.queries.dossier_files import dossier_file
from summitry.calls.queries.panel import review_of
from summitry.calls.queries.review_content import digested, field_names
from summitry.calls.record.canonical import canonical
from summitry.calls.views.panel_door import table_place
from summitry.calls.views.panel_page import dossier_page, following, talk_context
from summitry.editions.views.door import page
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent

FRAGMENT = "X-Fragment"


@page
def receipt(request: HttpRequest, edition: str, call: str, round_: int, entry: int) -> HttpResponseBase:
    """Show exactly what is stored of a review that was handed in, or send what its digest covers as a file."""
    assignment, actor = table_place(request, edition, call, round_, entry)
    review = review_of(assignment)
    if review is None or assignment.state != AssignmentState.SUBMITTED:
        raise NotFound
    review.assignment = assignment
    if request.GET.get("as") == "json":
        name = f"review-{assignment.round.call.slug}-{assignment.round.number}-{assignment.entry.number}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(canonical(digested(review)), content_type="application/json", headers=headers)
    criteria = list(assignment.round.criteria.all())
    context = {
        "call": assignment.round.call,
        "assignment": assignment,
        "review": review,
        "marks": [(criterion, review.marks.get(criterion.slug)) for criterion in criteria],
        "names": field_names(criteria),
        "at": review.submitted_at and review.submitted_at.astimezone(assignment.round.call.edition.zone),
        "next": following(request, assignment, actor) if _is_reading(assignment) else None,
        "may_reopen": _is_reading(assignment),
    }
    return render(request, "calls/panel/receipt.html", context)


@page
@require_POST
def reopen(request: HttpRequest, edition: str, call: str, round_: int, entry: int) -> HttpResponse:
    """Open an own review again."""
    assignment, actor = table_place(request, edition, call, round_, entry)
    try:
        reopen_review(assignment, by=actor)
    except SummitryError as refusal:
        return dossier_page(request, assignment, actor, refused=str(refusal), status=refusal.status)
    messages.warning(request, _("Your review is open again. It counts once you have handed it in again."))
    return redirect("calls:panel_entry", edition, call, round_, entry)


@page
def recusal(request: HttpRequest, edition: str, call: str, round_: int, entry: int) -> HttpResponse:
    """Ask why, and take the reader off an entry."""
    assignment, actor = table_place(request, edition, call, round_, entry)
    form = RecusalForm(request.POST or None)
    refused, status = "", HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                after = following(request, assignment, actor)
                recuse(assignment, form.cleaned_data["kind"], form.cleaned_data["words"], by=actor)
            except InvalidInput as refusal:
                for name, sentences in refusal.fields.items():
                    for sentence in sentences:
                        form.add_error(name, sentence)
            except SummitryError as refusal:
                refused, status = str(refusal), HTTPStatus(refusal.status)
            else:
                said = _("You no longer judge entry %(number)s. Somebody else will read it.")
                messages.success(request, said % {"number": entry})
                if after is not None:
                    return redirect("calls:panel_entry", edition, call, round_, after.number)
                return redirect("calls:panel", edition, call)
    context = {"call": assignment.round.call, "assignment": assignment, "form": form, "refused": refused}
    return render(request, "calls/panel/recusal.html", context, status=status)


@page
def file(
    request: HttpRequest, edition: str, call: str, round_: int, entry: int, slug: str
) -> HttpResponseBase:
    """Send a file of the version that the reader judges; in a blind round none that identifies the entrant."""
    assignment, _actor = table_place(request, edition, call, round_, entry)
    return sent(dossier_file(assignment, slug, get_language() or "en"))


@page
def talk(request: HttpRequest, edition: str, call: str, round_: int, entry: int) -> HttpResponse:
    """Say something about an entry to those who have reviewed it; a page that listens fetches the discussion here."""
    assignment, actor = table_place(request, edition, call, round_, entry)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            say(assignment.round, assignment.entry, form.cleaned_data["words"], by=actor)
        except InvalidInput as refusal:
            form.add_error("words", " ".join(refusal.fields.get("words", [str(refusal)])))
        else:
            if not request.headers.get(FRAGMENT):
                address = redirect("calls:panel_entry", edition, call, round_, entry)
                address["Location"] += "#discussion"
                return address
            form = RemarkForm()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if request.headers.get(FRAGMENT):
        context = {"call": assignment.round.call, "assignment": assignment}
        context |= talk_context(assignment, actor, form)
        return render(request, "calls/panel/discussion.html", context, status=status)
    return dossier_page(request, assignment, actor, talk=form, status=status)


def _is_reading(assignment: Assignment) -> bool:
    return assignment.round.state == RoundState.READING
