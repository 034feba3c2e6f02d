"""A guest's record in the console: who she is, what she answered, who comes with her, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.directory.queries.affiliations import posts_on
from summitry.directory.queries.names import names_of
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.answering import answer_on_behalf
from summitry.guests.actions.application import (
    HANDED_IN_FROM,
    check_may_fill_in,
    save_answers,
    submit_application,
)
from summitry.guests.actions.companion import companions_of
from summitry.guests.actions.guest import change_guest, set_category
from summitry.guests.actions.links import renew_link, send_link
from summitry.guests.actions.unsealing import look_at
from summitry.guests.enums import Step
from summitry.guests.forms.answers import AnswersForm
from summitry.guests.forms.guest import AlsoForm, GuestForm
from summitry.guests.forms.on_behalf import OnBehalfForm, answerable
from summitry.guests.lists.guests import NAV
from summitry.guests.models import Answer, Decision, Guest
from summitry.guests.queries.consents import ledger
from summitry.guests.queries.guest_links import page_address
from summitry.guests.queries.guests_at_work import answers_of, guest_at_work
from summitry.guests.queries.outside import is_inside, seen_state
from summitry.guests.queries.questions import Question, open_steps, questions_for

WAYS = ["GET", "HEAD", "POST"]
VERBS = ("assign", "edit", "complete", "decide", "unseal", "link", "send", "nominate")


@never_cache
@login_required
@require_http_methods(WAYS)
def guest(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a guest; save what was changed of her."""
    actor, row = _asked(request, edition, pk)
    form = GuestForm(request.POST or None, record=row, actor=actor)
    saved = form.save(lambda **changes: _write(row, actor, changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The record is saved."))
        return redirect("guests:guest", edition, pk)
    return _page(request, actor, row, form, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def guest_deed(request: HttpRequest, edition: str, pk: int, what: str) -> HttpResponse:
    """Do one thing of the page: look at what is sealed, send or renew the link, say as what else she comes."""
    actor, row = _asked(request, edition, pk)
    if what == "unseal":
        return _page(request, actor, row, opened=look_at(row, by=actor))
    if what == "answer":
        return _answered(request, actor, row)
    deed = _DEEDS.get(what)
    if deed is None:
        raise NotFound
    try:
        deed(request, row, actor)
    except SummitryError as refusal:
        return _page(request, actor, row, refused=str(refusal), status=refusal.status)
    return redirect("guests:guest", edition, pk)


@never_cache
@login_required
@require_http_methods(WAYS)
def guest_answers(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Fill in a guest's application for her, where her category allows it."""
    actor, row = _asked(request, edition, pk)
    check_may_fill_in(row, actor)
    questions = _askable(row, actor)
    form = _answers_form(request, row, questions)
    status = 200
    if request.method == "POST":
        is_saved = False
        try:
            save_answers(row, form.answers(), by=actor, seen=form.marks())
            is_saved = True
            if "submit" in request.POST:
                submit_application(row, by=actor)
            messages.success(request, _("The answers are saved."))
            return redirect("guests:guest", edition, pk)
        except InvalidInput as refusal:
            if is_saved:
                form = _answers_form(request, row, _askable(row, actor))
            form.refuse(refusal.fields or {"": [str(refusal)]}, is_saved=is_saved)
            status = 422
        except SummitryError as refusal:
            form.refuse({"": [str(refusal)]}, is_saved=is_saved)
            status = refusal.status
    context = {
        **_names(row),
        "guest": row,
        "form": form,
        "groups": form.groups(),
        "may_hand_in": row.state in HANDED_IN_FROM,
        "is_console": True,
    }
    return render(request, "guests/console/guest_answers.html", context, status=status)


@never_cache
@login_required
@require_safe
def guest_photo(request: HttpRequest, edition: str, pk: int) -> HttpResponseBase:
    """Send the photo."""
    _actor, row = _asked(request, edition, pk)
    if row.photo is None:
        raise NotFound
    return sent(row.photo, is_shown=True)


@never_cache
@login_required
@require_safe
def guest_file(request: HttpRequest, edition: str, pk: int, slug: str) -> HttpResponseBase:
    """Send a file of her answers to those who see answers; of a sealed purpose, only who may open it, and it is recorded."""
    actor, row = _asked(request, edition, pk)
    rows = Answer.objects.filter(guest=row, field__slug=slug, file__isnull=False)
    answer = rows.select_related("file", "field__purpose", "guest").first()
    if answer is None or answer.file is None or not policy_for(Answer).may(actor, "view", answer):
        raise NotFound
    if answer.field.purpose.sealed:
        look_at(row, by=actor)
    return sent(answer.file)


def _asked(request: HttpRequest, edition: str, pk: int) -> tuple[Actor, Guest]:
    shown, actor = edition_of(request, edition, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    return actor, guest_at_work(actor, shown, pk)


def _write(row: Guest, actor: Actor, changes: dict[str, Any]) -> Guest:
    category = changes.pop("category", None)
    if category is not None:
        set_category(row, category, by=actor)
    return change_guest(row, by=actor, **changes) if changes else row


def _send(request: HttpRequest, row: Guest, actor: Actor) -> None:
    if send_link(row, by=actor):
        messages.success(request, _("The letter with the link is in the outbox."))
    else:
        messages.warning(
            request, _("There is no e-mail address to send the link to, or such letters are switched off.")
        )


def _renew(request: HttpRequest, row: Guest, actor: Actor) -> None:
    renew_link(row, by=actor)
    messages.success(request, _("There is a new link. The former one no longer opens the page."))


def _answered(request: HttpRequest, actor: Actor, row: Guest) -> HttpResponse:
    """Take down what the guest had said by telephone; what cannot be taken is said beside its field, the text kept."""
    invitation = answerable(row, actor)
    if invitation is None:
        raise NotFound
    form, status = OnBehalfForm(request.POST, invitation=invitation), 422
    if form.is_valid():
        data = form.cleaned_data
        try:
            answer_on_behalf(
                invitation, data["answer"], by=actor, said_by=data["said_by"], remark=data["remark"]
            )
        except InvalidInput as refusal:
            form.refuse(refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            form.refuse({"": [str(refusal)]})
            status = refusal.status
        else:
            messages.success(request, _("The answer is taken down."))
            return redirect("guests:guest", row.edition.slug, row.pk)
    return _page(request, actor, row, on_behalf=form, status=status)


def _also(request: HttpRequest, row: Guest, actor: Actor) -> None:
    form = AlsoForm(request.POST, guest=row)
    if not form.is_valid():
        raise InvalidInput
    set_category(row, row.category, by=actor, also=list(form.cleaned_data["also"]))
    messages.success(request, _("The record is saved."))


_DEEDS: Mapping[str, Callable[[HttpRequest, Guest, Actor], None]] = {
    "send": _send,
    "renew": _renew,
    "also": _also,
}


def _askable(row: Guest, actor: Actor) -> list[Question]:
    steps = set(Step) if policy_for(Guest).may(actor, "assign", row) else set(open_steps(row))
    return questions_for(row, steps)


def _answers_form(request: HttpRequest, row: Guest, questions: list[Question]) -> AnswersForm:
    is_post = request.method == "POST"
    return AnswersForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        questions=questions,
        edition=row.edition,
        lang=get_language() or "en",
        consented=frozenset(pk for pk, line in ledger(row).items() if line.is_given),
    )


def _names(row: Guest, *, inside: bool = False) -> dict[str, Any]:
    lang, chain = get_language() or "en", row.edition.fallback
    companions = list(companions_of(row.pk).select_related("category"))
    others = [one for one in (row.principal, row.replaces) if one is not None]
    names = names_of({row.person_id, *(one.person_id for one in [*companions, *others])})
    posts = posts_on([row.person_id], row.edition.starts_on).get(row.person_id, [])
    return {
        "name": names.shown(row.person_id, lang, chain),
        "spellings": names.spellings(row.person_id),
        "posts": posts,
        "companions": [
            (one, names.shown(one.person_id, lang, chain), seen_state(one, inside=inside))
            for one in companions
        ],
        "principal": (row.principal, names.shown(row.principal.person_id, lang, chain))
        if row.principal
        else None,
        "replaces": (row.replaces, names.shown(row.replaces.person_id, lang, chain))
        if row.replaces
        else None,
    }


def _page(
    request: HttpRequest,
    actor: Actor,
    row: Guest,
    form: GuestForm | None = None,
    *,
    opened: Mapping[int, Any] | None = None,
    on_behalf: OnBehalfForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    if on_behalf is None and (invitation := answerable(row, actor)) is not None:
        on_behalf = OnBehalfForm(invitation=invitation)
    policy = policy_for(Guest)
    may = {verb: policy.may(actor, verb, row) for verb in VERBS}
    inside = is_inside(actor, row.edition)
    sees_answers = policy_for(Answer).may(actor, "view", Answer(guest=row))
    steps = answers_of(row, get_language() or "en", opened) if sees_answers else []
    context = {
        **_names(row, inside=inside),
        "guest": row,
        "state": seen_state(row, inside=inside),
        "is_inside": inside,
        "form": form or GuestForm(record=row, actor=actor),
        "also": AlsoForm(guest=row) if may["assign"] else None,
        "may": may,
        "steps": steps,
        "has_sealed": any(line.is_sealed for step in steps for line in step.lines),
        "is_opened": opened is not None,
        "missing": [line.question for step in steps for line in step.lines if line.is_missing],
        "may_fill_in": may["complete"] and row.category.on_behalf,
        "page_url": page_address(row, row.language) if may["link"] else "",
        "has_address": bool(row.person.email or row.person.account),
        "may_see_decisions": policy_for(Decision).may(actor, "view", Decision(guest=row)),
        "on_behalf": on_behalf,
        "refused": refused,
    }
    return render(request, "guests/console/guest.html", context, status=status)
