"""The entries of this room in the main navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.programme.models import Version


def _link(name: str) -> Callable[[Any], str | None]:
    """Return the link of an entry: only editions that are run here have a programme of their own."""

    def link(edition: Any) -> str | None:
        if edition is None or edition.origin != EditionOrigin.RUN:
            return None
        return reverse(f"programme:{name}", args=[edition.slug])

    return link


def _import_link(edition: Any, actor: Actor) -> str | None:
    """Return where a schedule is imported, for those who may do so."""
    if edition is None or not policy_for(type(edition)).may(actor, "edit", edition):
        return None
    return reverse("programme_console:import", args=[edition.slug])


def _draft_link(name: str, verb: str) -> Callable[[Any, Actor], str | None]:
    """Return the link of an entry for those who may do `verb` with the draft."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(Version).may(actor, verb, Version(edition=edition)):
            return None
        return reverse(f"programme_console:{name}", args=[edition.slug])

    return link


def _list_link(name: str) -> Callable[[Any, Actor], str | None]:
    """Return the link of a list for everybody who may enter the edition's console; it shows what she works on."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(type(edition)).may(actor, "enter", edition):
            return None
        return reverse(f"programme_console:{name}", args=[edition.slug])

    return link


LISTS = (
    ("forums", _("Forums"), "people"),
    ("sessions", _("Sessions"), "calendar"),
    ("contributions", _("Contributions"), "document"),
    ("speakers", _("Speakers"), "person"),
)


def register() -> None:
    """Add the public entries, and the console's."""
    register_nav(NavEntry("programme", _("Programme"), 10, _link("timetable")))
    register_nav(NavEntry("forums", _("Forums"), 20, _link("forums")))
    register_nav(NavEntry("speakers", _("Speakers"), 30, _link("speakers")))
    importing = NavEntry("import", _("Import a schedule"), 10, _import_link, "upload", Phase.PROGRAMME)
    register_nav(importing, console=True)
    board = NavEntry("board", _("Board"), 5, _draft_link("board", "view"), "grid", Phase.PROGRAMME)
    register_nav(board, console=True)
    publishing = NavEntry(
        "publish", _("Publish the schedule"), 10, _draft_link("publish", "publish"), "calendar", Phase.PUBLISH
    )
    register_nav(publishing, console=True)
    versions = NavEntry("versions", _("Versions"), 11, _draft_link("versions", "view"), "list", Phase.PUBLISH)
    register_nav(versions, console=True)
    for order, (name, label, icon) in enumerate(LISTS):
        entry = NavEntry(f"console-{name}", label, order, _list_link(name), icon, Phase.PROGRAMME)
        register_nav(entry, console=True)
    files = NavEntry(
        "console-materials", _("Files of the day"), 60, _list_link("materials"), "download", Phase.RUN
    )
    register_nav(files, console=True)
