"""The topics that an edition uses, in its own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.directory.queries.topics import TopicTree
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic as a list or a filter shows it; `area` is the slug of its top-level area, `tone` its colour token."""

    id: int
    slug: str
    name: Shown
    area: str
    tone: str


def topics_of(edition: Edition, lang: str, chain: Sequence[str] | None = None) -> list[TopicView]:
    """Return the topics of an edition in order, named for a reader of `lang`, with two queries.

    The fallback chain is the edition's unless given.
    """
    chain = edition.fallback if chain is None else chain
    tree = TopicTree()
    views = []
    for topic_id in edition.edition_topics.order_by("position", "pk").values_list("topic_id", flat=True):
        path = tree.path(topic_id)
        topic = path[-1]
        views.append(
            TopicView(topic_id, topic.slug, topic.name.shown(lang, chain), path[0].slug, tree.tone(topic_id))
        )
    return views
