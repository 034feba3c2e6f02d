"""The topic on which open workbenches hear that a translation was saved: `edition:7:translation`."""

from __future__ import annotations

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.live import register_topic
from summitry.translation.queries.reach import reach_of


def register() -> None:
    """Let those listen who may enter the workbench of the edition."""
    register_topic("edition:*:translation", may_listen)


def may_listen(actor: Actor, topic: str) -> bool:
    """Return whether `actor` may enter the workbench that the topic is about."""
    number = topic.split(":")[1]
    edition = Edition.objects.filter(pk=number).first() if number.isdigit() else None
    if edition is None:
        return False
    try:
        reach_of(actor, edition)
    except PermissionRefused:
        return False
    return True
