"""What this room announces. Higher rooms that show names subscribe, to rebuild what they have kept of them."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChanged(Event):
    """People were added, or their names, biography, post, portrait or entity changed."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsChanged(Event):
    """Organisations were added or renamed."""

    organisation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityNamesChanged(Event):
    """Names of entities changed in a naming profile."""

    profile_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsChanged(Event):
    """The tree of topics changed: nodes were added, renamed or moved."""

    topic_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChanged(Event):
    """Terms of the glossary were proposed, approved, changed or retired."""

    term_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsMerged(Event):
    """Two rows of `model` ("directory.person") became one: references to `absorbed_id` now lead to `kept_id`."""

    model: str
    kept_id: int
    absorbed_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone(Event):
    """A merge was taken back: `absorbed_id` exists again, with the references it had."""

    model: str
    kept_id: int
    absorbed_id: int
