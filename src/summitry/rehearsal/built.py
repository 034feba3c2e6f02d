"""What the parts of the demo's building share: the rows built so far, and planned texts as texts of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summitry.directory.models import Entity, Organisation, Person, Topic
from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import Text, TextState
from summitry.programme.models import Forum, Session
from summitry.rehearsal.content.plan import Translation


@dataclass(slots=True)
class Built:
    """What has been built so far, by the plan's slugs and codes."""

    edition: Edition
    entities: dict[str, Entity] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    forums: dict[str, Forum] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)


def text(translation: Translation) -> Text:
    """Return a planned text with its states."""
    result = Text.of(translation.texts.get(translation.source, ""), translation.source)
    for lang, words in translation.texts.items():
        if lang != translation.source:
            state = TextState.MACHINE if translation.state(lang) == "machine" else TextState.REVIEWED
            result = result.with_text(lang, words, state)
    return result


def of(texts: Mapping[str, str]) -> Text:
    """Return planned words as a reviewed text."""
    return Text.of(dict(texts))
