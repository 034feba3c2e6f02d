"""How far somebody's sight and hand reach in an edition's texts."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from summitry.editions.models import Edition
from summitry.editions.permissions import TRANSLATOR
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import PermissionRefused
from summitry.translation.models import Assignment
from summitry.translation.permissions import FORUM, forum_roles

Forums = frozenset[int]


@dataclass(frozen=True, slots=True)
class Reach:
    """What one actor may do: in all texts of the edition, in `languages` only where those are limited, or in forums."""

    reads_all: bool = False
    writes_all: bool = False
    languages: frozenset[str] | None = None
    forums: Forums = frozenset()
    writable_forums: Forums = frozenset()
    coordinates: bool = False

    def may_read(self, lang: str, forums: Forums) -> bool:
        """Return whether she sees texts of these forums in `lang`."""
        return (self.reads_all and self._knows(lang)) or bool(self.forums & forums)

    def may_write(self, lang: str, forums: Forums) -> bool:
        """Return whether she translates texts of these forums into `lang`."""
        return (self.writes_all and self._knows(lang)) or bool(self.writable_forums & forums)

    @property
    def writes(self) -> bool:
        """Whether she translates anything at all."""
        return self.writes_all or bool(self.writable_forums)

    def of(self, languages: list[str]) -> list[str]:
        """Return those of `languages` that she works in."""
        return languages if self.forums else [lang for lang in languages if self._knows(lang)]

    def _knows(self, lang: str) -> bool:
        return self.languages is None or lang in self.languages


def reach_of(actor: Actor, edition: Edition) -> Reach:
    """Return how far `actor` reaches. Raises PermissionRefused for somebody who has nothing to translate here.

    A translator who has assignments in the edition works in their languages only; without any she works in all.
    """
    ask = policy_for(Assignment).may
    whole = Assignment(edition=edition)
    reads, writes = ask(actor, "enter", whole), ask(actor, "translate", whole)
    coordinates = ask(actor, "assign", whole)
    forums = [Assignment(edition=edition, forum_id=pk) for pk in actor.scope_ids(FORUM, forum_roles())]
    seen = frozenset(one.forum_id for one in forums if one.forum_id and ask(actor, "enter", one))
    written = frozenset(one.forum_id for one in forums if one.forum_id and ask(actor, "translate", one))
    if not reads and not seen:
        raise PermissionRefused
    limited = None
    if writes and not coordinates and actor.account_id and actor.holds(TRANSLATOR.code):
        own = Assignment.objects.filter(edition=edition, account_id=actor.account_id)
        limited = frozenset(own.values_list("language", flat=True)) or None
    return Reach(reads, writes, limited, seen, written, coordinates)


def languages_of(edition: Edition) -> list[str]:
    """Return the languages into which an edition's texts are translated."""
    return list(edition.languages) or [code for code, _name in settings.LANGUAGES]
