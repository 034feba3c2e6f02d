"""The tabs of one call's pages that a reader may open."""

from __future__ import annotations

from typing import NamedTuple

from summitry.calls.models import Call
from summitry.calls.tabs import registered_tabs
from summitry.foundation.access import Actor


class Tab(NamedTuple):
    """A tab as one page shows it."""

    code: str
    url: str
    label: str
    current: bool
    note: str = ""


def tabs(call: Call, actor: Actor, current: str) -> list[Tab]:
    """Return the tabs that apply to `call` and to whoever reads, in order; `current` is the code of the page shown."""
    linked = ((tab, tab.link(call, actor)) for tab in registered_tabs())
    return [Tab(tab.code, url, str(tab.label), tab.code == current) for tab, url in linked if url]
