"""Planning interpretation: which language in which booth, by whom, from which other language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.live.actions.turns import divide_plans
from summitry.live.errors import ForeignObject
from summitry.live.events import InterpretationPlanned
from summitry.live.models import Booth, BoothPlan, Interpreter, TeamMember
from summitry.live.queries.interpretation import Proposal
from summitry.live.queries.places import draft_places
from summitry.programme.models import Session


def plan_booth(session: Session, lang: str, *, by: Actor, **values: Any) -> BoothPlan:
    """Put a language of a session into the plan, or change its booth, relay or rotation; return the plan.

    Announces InterpretationPlanned. Raises InvalidInput, StaleState, and ForeignObject for another edition's booth.
    """
    require(by, "edit", BoothPlan(session=session))
    _check(session, lang, values)
    with recording():
        Session.objects.select_for_update().get(pk=session.pk)
        plan = BoothPlan.objects.filter(session=session, lang=lang).select_related("session").first()
        if plan is None:
            plan = BoothPlan(session=session, lang=lang, **values)
            checked(plan, only=set(values))
            plan.save(force_insert=True)
            record("live.booth.planned", by=by, obj=session, edition_id=session.edition_id, lang=lang)
        elif not change(plan, values, by=by, audit="live.booth.changed"):
            return plan
        _divided([plan])
        _planned(session.edition_id, [session.pk], by)
    return plan


def unplan_booth(plan: BoothPlan, *, by: Actor) -> None:
    """Take a language of a session out of the plan, with its team and turns. Announces InterpretationPlanned."""
    require(by, "edit", plan)
    session = plan.session
    with recording():
        record("live.booth.unplanned", by=by, obj=session, edition_id=session.edition_id, lang=plan.lang)
        plan.delete()
        _planned(session.edition_id, [session.pk], by)


def set_team(
    plan: BoothPlan, team: Sequence[Interpreter], *, by: Actor, expected: Sequence[int] | None = None
) -> BoothPlan:
    """Say who works in a booth, in the order of turns; the turns follow. `expected` are the ids that the caller saw.

    Announces InterpretationPlanned. Raises StaleState, InvalidInput for somebody named twice, and ForeignObject.
    """
    require(by, "edit", plan)
    ids = [one.pk for one in team]
    if any(one.edition_id != plan.edition_id for one in team):
        raise ForeignObject
    if len(set(ids)) != len(ids):
        raise InvalidInput(fields={"team": [_("Somebody is named twice.")]})
    with recording():
        BoothPlan.objects.select_for_update().get(pk=plan.pk)
        before = list(TeamMember.objects.filter(plan=plan).values_list("interpreter_id", flat=True))
        if expected is not None and before != list(expected):
            raise StaleState
        if before == ids:
            return plan
        TeamMember.objects.filter(plan=plan).delete()
        TeamMember.objects.bulk_create(
            TeamMember(plan=plan, interpreter=one, position=place) for place, one in enumerate(team)
        )
        _divided([plan])
        record(
            "live.team.set",
            by=by,
            obj=plan.session,
            edition_id=plan.edition_id,
            lang=plan.lang,
            before={"team": before},
            after={"team": ids},
        )
        _planned(plan.edition_id, [plan.session_id], by)
    return plan


def take_proposals(edition: Edition, proposals: Sequence[Proposal], *, by: Actor) -> int:
    """Take over proposed teams; return how many. Announces InterpretationPlanned.

    Raises StaleState where somebody has planned one of these booths otherwise since the proposal was made; then nothing
    changes. A fixed number of statements, however many.
    """
    require(by, "edit", BoothPlan(session=Session(edition=edition)))
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        wanted = {(one.session_id, one.lang): one for one in proposals}
        rows = BoothPlan.objects.filter(session__edition=edition, session__in={key[0] for key in wanted})
        plans = {(plan.session_id, plan.lang): plan for plan in rows.prefetch_related("members")}
        for key, one in wanted.items():
            present = [member.interpreter_id for member in plans[key].members.all()] if key in plans else []
            if present != list(one.before):
                raise StaleState
        fresh = [
            BoothPlan(session_id=one.session_id, lang=one.lang, relay=one.relay, booth_id=one.booth_id)
            for key, one in wanted.items()
            if key not in plans
        ]
        plans |= {(plan.session_id, plan.lang): plan for plan in BoothPlan.objects.bulk_create(fresh)}
        _write_teams(plans, wanted)
        _divided([plans[key] for key in wanted])
        if wanted:
            record("live.teams.proposed", by=by, obj=edition, count=len(wanted))
            _planned(edition.pk, sorted({key[0] for key in wanted}), by)
    return len(wanted)


def _write_teams(plans: dict[tuple[int, str], BoothPlan], wanted: dict[tuple[int, str], Proposal]) -> None:
    changed = []
    for key, one in wanted.items():
        plan = plans[key]
        if (plan.relay, plan.booth_id) != (one.relay, one.booth_id):
            plan.relay, plan.booth_id = one.relay, one.booth_id
            changed.append(plan)
    BoothPlan.objects.bulk_update(changed, ["relay", "booth"], batch_size=200)
    TeamMember.objects.filter(plan__in=[plans[key].pk for key in wanted]).delete()
    TeamMember.objects.bulk_create(
        TeamMember(plan=plans[key], interpreter_id=who, position=place)
        for key, one in wanted.items()
        for place, who in enumerate(one.team)
    )


def _check(session: Session, lang: str, values: dict[str, Any]) -> None:
    booth: Booth | None = values.get("booth")
    if booth is not None and booth.edition_id != session.edition_id:
        raise ForeignObject
    if lang not in session.interpreted:
        raise InvalidInput(fields={"lang": [_("The session is not interpreted into this language.")]})
    relay = values.get("relay", "")
    if relay and (relay == lang or relay not in {*session.interpreted, *session.spoken}):
        raise InvalidInput(fields={"relay": [_("This language is neither spoken nor interpreted here.")]})


def _divided(plans: Sequence[BoothPlan]) -> None:
    if plans:
        edition_id = Session.objects.values_list("edition_id", flat=True).get(pk=plans[0].session_id)
        divide_plans(plans, draft_places(edition_id, {plan.session_id for plan in plans}))


def _planned(edition_id: int, session_ids: Sequence[int], by: Actor) -> None:
    announce(InterpretationPlanned(by=by, edition_id=edition_id, session_ids=tuple(session_ids)))
