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
OPEN_FOCAL_POINT = frozenset({"open_focal_point"})
THEIR_FOCAL_POINT = frozenset({"hidden_focal_point"})
FOCAL_POINTS = OPEN_FOCAL_POINT | THEIR_FOCAL_POINT
OFFICE = frozenset({"guest_office", "accreditation"})
RECEPTION = frozenset({"desk", "gate", "gate_supervisor"})
GUEST_STAFF = OFFICE | RECEPTION | {"protocol", "screening", "data_protection"}
CALL_OFFICE = frozenset({"call_manager"})
ELIGIBILITY = frozenset({"eligibility_officer"})
CHAIR = frozenset({"jury_chair"})
JUROR = frozenset({"juror"})
CALL_STAFF = CALL_OFFICE | ELIGIBILITY | CHAIR
CONSOLE = STAFF | INSTITUTIONS | CREW | GUEST_STAFF | FOCAL_POINTS | CALL_STAFF | JUROR
SITE = frozenset({"directory_editor", "terminologist", "foreign_director"})
WITH_ROLE = CONSOLE | SITE
SIGNED_IN = WITH_ROLE | {"account"}
ALL = SIGNED_IN | VISITOR
NOBODY: frozenset[str] = frozenset()

_NAMED = {
    "ALL": ALL, "SIGNED_IN": SIGNED_IN, "WITH_ROLE": WITH_ROLE, "CONSOLE": CONSOLE, "STAFF": STAFF,
    "TRANSLATORS": TRANSLATORS, "EDITORS": EDITORS, "DIRECTORS": DIRECTORS, "ADMINISTRATOR": ADMINISTRATOR,
    "CALL_STAFF": CALL_STAFF, "CALL_OFFICE": CALL_OFFICE, "ELIGIBILITY": ELIGIBILITY, "CHAIR": CHAIR, "JUROR": JUROR,
    "GUEST_STAFF": GUEST_STAFF, "OFFICE": OFFICE, "RECEPTION": RECEPTION, "FOCAL_POINTS": FOCAL_POINTS,
    "OPEN_FOCAL_POINT": OPEN_FOCAL_POINT, "THEIR_FOCAL_POINT": THEIR_FOCAL_POINT,
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
