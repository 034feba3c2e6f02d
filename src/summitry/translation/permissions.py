"""Who may translate what, and who hands out the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from django.db.models import Q

from summitry.editions.permissions import DIRECTOR, EDITOR, STAFF, TRANSLATOR
from summitry.foundation.access import Actor, Scope, ScopedPolicy
from summitry.translation.models import Assignment

FORUM = "forum"
COORDINATORS = frozenset({DIRECTOR.code, EDITOR.code})

_forum_roles: set[str] = set()


def let_translate(*roles: str) -> None:
    """Let holders of these roles of a higher room, granted in forums, translate the texts of those forums."""
    _forum_roles.update(roles)


def forum_roles() -> frozenset[str]:
    """Return the roles whose holders translate the texts of their forums."""
    return frozenset(_forum_roles)


class AssignmentPolicy(ScopedPolicy[Assignment]):
    """Also says who may `enter` the workbench and `translate`, in an edition or, with `forum_id`, in one forum of it.

    Everybody sees the assignments she holds; the edition's staff see all of them.
    """

    model = Assignment
    verbs = ("view", "enter", "translate", "assign")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", FORUM: "forum_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": STAFF,
        "enter": STAFF,
        "translate": COORDINATORS | {TRANSLATOR.code},
        "assign": COORDINATORS,
    }

    def may(self, actor: Actor, verb: str, obj: Assignment | None = None) -> bool:
        if verb == "view" and obj is not None and obj.account_id == actor.account_id is not None:
            return self._token_allows(actor, verb)
        return super().may(actor, verb, obj) or (
            verb in {"enter", "translate"} and super().may(_in_forums(actor), verb, obj)
        )

    def worked_on(self, actor: Actor) -> Q:
        own = Q(account_id=actor.account_id) if self._token_allows(actor, "view") else Q(pk__in=[])
        return super().worked_on(actor) | own if actor.is_signed_in else super().worked_on(actor)


def _in_forums(actor: Actor) -> Actor:
    """The actor as the translator of those forums in which she holds a role that lets her translate."""
    forums = actor.scope_ids(FORUM, forum_roles())
    return replace(actor, grants=frozenset((TRANSLATOR.code, Scope(FORUM, forum)) for forum in forums))
