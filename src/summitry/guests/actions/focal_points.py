"""Focal points: who acts for a delegation. They are let in, told so by mail, and let out again by the guest office."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from summitry.editions.actions.partners import admit_partner, release_partner
from summitry.foundation.access import Actor, Scope, require
from summitry.foundation.accounts import account_at
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.models import Account, Grant
from summitry.guests.events import DelegationsChanged
from summitry.guests.models import Delegation
from summitry.guests.permissions import FOCAL_POINT
from summitry.guests.queries.addresses import cockpit_address
from summitry.mailing.notices import NoticeKey, account_recipient, post_notice

KIND = "delegation"
LONGEST_NAME = 200


def appoint_focal_point(delegation: Delegation, email: str, *, by: Actor, name: str = "") -> Account:
    """Let the holder of an address act for the delegation, and enter the edition's console for it.

    An account is made where the address has none; whoever is new is written to. Twice changes nothing. Announces
    DelegationsChanged. Raises InvalidInput.
    """
    require(by, "appoint", delegation)
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise InvalidInput(fields={"email": [_("This is no e-mail address.")]}) from error
    with recording():
        account = account_at(email.strip(), by=by, name=name.strip()[:LONGEST_NAME])
        if account.pk in _holders(delegation):
            return account
        put_grant(account, FOCAL_POINT.code, Scope(KIND, delegation.pk), by=by)
        admit_partner(account, delegation.edition_id, by=by)
        record("guests.focal_point.appointed", by=by, obj=delegation, name=str(account))
        _welcome(delegation, account, by)
        _tell(delegation, by)
    return account


def dismiss_focal_point(delegation: Delegation, account: Account, *, by: Actor) -> None:
    """End somebody's work for the delegation; she need not have been appointed. Announces DelegationsChanged.

    The console's door closes where she has no other duty in the edition.
    """
    require(by, "appoint", delegation)
    with recording():
        if account.pk not in _holders(delegation):
            return
        take_grant(account, FOCAL_POINT.code, Scope(KIND, delegation.pk), by=by)
        release_partner(account, delegation.edition_id, by=by)
        record("guests.focal_point.dismissed", by=by, obj=delegation, name=str(account))
        _tell(delegation, by)


def dismiss_all(delegation: Delegation, *, by: Actor) -> None:
    """End the work of all focal points of a delegation that is removed; the caller has asked for permission."""
    for account in Account.objects.filter(pk__in=_holders(delegation)):
        take_grant(account, FOCAL_POINT.code, Scope(KIND, delegation.pk), by=by)
        release_partner(account, delegation.edition_id, by=by)
        record("guests.focal_point.dismissed", by=by, obj=delegation, name=str(account))


def welcome_again(delegation: Delegation, account: Account, *, by: Actor) -> bool:
    """Write to a focal point once more; False where such letters are switched off or she is none."""
    require(by, "appoint", delegation)
    with recording():
        return account.pk in _holders(delegation) and _welcome(delegation, account, by)


def focal_points_of(delegations: Collection[int]) -> dict[int, list[Account]]:
    """Return the active focal points by delegation, by name (one query)."""
    rows = Grant.objects.filter(
        role=FOCAL_POINT.code, scope_kind=KIND, scope_id__in=delegations, account__is_active=True
    ).select_related("account")
    found: dict[int, list[Account]] = {}
    for grant in rows.order_by("account__name", "account__email"):
        found.setdefault(grant.scope_id, []).append(grant.account)
    return found


def _holders(delegation: Delegation) -> set[int]:
    rows = Grant.objects.filter(role=FOCAL_POINT.code, scope_kind=KIND, scope_id=delegation.pk)
    return set(rows.values_list("account_id", flat=True))


def _welcome(delegation: Delegation, account: Account, by: Actor) -> bool:
    facts = {"delegation": delegation.name, "link": lambda lang: cockpit_address(delegation, lang)}
    one = account_recipient(account, context=facts)
    if not one.language:
        one = replace(one, language=delegation.language)
    return post_notice(delegation.edition, NoticeKey.FOCAL_POINT_WELCOME, [one], by=by) is not None


def _tell(delegation: Delegation, by: Actor) -> None:
    announce(DelegationsChanged(by=by, edition_id=delegation.edition_id, delegation_ids=(delegation.pk,)))
