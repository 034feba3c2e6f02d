"""Recipients of single notices: a person of the directory, an account, or everybody who holds a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.models import Account, Grant
from summitry.mailing.audiences import Fact, Recipient
from summitry.mailing.permissions import SECRETARIAT


def person_recipient(
    person: Person, *, language: str = "", reason: Fact = "", context: Mapping[str, Fact] | None = None
) -> Recipient:
    """Return a person as a recipient, in `language` or the first that she is known to read."""
    account = person.account
    known = language or (account.language if account else "") or next(iter(person.languages), "")
    address = person.email or (account.email if account else "")
    also = tuple(person.languages)
    return Recipient(person.pk, person.reference_name, address, known, reason, context or {}, also)


def account_recipient(
    account: Account, *, reason: Fact = "", context: Mapping[str, Fact] | None = None
) -> Recipient:
    """Return an account's holder as a recipient."""
    return Recipient(None, str(account), account.email, account.language, reason, context or {})


def secretariat(edition: Edition) -> list[Recipient]:
    """Return the directors and editors of an edition (one query)."""
    return holders(SECRETARIAT, "edition", [edition.pk]).get(edition.pk, [])


def holders(roles: Iterable[str], kind: str, scope_ids: Iterable[int]) -> dict[int, list[Recipient]]:
    """Return who holds one of `roles` in scopes of `kind`, by scope, each once (one query)."""
    rows = Grant.objects.filter(
        role__in=list(roles), scope_kind=kind, scope_id__in=list(scope_ids), account__is_active=True
    ).select_related("account")
    found: dict[int, dict[int, Recipient]] = {}
    for grant in rows.order_by("account__name", "account_id"):
        found.setdefault(grant.scope_id, {})[grant.account_id] = account_recipient(grant.account)
    return {scope: list(people.values()) for scope, people in found.items()}
