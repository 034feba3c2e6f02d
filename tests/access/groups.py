"""Names for the sets of roles that doors open to."""

from __future__ import annotations

VISITOR = frozenset({"visitor"})
ADMINISTRATOR = frozenset({"administrator"})
DIRECTORS = ADMINISTRATOR | {"director"}
EDITORS = DIRECTORS | {"editor"}
TRANSLATORS = EDITORS | {"translator"}
STAFF = TRANSLATORS | {"viewer"}
OPEN = frozenset({"open_institution"})
THEIRS = frozenset({"hidden_institution"})
INSTITUTIONS = OPEN | THEIRS
CREW = frozenset({"room_operator", "interpreter", "stream_crew", "travel_desk"})
CONSOLE = STAFF | INSTITUTIONS | CREW
SITE = frozenset({"directory_editor", "terminologist", "foreign_director"})
WITH_ROLE = CONSOLE | SITE
SIGNED_IN = WITH_ROLE | {"account"}
ALL = SIGNED_IN | VISITOR
NOBODY: frozenset[str] = frozenset()

_NAMED = {
    "ALL": ALL, "SIGNED_IN": SIGNED_IN, "WITH_ROLE": WITH_ROLE, "CONSOLE": CONSOLE, "STAFF": STAFF,
    "TRANSLATORS": TRANSLATORS, "EDITORS": EDITORS, "DIRECTORS": DIRECTORS, "ADMINISTRATOR": ADMINISTRATOR,
    "INSTITUTIONS": INSTITUTIONS, "CREW": CREW, "SITE": SITE, "OPEN": OPEN, "THEIRS": THEIRS, "VISITOR": VISITOR,
}  # fmt: skip


def name_of(roles: frozenset[str]) -> str:
    """Return the set as an expression of named ones, largest first; single roles that no name covers stand by themselves."""
    parts, left = [], set(roles)
    for name, group in _NAMED.items():
        if group <= roles and group & left:
            parts.append(name)
            left -= group
    parts += [f'{{"{role}"}}' for role in sorted(left)]
    return " | ".join(parts) or "NOBODY"
