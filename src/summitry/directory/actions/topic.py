"""The tree of topics: adding, renaming and moving nodes, never below themselves."""

from __future__ import annotations

from typing import TypedDict, Unpack

from summitry.directory.errors import NameMissing, TopicCycle
from summitry.directory.events import TopicsChanged
from summitry.directory.models import Topic
from summitry.directory.queries.slugs import free_slugs, slug_base
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.i18n import Text


class TopicChanges(TypedDict, total=False):
    """What `update_topic` can change; `move_topic` changes its place."""

    name: Text
    tone: str


def create_topic(
    name: Text, *, by: Actor, parent: Topic | None = None, position: int = 0, tone: str = "", slug: str = ""
) -> Topic:
    """Add a node to the tree, at its top level without a `parent`. Announces TopicsChanged."""
    require(by, "create", model=Topic)
    if not name:
        raise NameMissing
    with recording():
        address = free_slugs(Topic, [slug or slug_base(name.texts.values(), limit=50)])[0]
        topic = Topic(slug=address, name=name, parent=parent, position=position, tone=tone)
        checked(topic).save()
        record("directory.topic.created", by=by, obj=topic)
        announce(TopicsChanged(by=by, topic_ids=(topic.pk,)))
    return topic


def update_topic(
    topic: Topic, *, by: Actor, expected: TopicChanges | None = None, **changes: Unpack[TopicChanges]
) -> Topic:
    """Rename a topic or give it another colour. Announces TopicsChanged where anything differs."""
    require(by, "edit", topic)
    if "name" in changes and not changes["name"]:
        raise NameMissing
    with recording():
        if change(topic, changes, by=by, audit="directory.topic.changed", expected=expected):
            announce(TopicsChanged(by=by, topic_ids=(topic.pk,)))
    return topic


def move_topic(topic: Topic, parent: Topic | None, *, by: Actor, position: int = 0) -> Topic:
    """Place a topic, with all below it, under `parent` (or at the top). Raises TopicCycle. Announces TopicsChanged."""
    require(by, "edit", topic)
    with recording():
        # The whole small table is locked: two moves that are harmless alone could close a circle together.
        parents = dict(Topic.objects.select_for_update().order_by("pk").values_list("pk", "parent_id"))
        above = parent.pk if parent else None
        while above is not None:
            if above == topic.pk:
                raise TopicCycle
            above = parents.get(above)
        if change(topic, {"parent": parent, "position": position}, by=by, audit="directory.topic.moved"):
            announce(TopicsChanged(by=by, topic_ids=(topic.pk,)))
    return topic
