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

from summitry.directory.models import Entity, NamingProfile, Organisation, Person, Topic
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
ROLES = (DIRECTORY_EDITOR, CONTRIBUTOR)
KEEPERS = frozenset({DIRECTORY_EDITOR.code})
CONTRIBUTORS = frozenset({DIRECTORY_EDITOR.code, CONTRIBUTOR.code})
SITE = Scope("site", 0)

_implying: set[str] = set()


def imply_contributor(*roles: str) -> None:
    """Let everybody who holds one of `roles` of a higher room, in whatever scope, be a contributor as well."""
    _implying.update(roles)


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


POLICIES = (PersonPolicy, OrganisationPolicy, EntityPolicy, NamingProfilePolicy, TopicPolicy)
