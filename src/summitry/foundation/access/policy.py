"""Policies: for each aggregate one object that answers "may she" for one row and "which rows" for many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access.actor import SITE, Actor
from summitry.foundation.errors import PermissionRefused

M = TypeVar("M", bound=Model)
READ_VERBS = frozenset({"view", "view_draft", "enter", "export"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role that can be granted: its code, the kinds of scope it can be granted in, and its name."""

    code: str
    scopes: tuple[str, ...]
    label: str | Promise
    summary: str | Promise


_roles: dict[str, Role] = {}
_policies: dict[type[Model], Policy[Any]] = {}


def register_role(role: Role) -> Role:
    """Make `role` grantable; a second registration under the same code replaces the first."""
    _roles[role.code] = role
    return role


def roles() -> Mapping[str, Role]:
    """Return all grantable roles by code."""
    return _roles


ADMINISTRATOR = register_role(
    Role(
        "administrator",
        ("site",),
        _("Administrator"),
        _("Runs the installation: every edition, account and setting."),
    )
).code


class Policy(Generic[M]):
    """Answers for one model. Subclasses override both questions so that they never disagree."""

    model: type[M]
    verbs: ClassVar[tuple[str, ...]] = ("view",)

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        """Return whether `actor` may do `verb` to `obj` (or create one, where `obj` is None)."""
        raise NotImplementedError

    def visible(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        """Return the rows of `queryset` that `actor` may view."""
        raise NotImplementedError

    def within(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        """Return the rows that `actor` works on: those that she may view by a role, not those that everybody may."""
        raise NotImplementedError


class ScopedPolicy(Policy[M]):
    """A policy declared as data: which roles may do what, and where a row belongs.

    `paths` maps a scope kind to the lookup that leads from a row to the scope's id ("forum__edition_id");
    `allowed` maps each verb to the roles that may do it in one of these scopes; `public` is the condition under
    which everybody may view a row, as a plain mapping of lookups to values, so that it can be asked of one row
    without a query and of many inside one.
    """

    paths: ClassVar[Mapping[str, str]] = {}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {}
    public: ClassVar[Mapping[str, Any] | None] = None

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        if actor.is_system:
            return True
        if not self._token_allows(actor, verb):
            return False
        if verb == "view" and obj is not None and self._is_public(obj):
            return True
        roles_ = self.allowed.get(verb, frozenset()) | {ADMINISTRATOR}
        if actor.scope_ids(SITE.kind, roles_):
            return True
        if obj is None:
            return actor.holds(*roles_)
        return any(_follow(obj, path) in actor.scope_ids(kind, roles_) for kind, path in self.paths.items())

    def visible(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        if self._sees_all(actor) or self.public == {}:
            return queryset
        condition = Q(**self.public) if self.public is not None else Q(pk__in=[])
        return queryset.filter(condition | self.worked_on(actor))

    def within(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        return queryset if self._sees_all(actor) else queryset.filter(self.worked_on(actor))

    def worked_on(self, actor: Actor) -> Q:
        """Return the condition under which a row lies in a scope where `actor` holds a role that may view it."""
        condition = Q(pk__in=[])
        if self._token_allows(actor, "view"):
            for kind, path in self.paths.items():
                ids = actor.scope_ids(kind, self.allowed.get("view", frozenset()) | {ADMINISTRATOR})
                if ids:
                    condition |= Q(**{f"{path}__in": ids})
        return condition

    def _sees_all(self, actor: Actor) -> bool:
        roles_ = self.allowed.get("view", frozenset()) | {ADMINISTRATOR}
        return actor.is_system or (
            self._token_allows(actor, "view") and bool(actor.scope_ids(SITE.kind, roles_))
        )

    def _token_allows(self, actor: Actor, verb: str) -> bool:
        return actor.token_scopes is None or _allows(actor.token_scopes, verb)

    def _is_public(self, obj: M) -> bool:
        if self.public is None:
            return False
        return all(_matches(obj, lookup, expected) for lookup, expected in self.public.items())


def _allows(scopes: frozenset[str], verb: str) -> bool:
    return "write" in scopes or ("read" in scopes and verb in READ_VERBS)


def _follow(obj: Model, path: str) -> Any:
    value: Any = obj
    for step in path.split("__"):
        value = getattr(value, step, None)
    return value


def _matches(obj: Model, lookup: str, expected: Any) -> bool:
    path, _sep, operator = lookup.rpartition("__")
    if operator == "in":
        return bool(_follow(obj, path) in expected)
    if operator == "isnull":
        return (_follow(obj, path) is None) is bool(expected)
    return bool(_follow(obj, lookup) == expected)


def register_policy(policy: Policy[Any]) -> None:
    """Make `policy` answer for its model."""
    _policies[policy.model] = policy


def policies() -> Mapping[type[Model], Policy[Any]]:
    """Return all registered policies by model."""
    return _policies


def policy_for(model: type[M]) -> Policy[M]:
    """Return the policy of `model`. Raises KeyError where a room forgot to register one."""
    return _policies[model]


def require(actor: Actor, verb: str, obj: Model | None = None, *, model: type[Model] | None = None) -> None:
    """Raise PermissionRefused unless `actor` may do `verb` to `obj` (or to a new row of `model`)."""
    kind = type(obj) if obj is not None else model
    if kind is None:
        raise TypeError("require() needs an object or a model")
    if not policy_for(kind).may(actor, verb, obj):
        raise PermissionRefused


def visible(actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    """Return the rows of `queryset` that `actor` may view, by the policy of its model."""
    return policy_for(queryset.model).visible(actor, queryset)


def within(actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    """Return the rows of `queryset` that `actor` works on: what a list of the console shows her."""
    return policy_for(queryset.model).within(actor, queryset)
