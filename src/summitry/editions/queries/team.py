"""Who works on an edition, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.editions.models import Edition, Room
from summitry.editions.permissions import ENTERING
from summitry.foundation.access import Role, roles
from summitry.foundation.models import Account, Grant


@dataclass(frozen=True, slots=True)
class Post:
    """A role that an account holds in the edition, or in one room of it."""

    role: Role
    room: Room | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works on the edition."""

    account: Account
    posts: tuple[Post, ...]


def team_of(edition: Edition) -> list[Member]:
    """Return who holds a role in the edition or its rooms, by name; three queries. Co-organisers are told by their forums."""
    rooms = {room.pk: room for room in Room.objects.filter(edition=edition)}
    known = roles()
    grants = [
        *Grant.objects.filter(scope_kind="edition", scope_id=edition.pk).select_related("account"),
        *Grant.objects.filter(scope_kind="room", scope_id__in=rooms).select_related("account"),
    ]
    accounts = {grant.account_id: grant.account for grant in grants if grant.account.is_active}
    posts: dict[int, list[Post]] = {pk: [] for pk in accounts}
    for grant in grants:
        if grant.account_id in posts and grant.role in known and grant.role not in ENTERING:
            room = rooms.get(grant.scope_id) if grant.scope_kind == "room" else None
            posts[grant.account_id].append(Post(known[grant.role], room))
    members = [Member(account, tuple(posts[pk])) for pk, account in accounts.items() if posts[pk]]
    return sorted(members, key=lambda member: (str(member.account).casefold(), member.account.pk))


def roles_to_give() -> list[Role]:
    """Return the roles that a director can give in an edition or a room."""
    return [
        role
        for role in roles().values()
        if {"edition", "room"} & set(role.scopes) and role.code not in ENTERING
    ]
