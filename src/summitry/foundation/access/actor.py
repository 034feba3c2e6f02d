"""An actor is who does something: the public, a person, her API token, whoever holds a link, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class ActorKind(StrEnum):
    """What sort of actor this is; stored in the audit log."""

    PUBLIC = "public"
    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    LINK = "link"
    SYSTEM = "system"


class Scope(NamedTuple):
    """Where a role holds: the whole `site` (id 0), an `edition`, a `forum`, a `room`…, by id."""

    kind: str
    id: int


SITE = Scope("site", 0)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `grants` are (role, scope) pairs; a token's `token_scopes` narrow them to "read" or "write" verbs.

    Whoever holds a secret link has no account: the link gives one role in one scope, and `label` says for whom it is.
    """

    kind: ActorKind
    label: str
    account_id: int | None = None
    grants: frozenset[tuple[str, Scope]] = field(default_factory=frozenset)
    token_scopes: frozenset[str] | None = None

    @property
    def is_system(self) -> bool:
        """Whether this is the program itself: it may do everything and is named in the audit log."""
        return self.kind is ActorKind.SYSTEM

    @property
    def is_signed_in(self) -> bool:
        """Whether a person stands behind this actor."""
        return self.account_id is not None

    def scope_ids(self, kind: str, roles: frozenset[str]) -> frozenset[int]:
        """Return the ids of the scopes of `kind` in which the actor holds one of `roles`."""
        return frozenset(scope.id for role, scope in self.grants if scope.kind == kind and role in roles)

    def holds(self, *roles: str, scope: Scope | None = None) -> bool:
        """Return whether the actor holds one of `roles`, anywhere or in `scope` (site-wide roles hold everywhere)."""
        return any(
            role in roles and (scope is None or granted in (scope, SITE)) for role, granted in self.grants
        )


PUBLIC = Actor(ActorKind.PUBLIC, "public")


def system(label: str) -> Actor:
    """Return the system as an actor, with a `label` that says which part of it acts."""
    return Actor(ActorKind.SYSTEM, label)
