"""Policies of the foundation's own rows."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from summitry.foundation.access import ADMINISTRATOR, Actor, Policy
from summitry.foundation.models import Progress, StoredFile

_watching: set[str] = set()


def let_watch(*roles: str) -> None:
    """Let everybody who holds one of `roles` of a higher room in an edition see all work on that edition."""
    _watching.update(roles)


class FilePolicy(Policy[StoredFile]):
    """A file is its owner's and the administrators', and everybody's once it is public."""

    model = StoredFile
    verbs = ("view", "delete")

    def may(self, actor: Actor, verb: str, obj: StoredFile | None = None) -> bool:
        if actor.is_system or actor.holds(ADMINISTRATOR):
            return True
        if obj is None:
            return actor.is_signed_in
        if verb == "view" and obj.is_public:
            return True
        return actor.is_signed_in and obj.owner_id == actor.account_id

    def visible(self, actor: Actor, queryset: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
        if actor.is_system or actor.holds(ADMINISTRATOR):
            return queryset
        return queryset.filter(Q(is_public=True) | Q(owner_id=actor.account_id, owner_id__isnull=False))


class ProgressPolicy(Policy[Progress]):
    """Work is its owner's, the administrators', and of those who direct the edition that it concerns."""

    model = Progress

    def may(self, actor: Actor, verb: str, obj: Progress | None = None) -> bool:
        if actor.is_system or actor.holds(ADMINISTRATOR):
            return True
        if obj is None or verb != "view":
            return False
        own = actor.is_signed_in and obj.owner_id == actor.account_id
        return own or obj.edition_id in actor.scope_ids("edition", frozenset(_watching))

    def visible(self, actor: Actor, queryset: QuerySet[Progress]) -> QuerySet[Progress]:
        if actor.is_system or actor.holds(ADMINISTRATOR):
            return queryset
        directed = actor.scope_ids("edition", frozenset(_watching))
        return queryset.filter(
            Q(owner_id=actor.account_id, owner_id__isnull=False) | Q(edition_id__in=directed)
        )
