"""Who may listen to what: each room registers its topics with the rule that its policy gives; others are refused."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.apps import apps
from django.db.models import Model

from summitry.foundation.access import Actor, within
from summitry.foundation.live.hints import TOPIC

logger = logging.getLogger(__name__)
MayListen = Callable[[Actor, str], bool]
M = TypeVar("M", bound=Model)
_rules: dict[tuple[str, ...], MayListen] = {}
ANY = "*"
RECORD = "record"


def register_topic(prefix: str, may_listen: MayListen) -> None:
    """Let those listen to topics that begin with `prefix` whom `may_listen(actor, topic)` allows.

    A topic is a few words joined by colons, "edition:7:board"; a prefix is some of its first words, where "*" stands for
    any: "edition:*:board". The longest prefix that fits decides, then the one with fewer stars. The actor may be the
    public. The rule runs in a thread with a database connection, when a stream opens and every few minutes after.
    """
    _rules[tuple(prefix.split(":"))] = may_listen


def allowed_topics(actor: Actor, topics: Iterable[str]) -> frozenset[str]:
    """Return those of `topics` that `actor` may listen to. A rule that fails refuses."""
    return frozenset(topic for topic in topics if TOPIC.fullmatch(topic) and _may_listen(actor, topic))


def _may_listen(actor: Actor, topic: str) -> bool:
    words = topic.split(":")
    fitting = [prefix for prefix in _rules if _fits(prefix, words)]
    if not fitting:
        return False
    rule = _rules[max(fitting, key=lambda prefix: (len(prefix), -prefix.count(ANY)))]
    try:
        return rule(actor, topic)
    except Exception:
        logger.exception("The rule of the topic %s failed; nobody may listen", topic)
        return False


def _fits(prefix: tuple[str, ...], words: list[str]) -> bool:
    return len(prefix) <= len(words) and all(
        own in (ANY, word) for own, word in zip(prefix, words, strict=False)
    )


def record_topic(obj: Model) -> str:
    """Return the topic of one row: "record:programme.forum:12"."""
    return f"{RECORD}:{obj._meta.label_lower}:{obj.pk}"


def record_of(topic: str, actor: Actor) -> Model | None:
    """Return the row that a record's topic names, where there is one that `actor` works on."""
    kind, _colon, rest = topic.partition(":")
    label, _colon, key = rest.partition(":")
    if kind != RECORD or not key.isascii() or not key.isdigit() or label.count(".") != 1:
        return None
    try:
        model = apps.get_model(label)
        return within(actor, model._default_manager.filter(pk=int(key))).first()
    except (LookupError, OverflowError):
        return None


def may_listen_to_record(actor: Actor, topic: str) -> bool:
    """Return whether `actor` works on the record: the rule of all record topics.

    A role must give it to her; that everybody may view a published record does not open its workshop to everybody.
    """
    return actor.is_signed_in and record_of(topic, actor) is not None
