"""The interpretation plan: its matrix, one booth of one session, and proposed teams."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.views.door import WAYS, at_work, number_in
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.i18n import formats
from summitry.live.actions.booth_plan import plan_booth, set_team, take_proposals, unplan_booth
from summitry.live.actions.turns import swap_turns
from summitry.live.forms import BoothForm
from summitry.live.models import BoothPlan, Interpreter, Shift
from summitry.live.queries.day import shown_day
from summitry.live.queries.interpretation import Planned, Proposal, booths_by_room, planned, proposals
from summitry.live.queries.matrix import Matrix, interpreted_on
from summitry.live.queries.places import draft_places, planning_version
from summitry.live.queries.rundown import room_of, session_to_run
from summitry.live.queries.team import candidates_for, members_of
from summitry.live.views.day import DayTab
from summitry.programme.models import Session

NAV = "interpretation"
SALT = "summitry.live.proposals"
MOST_IN_TEAM = 4


@never_cache
@login_required
@require_safe
def interpretation(request: HttpRequest, edition: str) -> HttpResponse:
    """Show a day (or `day=all`) of the plan; `show=faults` keeps the sessions to come in which something is wrong."""
    shown, actor = at_work(request, edition, NAV)
    day = shown_day(shown, request.GET.get("day", ""))
    whole = request.GET.get("day") == "all"
    version = planning_version(shown)
    rows, matrix, all_rows = [], None, 0
    if version is not None:
        state = planned(version)
        ids = interpreted_on(state, shown, shown.days if whole else [day], actor)
        matrix = Matrix(state, shown, get_language() or "en", ids)
        rows, all_rows = matrix.rows, len(matrix.rows)
    faulty = [row for row in rows if row.is_faulty and row.place.ends_at > clock.now()]
    only_faults = request.GET.get("show") == "faults"
    context = {
        "rows": faulty if only_faults else rows,
        "matrix": matrix,
        "count": all_rows,
        "faulty": len(faulty),
        "only_faults": only_faults,
        "day": "all" if whole else day.isoformat(),
        "tabs": _tabs(shown, "all" if whole else day.isoformat()),
        "may_plan": policy_for(BoothPlan).may(actor, "edit", BoothPlan(session=Session(edition=shown))),
        "engaged": Interpreter.objects.filter(edition=shown).exists(),
    }
    return render(request, "live/interpretation.html", context)


@never_cache
@login_required
@require_http_methods(WAYS)
def booth(request: HttpRequest, edition: str, code: str, lang: str) -> HttpResponse:
    """Show one language of one session: booth, relay, team and turns; save what was changed of it."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    if lang not in session.interpreted:
        raise NotFound
    plan = _plan(session, lang)
    place = draft_places(shown.pk, [session.pk]).get(session.pk)
    posted = request.POST if request.method == "POST" and "team" not in request.POST else None
    form = BoothForm(posted, record=plan, room_id=place.room_id if place else None)
    refused = ""
    if request.method == "POST":
        require(actor, "edit", plan)
        try:
            done = (
                _save_team(request, actor, plan)
                if posted is None
                else form.save(lambda **values: plan_booth(session, lang, by=actor, **values))
            )
        except SummitryError as error:
            done, refused = None, str(error) if not isinstance(error, InvalidInput) else _said(error)
        if done is not None:
            messages.success(request, _("The booth is saved."))
            return redirect("live:booth", shown.slug, session.code, lang)
    context = _booth_context(actor, shown, session, plan, form)
    context |= {"place": place, "room": room_of(place), "refused": refused}
    return render(request, "live/booth.html", context, status=422 if refused or form.errors else 200)


@never_cache
@login_required
@require_POST
def booth_swap(request: HttpRequest, edition: str, code: str, lang: str) -> HttpResponse:
    """Exchange two turns of a booth (`first`, `second`)."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    shifts = Shift.objects.filter(plan__session=session, plan__lang=lang).select_related(
        "plan__session", "interpreter"
    )
    first, second = (
        shifts.filter(pk=number_in(request.POST.get(name))).first() for name in ("first", "second")
    )
    if first is None or second is None:
        raise NotFound
    swap_turns(first, second, by=actor)
    messages.success(request, _("The turns are exchanged."))
    return redirect("live:booth", shown.slug, session.code, lang)


@never_cache
@login_required
@require_POST
def booth_remove(request: HttpRequest, edition: str, code: str, lang: str) -> HttpResponse:
    """Take one language of a session out of the plan."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    plan = _plan(session, lang)
    if plan.pk:
        unplan_booth(plan, by=actor)
        messages.success(request, _("The booth is out of the plan."))
    return _to_matrix(shown, "")


@never_cache
@login_required
@require_http_methods(WAYS)
def propose(request: HttpRequest, edition: str) -> HttpResponse:
    """Show which teams could fill the gaps of a day (or `day=all`); take over those that were shown."""
    shown, actor = at_work(request, edition, NAV)
    require(actor, "edit", BoothPlan(session=Session(edition=shown)))
    day = request.GET.get("day", "")
    if request.method == "POST":
        taken = take_proposals(shown, _signed(request.POST.get("proposals", "")), by=actor)
        words = ngettext("%(count)d team is taken over.", "%(count)d teams are taken over.", taken)
        messages.success(request, words % {"count": taken})
        return _to_matrix(shown, day)
    version = planning_version(shown)
    if version is None:
        raise NotFound
    state = planned(version)
    days = shown.days if day == "all" else [shown_day(shown, day)]
    found = proposals(state, interpreted_on(state, shown, days, actor), booths_by_room(shown))
    useful = [one for one in found if len(one.team) > len(one.before)]
    context = {
        "lines": [_line(state, one) for one in found],
        "useful": len(useful),
        "names": Matrix(state, shown, get_language() or "en", ()).names,
        "signed": signing.dumps([_packed(one) for one in useful], salt=SALT, compress=True),
        "tabs": _tabs(shown, "all" if day == "all" else shown_day(shown, day).isoformat()),
        "day": day,
    }
    return render(request, "live/propose.html", context)


def _plan(session: Session, lang: str) -> BoothPlan:
    found = BoothPlan.objects.filter(session=session, lang=lang).select_related("booth__room").first()
    plan = found or BoothPlan(session=session, lang=lang)
    plan.session = session
    return plan


def _save_team(request: HttpRequest, actor: Actor, plan: BoothPlan) -> BoothPlan:
    ids = [number for value in request.POST.getlist("team") if (number := number_in(value))]
    seen = [number_in(value) for value in request.POST.get("seen", "").split(",") if value]
    found = {one.pk: one for one in Interpreter.objects.filter(edition=plan.edition_id, pk__in=ids)}
    team = [found[pk] for pk in ids if pk in found]
    if not plan.pk:
        plan = plan_booth(plan.session, plan.lang, by=actor)
    return set_team(plan, team, by=actor, expected=seen)


def _booth_context(
    actor: Actor, edition: Edition, session: Session, plan: BoothPlan, form: BoothForm
) -> dict[str, Any]:
    lang = get_language() or "en"
    version = planning_version(edition)
    state: Planned | None = planned(version) if version is not None else None
    members = members_of(plan, lang)
    placed = state is not None and session.pk in state.places
    matrix = Matrix(state, edition, lang, [session.pk]) if state is not None and placed else None
    return {
        "session": session,
        "plan": plan,
        "lang": plan.lang,
        "form": form,
        "members": members,
        "places_in_team": [members[n] if n < len(members) else None for n in range(MOST_IN_TEAM)],
        "seen": ",".join(str(one.interpreter_id) for one in members),
        "candidates": candidates_for(state, plan, lang, edition) if state is not None and placed else [],
        "cell": matrix.cell(session.pk, plan.lang) if matrix is not None else None,
        "may_plan": policy_for(BoothPlan).may(actor, "edit", plan),
    }


def _line(state: Planned, one: Proposal) -> dict[str, Any]:
    return {"session": state.sessions[one.session_id], "place": state.places[one.session_id], "proposal": one}


def _packed(one: Proposal) -> list[Any]:
    return [one.session_id, one.lang, list(one.team), list(one.before), one.relay, one.booth_id, one.missing]


def _signed(value: str) -> list[Proposal]:
    try:
        packed = signing.loads(value, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature as error:
        raise InvalidInput from error
    return [
        Proposal(session_id, lang, tuple(team), tuple(before), relay, booth_id, missing)
        for session_id, lang, team, before, relay, booth_id, missing in packed
    ]


def _said(error: InvalidInput) -> str:
    lines = [line for lines in error.fields.values() for line in lines]
    return " ".join(lines) or str(error)


def _tabs(edition: Edition, current: str) -> list[DayTab]:
    lang = get_language() or "en"
    days = [(day.isoformat(), formats.date(day, lang, "MMMEd")) for day in edition.days]
    return [DayTab(key, label, key == current) for key, label in (*days, ("all", _("All days")))]


def _to_matrix(edition: Edition, day: str) -> HttpResponse:
    address = reverse("live:interpretation", args=[edition.slug])
    return redirect(f"{address}?day={day}" if day.replace("-", "").isalnum() else address)
