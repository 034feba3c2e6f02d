"""The topics as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from summitry.directory.models import Topic


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic with what lies below it. `depth` is 0 at the top level."""

    topic: Topic
    depth: int
    children: tuple[Branch, ...]

    def walk(self) -> Iterator[Branch]:
        """Yield this branch and everything below it, from top to bottom."""
        yield self
        for child in self.children:
            yield from child.walk()


class TopicTree:
    """All topics, read with one query when it is made. Topics are public."""

    def __init__(self) -> None:
        self._topics = {topic.pk: topic for topic in Topic.objects.all()}
        self._below: dict[int | None, list[Topic]] = defaultdict(list)
        for topic in self._topics.values():
            self._below[topic.parent_id].append(topic)

    def branches(self) -> tuple[Branch, ...]:
        """Return the top-level areas with everything below them, in order."""
        return self._branches(None, 0)

    def path(self, topic_id: int) -> list[Topic]:
        """Return the topics from the top-level area down to this one."""
        path = []
        above: int | None = topic_id
        while above is not None:
            topic = self._topics[above]
            path.append(topic)
            above = topic.parent_id
        return path[::-1]

    def tone(self, topic_id: int) -> str:
        """Return the colour token of a topic: its own, or that of the nearest topic above it that has one."""
        return next((topic.tone for topic in reversed(self.path(topic_id)) if topic.tone), "")

    def ids_below(self, topic_id: int) -> set[int]:
        """Return the topic and everything below it, for filters."""
        ids = {topic_id}
        for child in self._below.get(topic_id, ()):
            ids |= self.ids_below(child.pk)
        return ids

    def _branches(self, parent_id: int | None, depth: int) -> tuple[Branch, ...]:
        return tuple(
            Branch(topic, depth, self._branches(topic.pk, depth + 1))
            for topic in self._below.get(parent_id, ())
        )
