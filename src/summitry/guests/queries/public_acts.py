"""Whether a person did something in public, which remains even when she is erased: rooms above know it and register here."""

from __future__ import annotations

from collections.abc import Callable

from summitry.directory.models import Person

Check = Callable[[Person], bool]
_checks: dict[str, Check] = {}


def register_public_act(key: str, check: Check) -> None:
    """Let `check` say whether a person spoke, signed or was honoured; a room registers its check when it starts."""
    _checks[key] = check


def has_public_acts(person: Person) -> bool:
    """Return whether anything public is connected with her name."""
    return any(check(person) for check in _checks.values())
