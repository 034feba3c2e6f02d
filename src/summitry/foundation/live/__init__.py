"""Live updates: hints that something changed, carried to every open page of every process, and who else is on a record.

A hint is never the news itself: it names a topic and a kind, and the page that hears it fetches what it may see. So a
hint may be lost, doubled or late without harm, and needs no store. What a person does is an ordinary POST to an action.

    hint(f"edition:{edition.pk}:board", "moved", slot=slot.pk)      in an action, or in an event's subscriber
    register_topic("edition:*:board", may_listen)                  in the room's apps.ready(); else nobody may listen
    listen(["edition:7:board"], ({ kind }) => …)                   in the browser: static/summitry/js/live.js
"""

from summitry.foundation.live.hints import Hint
from summitry.foundation.live.hub import hint
from summitry.foundation.live.presence import Present, present_on
from summitry.foundation.live.topics import record_topic, register_topic

__all__ = ["Hint", "Present", "hint", "present_on", "record_topic", "register_topic"]
