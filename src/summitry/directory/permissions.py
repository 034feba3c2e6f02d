"""Who may do what with people, organisations, entities, naming profiles and topics.

People and organisations are nobody's to list but the staff's: what is public of a person is decided where she appears
in public, by the programme. Entities, their names and topics are everybody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.directory.enums import TermState
from summitry.directory.models import Entity, NamingProfile, Organisation, Person, Term, Topic
from summitry.foundation.access import Actor, Role, Scope, ScopedPolicy

M = TypeVar("M", bound=Model)

DIRECTORY_EDITOR = Role(
    "directory_editor",
    ("site",),
    _("Directory editor"),
    _("Keeps people, organisations, entities, names and topics; merges duplicates."),
)
CONTRIBUTOR = Role(
    "directory_contributor",
    ("site",),
    _("Directory contributor"),
    _("Adds and corrects people and organisations; merges none."),
)
TERMINOLOGIST = Role(
    "terminologist",
    ("site",),
    _("Terminologist"),
    _("Keeps the glossary: approves, changes and retires terms."),
)
ROLES = (DIRECTORY_EDITOR, CONTRIBUTOR, TERMINOLOGIST)
KEEPERS = frozenset({DIRECTORY_EDITOR.code})
CONTRIBUTORS = frozenset({DIRECTORY_EDITOR.code, CONTRIBUTOR.code})
SITE = Scope("site", 0)

_implying: set[str] = set()
_creating: set[str] = set()
_approving: set[str] = set()
_proposing: set[str] = set()


def imply_contributor(*roles: str) -> None:
    """Let everybody who holds one of `roles` of a higher room, in whatever scope, be a contributor as well."""
    _implying.update(roles)


def imply_creator(*roles: str) -> None:
    """Let everybody who holds one of `roles` of a higher room, in whatever scope, add people; she sees no others by it."""
    _creating.update(roles)


def imply_terms(*, approve: tuple[str, ...] = (), propose: tuple[str, ...] = ()) -> None:
    """Let holders of these roles of a higher room, in whatever scope, approve terms, or see all and propose new ones."""
    _approving.update(approve)
    _proposing.update(propose)


class DirectoryPolicy(ScopedPolicy[M]):
    """A policy without scopes of its own: site-wide roles, and those that imply a contributor."""

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        return super().may(_with_implied(actor), verb, obj)

    def visible(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        return super().visible(_with_implied(actor), queryset)


def _with_implied(actor: Actor) -> Actor:
    if not _implying or not actor.holds(*_implying):
        return actor
    return replace(actor, grants=actor.grants | {(CONTRIBUTOR.code, SITE)})


class PersonPolicy(DirectoryPolicy[Person]):
    """Personal data: for those who keep the directory and those who contribute to it."""

    model = Person
    verbs = ("view", "create", "edit", "merge")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": CONTRIBUTORS,
        "create": CONTRIBUTORS,
        "edit": CONTRIBUTORS,
        "merge": KEEPERS,
    }

    def may(self, actor: Actor, verb: str, obj: Person | None = None) -> bool:
        if verb == "create" and _creating and actor.holds(*_creating) and actor.token_scopes is None:
            return True
        return super().may(actor, verb, obj)


class OrganisationPolicy(DirectoryPolicy[Organisation]):
    """Like people: an edition shows those that have a role in it."""

    model = Organisation
    verbs = PersonPolicy.verbs
    allowed = PersonPolicy.allowed


class EntityPolicy(DirectoryPolicy[Entity]):
    """Countries, regions and bodies are everybody's to view."""

    model = Entity
    verbs = ("view", "create", "edit")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"create": KEEPERS, "edit": KEEPERS}
    public: ClassVar[Mapping[str, Any] | None] = {}


class NamingProfilePolicy(DirectoryPolicy[NamingProfile]):
    """The stylebook of names is public, as the names are."""

    model = NamingProfile
    verbs = ("view", "create", "edit", "freeze")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"create": KEEPERS, "edit": KEEPERS, "freeze": KEEPERS}
    public: ClassVar[Mapping[str, Any] | None] = {}


class TopicPolicy(DirectoryPolicy[Topic]):
    """The taxonomy is public."""

    model = Topic
    verbs = ("view", "create", "edit")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"create": KEEPERS, "edit": KEEPERS}
    public: ClassVar[Mapping[str, Any] | None] = {}


class TermPolicy(ScopedPolicy[Term]):
    """Approved terms are everybody's; those who work with texts see all and propose; terminologists decide."""

    model = Term
    verbs = ("view", "propose", "approve", "edit", "retire")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": frozenset({TERMINOLOGIST.code, DIRECTORY_EDITOR.code}),
        "propose": frozenset({TERMINOLOGIST.code, DIRECTORY_EDITOR.code}),
        "approve": frozenset({TERMINOLOGIST.code, DIRECTORY_EDITOR.code}),
        "edit": frozenset({TERMINOLOGIST.code, DIRECTORY_EDITOR.code}),
        "retire": frozenset({TERMINOLOGIST.code, DIRECTORY_EDITOR.code}),
    }
    public: ClassVar[Mapping[str, Any] | None] = {"state": TermState.APPROVED}

    def may(self, actor: Actor, verb: str, obj: Term | None = None) -> bool:
        return super().may(self._with_implied(actor, verb), verb, obj)

    def visible(self, actor: Actor, queryset: QuerySet[Term]) -> QuerySet[Term]:
        return super().visible(self._with_implied(actor, "view"), queryset)

    def within(self, actor: Actor, queryset: QuerySet[Term]) -> QuerySet[Term]:
        return super().within(self._with_implied(actor, "view"), queryset)

    @staticmethod
    def _with_implied(actor: Actor, verb: str) -> Actor:
        implying = _approving | _proposing if verb in {"view", "propose"} else _approving
        if not implying or not actor.holds(*implying):
            return actor
        return replace(actor, grants=actor.grants | {(TERMINOLOGIST.code, SITE)})


POLICIES = (PersonPolicy, OrganisationPolicy, EntityPolicy, NamingProfilePolicy, TopicPolicy, TermPolicy)
