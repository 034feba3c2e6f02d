"""The console's pages of decisions: the worklist, and one application with all that concerns it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from summitry.directory.queries.entities import EntityNames
from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.deciding import agree, decide, reject
from summitry.guests.actions.unsealing import look_at
from summitry.guests.enums import DecisionKind
from summitry.guests.forms.deciding import KEYS, DecideForm, VisaForm
from summitry.guests.models import Answer, Appeal, Decision, Guest, Proposal, VisaLetter
from summitry.guests.queries.answers import in_words
from summitry.guests.queries.steps import ADMITTED, RULES, due_at, is_overdue, kinds_for
from summitry.guests.queries.two_people import needing_two, own_records
from summitry.guests.queries.worklist import (
    QUEUE_LABELS,
    QUEUES,
    history_of,
    lines_of,
    queue_of,
    said_by,
    working_on,
)

NAV = "console-decisions"
SIZE = 50
RELATED = ("person__entity", "category", "edition", "delegation", "principal__person", "photo")


@never_cache
@login_required
@require_safe
def worklist(request: HttpRequest, edition: str) -> HttpResponse:
    """Show a queue of applications, the most pressing first."""
    shown, actor = asked(request, edition)
    queue = queue_of(actor, shown, request.GET.get("queue", ""), request.GET.get("category", "")[:40])
    page = Paginator(queue.places, SIZE).get_page(request.GET.get("page"))
    lang = get_language() or "en"
    context = {
        "queue": queue,
        "tabs": [
            {
                "key": key,
                "label": QUEUE_LABELS[key],
                "count": queue.counts.get(key, 0),
                "overdue": queue.overdue.get(key, 0),
                "current": key == queue.key,
            }
            for key in QUEUES
        ],
        "page": page,
        "lines": lines_of(list(page.object_list), shown, lang),
        "category": request.GET.get("category", "")[:40],
        "categories": shown.categories.all(),
        "kinds": [kind for kind in DecisionKind if QUEUES[queue.key] <= RULES[kind].states],
    }
    return render(request, "guests/deciding/worklist.html", context)


@never_cache
@login_required
@require_safe
def application(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show an application with what was answered, decided and proposed; what is sealed only when it is asked for."""
    shown, actor = asked(request, edition)
    guest = guest_of(actor, shown, pk)
    opened = look_at(guest, by=actor) if "look" in request.GET else {}
    return page_of(request, actor, guest, opened=opened)


@never_cache
@login_required
@require_POST
def deed(request: HttpRequest, edition: str, pk: int, what: str) -> HttpResponse:
    """Decide, agree or reject; refused, the page comes back with what was typed."""
    shown, actor = asked(request, edition)
    guest = guest_of(actor, shown, pk)
    if what not in ("decide", "agree", "reject"):
        raise NotFound
    form = DecideForm(request.POST, kinds=list(DecisionKind)) if what == "decide" else None
    try:
        done = _done(what, guest, actor, form)
    except InvalidInput as refusal:
        for name, lines in refusal.fields.items():
            for line in lines if form else ():
                form.add_error(name if name in form.fields else None, line)  # type: ignore[union-attr]
        done = None
    except SummitryError as refusal:
        return page_of(
            request, actor, guest_of(actor, shown, pk), form=form, refused=str(refusal), status=refusal.status
        )
    if done is None:
        return page_of(request, actor, guest, form=form, status=422)
    messages.success(request, done)
    return _onward(request, actor, shown, guest)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, edition: str, pk: int, answer: int) -> HttpResponseBase:
    """Send a file that a guest handed in; one under seal is a look like any other."""
    shown, actor = asked(request, edition)
    guest = guest_of(actor, shown, pk)
    row = Answer.objects.filter(guest=guest, pk=answer).select_related("file", "field__purpose").first()
    if row is None or row.file is None:
        raise NotFound
    if row.field.purpose.sealed:
        look_at(guest, by=actor)
    return sent(row.file)


@never_cache
@login_required
@require_safe
def photo(request: HttpRequest, edition: str, pk: int) -> HttpResponseBase:
    """Send a guest's photo."""
    shown, actor = asked(request, edition)
    picture = guest_of(actor, shown, pk).photo
    if picture is None:
        raise NotFound
    return sent(picture, is_shown=True)


def asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    """Return the edition and who works on it; only for those who decide."""
    shown, actor = edition_of(request, slug, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    require(actor, "decide", Guest(edition=shown))
    return shown, actor


def guest_of(actor: Actor, edition: Edition, pk: int) -> Guest:
    """Return one guest of those that `actor` works on. Raises NotFound."""
    guest = working_on(actor, edition).filter(pk=pk).select_related(*RELATED).first()
    if guest is None:
        raise NotFound
    return guest


def page_of(
    request: HttpRequest,
    actor: Actor,
    guest: Guest,
    *,
    form: Form | None = None,
    refused: str = "",
    opened: Any = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of an application."""
    lang, edition = get_language() or "en", guest.edition
    decides = policy_for(Guest).may(actor, "decide", guest)
    kinds = kinds_for(guest) if decides else []
    queue = queue_of(actor, edition, _queue_key(guest, request))
    before, after = queue.beside(guest.pk)
    said = said_by(guest, lang)
    answers = Answer.objects.filter(guest=guest, field__in=list(opened or {})).select_related("field")
    context = {
        "guest": guest,
        "name": names_of([guest.person_id]).shown(guest.person_id, lang, edition.fallback),
        "entity": (
            EntityNames(edition.naming_profile_id, lang, edition.fallback).short(guest.person.entity)
            if guest.person.entity
            else None
        ),
        "due": due_at(guest.category, guest.state, guest.state_since),
        "is_overdue": is_overdue(guest.category, guest.state, guest.state_since),
        "said": said,
        "opened": [
            (
                answer.field.label.shown(lang, edition.fallback),
                in_words(answer.field, opened[answer.field_id], lang),
            )
            for answer in answers
        ],
        "has_sealed": any(one.is_sealed for one in said),
        "may_unseal": policy_for(Guest).may(actor, "unseal", guest),
        "history": history_of(guest),
        "proposal": Proposal.objects.filter(guest=guest).first(),
        "appeal": Appeal.objects.filter(guest=guest).first(),
        "decides": decides,
        "is_own": bool(own_records([guest], actor)),
        "needs_two": bool(needing_two([guest])),
        "kinds": [(kind, KEYS[kind]) for kind in kinds],
        "form": form or DecideForm(kinds=kinds, initial={"seen": guest.state}),
        "refused": refused,
        "before": before,
        "after": after,
        "queue_key": queue.key,
        "account_id": actor.account_id,
        "letters": VisaLetter.objects.filter(guest=guest),
        "visa_form": VisaForm(lang=lang) if guest.state in ADMITTED else None,
        "may_issue": policy_for(VisaLetter).may(actor, "issue", VisaLetter(edition=edition, guest=guest)),
    }
    return render(request, "guests/deciding/application.html", context, status=status)


def _done(what: str, guest: Guest, actor: Actor, form: DecideForm | None) -> str | None:
    """Do it, and return what to say; None where the form itself is not in order."""
    if form is not None:
        if not form.is_valid():
            return None
        given = form.cleaned_data
        result = decide(
            guest, given["kind"], by=actor, reason=given["reason"], told=given["told"], seen=given["seen"]
        )
        if isinstance(result, Decision):
            return _("%(guest)s: %(decision)s.") % {"guest": guest, "decision": result.get_kind_display()}
        return _("Proposed. A second person has to agree.")
    proposal = (
        Proposal.objects.filter(guest=guest).select_related("guest__category", "guest__edition").first()
    )
    if proposal is None:
        raise NotFound
    if what == "agree":
        agree(proposal, by=actor)
        return _("Agreed; it is done.")
    reject(proposal, by=actor)
    return _("Rejected; the application waits as before.")


def _onward(request: HttpRequest, actor: Actor, edition: Edition, guest: Guest) -> HttpResponse:
    """Go on to the next application of the queue from which the officer came, or back to the worklist."""
    key = request.POST.get("queue", "")
    _before, after = queue_of(actor, edition, key).beside(guest.pk)
    if key not in QUEUES or after is None:
        return redirect("guests:application", edition.slug, guest.pk)
    return redirect(reverse("guests:application", args=[edition.slug, after]) + f"?queue={key}")


def _queue_key(guest: Guest, request: HttpRequest) -> str:
    given = request.GET.get("queue") or request.POST.get("queue") or ""
    return (
        given
        if given in QUEUES
        else next((key for key, states in QUEUES.items() if guest.state in states), "")
    )
