"""What the public may see follows the categories: whether, and until when, anybody can register."""

from __future__ import annotations

from summitry.editions.actions.content import touch_content
from summitry.foundation.bus import subscribe
from summitry.guests.events import CategoriesChanged


def refresh_public(event: CategoriesChanged) -> None:
    """Let the public pages be built anew where categories changed; questions are on none of them."""
    if event.category_ids and event.edition_id is not None:
        touch_content(event.edition_id)


def connect() -> None:
    """Listen to the categories, inside their transaction."""
    subscribe(CategoriesChanged, refresh_public, inside=True)
