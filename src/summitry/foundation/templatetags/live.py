"""Live updates in templates: `{% load live %}`."""

from __future__ import annotations

from django import template
from django.db.models import Model

from summitry.foundation.live.topics import record_topic as topic_of

register = template.Library()


@register.filter
def record_topic(record: Model) -> str:
    """Return the topic of a row, for `data-presence` and for scripts that listen to it."""
    return topic_of(record)
