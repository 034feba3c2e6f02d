"""Who can be written to: rooms register audiences here, each with its filters and the one query that answers.

That query gives the count, the sample and the letters alike. Nothing chosen means nobody; "everyone" is a choice of its
own. An audience tells only of people whom the asking actor works with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.i18n import Text
from summitry.foundation.mail import Value

EVERYONE = "everyone"
Fact = str | Text | Callable[[str], Value]
"""What a placeholder stands for: a word, a translated text, or a function of the reader's language."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to. `address` may be empty: she is named then, and gets nothing.

    `language` is the one she prefers, as far as anybody knows, `also` are others that she reads. `reason` says why she is in the audience; `context` are
    the facts that the audience's placeholders stand for. Without a person in the directory `name` is how she is called.
    """

    person_id: int | None
    name: str
    address: str
    language: str = ""
    reason: Fact = ""
    context: Mapping[str, Fact] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder that texts for an audience may use. A `secret` one opens something only its recipient should open."""

    key: str
    label: str | Promise
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What an audience is asked: of which edition, by whom, and what was chosen of each filter (nothing is not there)."""

    edition: Edition
    actor: Actor
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def among(self, key: str) -> frozenset[str] | None:
        """Return the chosen values of a filter; None where it does not narrow anything."""
        return self.chosen.get(key) or None


Choices = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: several of its choices widen it, several filters narrow the audience."""

    key: str
    label: str | Promise
    choices: Callable[[Question], Choices]


def may_enter(actor: Actor, edition: Edition) -> bool:
    """Return whether `actor` works on the edition at all: the least that an audience asks."""
    return policy_for(Edition).may(actor, "enter", edition)


@dataclass(frozen=True, slots=True)
class Audience:
    """A sort of people. `open_to` says who may write to them at all.

    With `is_personal` two people who share an address get a letter each, because each letter is about its recipient;
    else an address gets one.
    """

    key: str
    label: str | Promise
    summary: str | Promise
    filters: tuple[Filter, ...]
    find: Callable[[Question], Iterable[Recipient]]
    placeholders: tuple[Placeholder, ...] = ()
    open_to: Callable[[Actor, Edition], bool] = may_enter
    is_personal: bool = False


_audiences: dict[str, Audience] = {}


def register_audience(audience: Audience) -> None:
    """Make `audience` available; a second one under the same key replaces the first."""
    _audiences[audience.key] = audience


def audience_of(key: str) -> Audience | None:
    """Return the audience `key`, if there is one."""
    return _audiences.get(key)


def audiences_for(actor: Actor, edition: Edition) -> list[Audience]:
    """Return the audiences to which `actor` may write in `edition`, as they were registered."""
    return [audience for audience in _audiences.values() if audience.open_to(actor, edition)]
