"""The console's door for people of other houses: it stays open as long as any duty in the edition needs it."""

from __future__ import annotations

import pytest

from summitry.editions.actions.team import appoint
from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER, VIEWER
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from summitry.guests.actions.delegation import remove_delegation
from summitry.guests.actions.focal_points import appoint_focal_point, dismiss_focal_point
from summitry.guests.permissions import GUEST_OFFICE
from summitry.programme.actions.editors import appoint_editor, dismiss_editor
from tests.editions.make import make_edition
from tests.guests.delegations.make import make_delegation
from tests.guests.make import SYSTEM
from tests.programme.make import make_forum

pytestmark = pytest.mark.django_db
WHO = "fp@example.org"


def roles_of(account: Account, edition: Edition) -> list[str]:
    """Return what an account holds in the whole edition."""
    rows = account.grants.filter(scope_kind="edition", scope_id=edition.pk)
    return sorted(rows.values_list("role", flat=True))


def test_each_of_two_duties_keeps_the_door_open_for_the_other():
    edition = make_edition()
    forum, delegation = make_forum(edition), make_delegation(edition)
    account = appoint_focal_point(delegation, WHO, by=SYSTEM)
    appoint_editor(forum, account, by=SYSTEM)
    dismiss_editor(forum, account, by=SYSTEM)
    assert roles_of(account, edition) == [PARTNER.code]
    appoint_editor(forum, account, by=SYSTEM)
    dismiss_focal_point(delegation, account, by=SYSTEM)
    assert roles_of(account, edition) == [PARTNER.code]
    dismiss_editor(forum, account, by=SYSTEM)
    assert roles_of(account, edition) == []


def test_a_duty_in_another_edition_opens_no_door_here():
    edition, other = make_edition("rivertown"), make_edition("hillside")
    here, there = make_delegation(edition), make_delegation(other)
    account = appoint_focal_point(here, WHO, by=SYSTEM)
    appoint_focal_point(there, WHO, by=SYSTEM)
    appoint_editor(make_forum(other), account, by=SYSTEM)
    dismiss_focal_point(here, account, by=SYSTEM)
    assert (roles_of(account, edition), roles_of(account, other)) == ([], [PARTNER.code])


@pytest.mark.parametrize(
    ("role", "left"), [(GUEST_OFFICE.code, ["crew", GUEST_OFFICE.code]), (VIEWER.code, [VIEWER.code])]
)
def test_who_enters_by_another_role_is_a_partner_no_longer(role: str, left: list[str]):
    edition = make_edition()
    delegation = make_delegation(edition)
    account = appoint_focal_point(delegation, WHO, by=SYSTEM)
    appoint(edition, WHO, role, by=SYSTEM)
    dismiss_focal_point(delegation, account, by=SYSTEM)
    assert roles_of(account, edition) == left


def test_who_enters_by_no_other_role_keeps_the_door_for_her_duty_in_the_edition():
    edition = make_edition()
    delegation = make_delegation(edition)
    account = appoint_focal_point(delegation, WHO, by=SYSTEM)
    grant_role(account, GUEST_OFFICE.code, Scope("edition", edition.pk), by=SYSTEM)
    dismiss_focal_point(delegation, account, by=SYSTEM)
    assert roles_of(account, edition) == [GUEST_OFFICE.code, PARTNER.code]


def test_with_a_delegation_its_focal_points_go():
    edition = make_edition()
    delegation = make_delegation(edition)
    account = appoint_focal_point(delegation, WHO, by=SYSTEM)
    remove_delegation(delegation, by=SYSTEM)
    assert not account.grants.exists()
