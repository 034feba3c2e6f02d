"""Who appears in a session or contribution: roles, delivery and order in one form, and finding one more."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.programme.actions.appearance import add_appearance, lines_of, set_appearances
from summitry.programme.enums import Delivery, SpeakerRole
from summitry.programme.forms.people import NewPersonForm, PeopleForm
from summitry.programme.models import Contribution, Session
from summitry.programme.queries.people_at_work import find_people, people_in, person_to_choose
from summitry.programme.queries.work import contribution_at_work, session_at_work
from summitry.programme.views.session_record import WAYS, at_work, openness


@never_cache
@login_required
@require_http_methods(WAYS)
def session_people(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Who appears in the session as a whole: chair, moderator, interpreters."""
    shown, actor = at_work(request, edition)
    return _people(request, shown, actor, session_at_work(actor, shown, code), None)


@never_cache
@login_required
@require_http_methods(WAYS)
def contribution_people(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Who gives a contribution."""
    shown, actor = at_work(request, edition)
    contribution = contribution_at_work(actor, shown, pk)
    return _people(request, shown, actor, contribution.session, contribution)


def _people(
    request: HttpRequest, edition: Edition, actor: Actor, session: Session, contribution: Contribution | None
) -> HttpResponse:
    new = NewPersonForm(edition=edition)
    refused: list[str] = []
    if request.method == "POST":
        try:
            if "add" in request.POST:
                _add(request, actor, session, contribution)
            elif "create" in request.POST:
                new = NewPersonForm(request.POST, edition=edition)
                if not new.is_valid():
                    return _page(request, actor, session, contribution, new)
                add_appearance(
                    session, new.person(), by=actor, contribution=contribution, role=new.cleaned_data["role"]
                )
            else:
                form = PeopleForm(request.POST)
                set_appearances(
                    session, form.appearances(), by=actor, contribution=contribution, expected=form.seen()
                )
            messages.success(request, _("Who appears is saved."))
            return redirect(
                _address(contribution), edition.slug, contribution.pk if contribution else session.code
            )
        except InvalidInput as refusal:
            refused = [line for lines in refusal.fields.values() for line in lines] or [str(refusal)]
        except SummitryError as refusal:
            refused = [str(refusal)]
    return _page(request, actor, session, contribution, new, refused)


def _add(request: HttpRequest, actor: Actor, session: Session, contribution: Contribution | None) -> None:
    value = request.POST.get("add", "")
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else 0
    person = person_to_choose(actor, session, number)
    if person is None:
        raise NotFound
    role = request.POST.get("role", "")
    add_appearance(
        session,
        person,
        by=actor,
        contribution=contribution,
        role=SpeakerRole(role) if role in SpeakerRole.values else SpeakerRole.SPEAKER,
    )


def _page(
    request: HttpRequest,
    actor: Actor,
    session: Session,
    contribution: Contribution | None,
    new: NewPersonForm,
    refused: list[str] | None = None,
) -> HttpResponse:
    people = people_in(session, contribution)
    words = request.GET.get("q", "")[:100]
    context = {
        "session": session,
        "contribution": contribution,
        "people": people,
        "seen": PeopleForm.mark(lines_of([one.appearance for one in people])),
        "roles": SpeakerRole.choices,
        "deliveries": Delivery.choices,
        "words": words,
        "found": find_people(actor, session, words),
        "new": new,
        "refused": refused or [],
        **openness(actor, session.forum),
    }
    status = 422 if refused or new.errors else 200
    return render(request, "programme/console/people.html", context, status=status)


def _address(contribution: Contribution | None) -> str:
    return f"programme_console:{'contribution' if contribution else 'session'}_people"
