"""Jurors: appointed, invited, accepted or declined, their facts kept, and let go.

Her account enters the edition's console as that of a partner from the invitation on; what she may judge is asked of her
state as well, so that an invitation alone opens nothing but her own page.
"""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.calls.actions.jury_letters import send_invitation
from summitry.calls.actions.recording import record_step
from summitry.calls.enums import JUROR as STEPS
from summitry.calls.enums import JurorState, StepKind
from summitry.calls.events import JuryChanged
from summitry.calls.models import Area, Call, Juror, Panel
from summitry.calls.permissions import CHAIR, JUROR
from summitry.directory.models import Entity, Organisation, Person
from summitry.editions.actions.partners import admit_partner, release_partner
from summitry.foundation import clock
from summitry.foundation.access import Actor, Scope, require
from summitry.foundation.accounts import account_at
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.models import Account
from summitry.foundation.states import transition

S = JurorState
MOST_AREAS = 3
"""Areas that a juror can name as hers, the best known first."""
OFFICE_FACTS = frozenset({"panel", "organisation", "entity", "is_chair"})


class JurorFacts(TypedDict, total=False):
    """What is known of a juror. `expertise` are slugs of areas, the best known first; `words` are her own."""

    panel: Panel | None
    organisation: Organisation | None
    entity: Entity | None
    is_chair: bool
    least: int
    most: int
    languages: list[str]
    expertise: list[str]
    words: str


def appoint_juror(call: Call, person: Person, *, by: Actor, **facts: Unpack[JurorFacts]) -> Juror:
    """Propose somebody for the jury of a call; nobody is told yet. Without an organisation, that of her post is taken.

    Raises PermissionRefused (a chair is appointed by who may decide), InvalidInput, and InvalidInput under "person" for
    who is a juror already. Announces JuryChanged.
    """
    require(by, "edit", call)
    if facts.get("is_chair"):
        require(by, "decide", call)
    values: dict[str, Any] = {**_from_directory(person), **facts}
    _check(call, values)
    with recording():
        juror = Juror(call=call, person=person, state_since=clock.now(), **values)
        if Juror.objects.filter(call=call, person=person).exists():
            raise InvalidInput(fields={"person": [_("This person is on the jury already.")]})
        checked(juror)
        try:
            with transaction.atomic():
                juror.save(force_insert=True)
        except IntegrityError as error:
            raise InvalidInput(fields={"person": [_("This person is on the jury already.")]}) from error
        record("calls.juror.appointed", by=by, obj=juror)
        _tell(juror, "appointed", by)
    return juror


def invite_juror(juror: Juror, *, by: Actor) -> Juror:
    """Ask a juror whether she takes part: she gets an account, and a letter with the address of her page.

    Whoever declined or left can be invited again. Raises InvalidInput without an e-mail address, TransitionRefused.
    """
    require(by, "edit", juror)
    with recording():
        account = _account_of(juror, by)
        changes = {"state_since": clock.now(), "account": account}
        transition(juror, STEPS, S.INVITED, by=by, audit="calls.juror.invited", changes=changes)
        put_grant(account, JUROR.code, _scope(juror), by=by)
        admit_partner(account, juror.edition_id, by=by)
        _tell(juror, "invited", by)
        send_invitation(juror, by=by)
    return juror


def accept_appointment(juror: Juror, *, by: Actor, account: Account | None = None) -> Juror:
    """Accept, as the juror herself or for her by the office. Announces JuryChanged.

    `account` is whose she is where she has none yet; without one she cannot sign in. Raises TransitionRefused, StaleState.
    """
    _require_own_or_edit(juror, by)
    with recording():
        changes: dict[str, Any] = {"state_since": clock.now()}
        hers = juror.account or account
        if hers is not None:
            changes["account"] = hers
        transition(juror, STEPS, S.ACCEPTED, by=by, audit="calls.juror.accepted", changes=changes)
        if hers is not None:
            _let_in(juror, hers, by)
        _tell(juror, "accepted", by)
    return juror


def decline_appointment(juror: Juror, *, by: Actor) -> Juror:
    """Decline, as the juror herself or for her by the office: the console closes for her. Announces JuryChanged."""
    _require_own_or_edit(juror, by)
    with recording():
        changes = {"state_since": clock.now()}
        transition(juror, STEPS, S.DECLINED, by=by, audit="calls.juror.declined", changes=changes)
        _let_out(juror, by)
        _tell(juror, "declined", by)
    return juror


def leave_jury(juror: Juror, *, by: Actor) -> Juror:
    """End a juror's work, by herself or by the office. Announces JuryChanged: what was on her table is given to others.

    What she has handed in stays.
    """
    _require_own_or_edit(juror, by)
    with recording():
        changes = {"state_since": clock.now()}
        transition(juror, STEPS, S.LEFT, by=by, audit="calls.juror.left", changes=changes)
        _let_out(juror, by)
        _tell(juror, "left", by)
    return juror


def update_juror(
    juror: Juror, *, by: Actor, expected: JurorFacts | None = None, **facts: Unpack[JurorFacts]
) -> Juror:
    """Change what is known of a juror: by the office, or by herself what is hers to say.

    Raises InvalidInput, PermissionRefused, StaleState. Announces JuryChanged where anything differs.
    """
    if OFFICE_FACTS & facts.keys():
        require(by, "edit", juror)
    _require_own_or_edit(juror, by)
    if facts.get("is_chair", juror.is_chair) != juror.is_chair:
        require(by, "decide", juror.call)
    _check(juror.call, {"least": juror.least, "most": juror.most, **facts})
    with recording():
        changed = change(
            juror,
            facts,
            by=by,
            audit="calls.juror.changed",
            expected=expected,
            withhold=frozenset({"words"}),
        )
        if "is_chair" in changed and juror.state == S.ACCEPTED and juror.account is not None:
            give = put_grant if juror.is_chair else take_grant
            give(juror.account, CHAIR.code, _scope(juror), by=by)
        if changed:
            _tell(juror, "changed", by)
    return juror


def _require_own_or_edit(juror: Juror, by: Actor) -> None:
    mine = juror.account_id is not None and juror.account_id == by.account_id
    require(by, "own" if mine else "edit", juror)


def _check(call: Call, facts: dict[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    if facts.get("least", 0) > facts.get("most", 40):
        errors["least"] = [_("At least cannot be more than at most.")]
    chosen = facts.get("expertise", [])
    if chosen:
        known = set(Area.objects.filter(call=call).values_list("slug", flat=True))
        if len(chosen) > MOST_AREAS or len(set(chosen)) != len(chosen) or not set(chosen) <= known:
            errors["expertise"] = [_("Choose up to three different areas of this call.")]
    panel = facts.get("panel")
    if panel is not None and panel.call_id != call.pk:
        errors["panel"] = [_("Choose a panel of this call.")]
    if errors:
        raise InvalidInput(fields=errors)


def _from_directory(person: Person) -> dict[str, Any]:
    post = person.affiliations.filter(ends_on=None).select_related("organisation").first()
    return {
        "organisation": post.organisation if post else None,
        "entity": person.entity,
        "languages": list(person.languages),
    }


def _account_of(juror: Juror, by: Actor) -> Account:
    known = juror.account or juror.person.account
    if known is not None:
        return known
    if not juror.person.email:
        raise InvalidInput(fields={"person": [_("No e-mail address is known of this person.")]})
    return account_at(juror.person.email, by=by, name=juror.person.reference_name)


def _scope(juror: Juror) -> Scope:
    return Scope("call", juror.call_id)


def _let_in(juror: Juror, account: Account, by: Actor) -> None:
    put_grant(account, JUROR.code, _scope(juror), by=by)
    if juror.is_chair:
        put_grant(account, CHAIR.code, _scope(juror), by=by)
    admit_partner(account, juror.edition_id, by=by)


def _let_out(juror: Juror, by: Actor) -> None:
    if juror.account is None:
        return
    for role in (JUROR, CHAIR) if juror.is_chair else (JUROR,):
        take_grant(juror.account, role.code, _scope(juror), by=by)
    release_partner(juror.account, juror.edition_id, by=by)


def _tell(juror: Juror, did: str, by: Actor) -> None:
    content = {
        "juror": juror.pk,
        "did": did,
        "state": str(juror.state),
        "panel": juror.panel_id,
        "organisation": juror.organisation_id,
        "entity": juror.entity_id,
        "chair": juror.is_chair,
        "least": juror.least,
        "most": juror.most,
    }
    record_step(juror.call_id, StepKind.JUROR, content)
    announce(JuryChanged(by=by, edition_id=juror.edition_id, call_id=juror.call_id, juror_ids=(juror.pk,)))
