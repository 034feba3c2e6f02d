"""Who may not decide alone, or not at all: the record is her own or of those who come with her, or two have to agree."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import OuterRef, Q, Subquery

from summitry.foundation.access import Actor
from summitry.foundation.models import Account, Grant
from summitry.guests.enums import DecisionKind, ScreeningResult
from summitry.guests.models import Delegation, Guest, ScreeningEntry
from summitry.guests.permissions import FOCAL_POINT


def own_records(guests: Collection[Guest], by: Actor) -> set[int]:
    """Return which of these records are the actor's own, her companions', or her principal's.

    A person is known by her account, or by its address: not everybody's directory entry is linked with her account.
    """
    if by.account_id is None or not guests:
        return set()
    email = Account.objects.filter(pk=by.account_id).values_list("email", flat=True).first()

    def hers(path: str) -> Q:
        found = Q(**{f"{path}person__account": by.account_id})
        return found | Q(**{f"{path}person__email__iexact": email}) if email else found

    rows = Guest.objects.filter(pk__in=[guest.pk for guest in guests])
    rows = rows.filter(hers("") | hers("principal__") | hers("companions__"))
    return set(rows.values_list("pk", flat=True))


def needing_two(guests: Sequence[Guest]) -> set[int]:
    """Return about which of these two people have to agree.

    So it is where the category says so, where somebody is a focal point and so nominated herself, and where screening
    objects: what one liaison found, one officer does not set aside alone.
    """
    ids = [guest.pk for guest in guests]
    by_rule = {guest.pk for guest in guests if guest.category.needs_two}
    last = ScreeningEntry.objects.filter(guest=OuterRef("guest")).exclude(result=ScreeningResult.OPEN)
    objected = ScreeningEntry.objects.filter(
        guest__in=ids, pk=Subquery(last.order_by("-answered_at", "-pk").values("pk")[:1])
    ).filter(result=ScreeningResult.OBJECTS)
    delegations = Delegation.objects.filter(edition__in={guest.edition_id for guest in guests}).values("pk")
    points = Grant.objects.filter(
        role=FOCAL_POINT.code, scope_kind="delegation", scope_id__in=delegations
    ).values_list("account_id", "account__email")
    accounts, addresses = set(), set()
    for account, address in points:
        accounts.add(account)
        addresses.add(address.lower())
    people = Guest.objects.filter(pk__in=ids).values_list("pk", "person__account", "person__email")
    focal = {pk for pk, account, address in people if account in accounts or address.lower() in addresses}
    return by_rule | focal | set(objected.values_list("guest", flat=True))


def who_refused(guest: Guest) -> int | None:
    """Return the account that refused a guest the last time."""
    row = guest.decisions.filter(kind=DecisionKind.REFUSE).order_by("-at", "-pk").first()
    return row.account_id if row else None
