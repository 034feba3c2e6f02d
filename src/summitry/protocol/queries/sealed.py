"""How diets and health results are kept: sealed, each for its own use."""

from __future__ import annotations

import json
from collections.abc import Iterable

from summitry.foundation.sealing import seal, unseal

DIET = "diet"
HEALTH = "health"
"""The uses for which they are sealed, and the slugs of the purposes that say how long they are kept."""


def sealed_diet(needs: Iterable[str], words: str) -> str:
    """Return needs and words as they are kept."""
    return _sealed({"needs": sorted(set(needs)), "words": words}, DIET)


def opened_diet(sealed: str) -> tuple[list[str], str]:
    """Return needs and words of what is kept. Raises SealBroken."""
    kept = json.loads(unseal(sealed, DIET) or "{}")
    return kept.get("needs", []), kept.get("words", "")


def sealed_result(outcome: str, words: str) -> str:
    """Return a result as it is kept."""
    return _sealed({"outcome": outcome, "words": words}, HEALTH)


def opened_result(sealed: str) -> tuple[str, str]:
    """Return outcome and words of what is kept. Raises SealBroken."""
    kept = json.loads(unseal(sealed, HEALTH))
    return kept["outcome"], kept["words"]


def _sealed(value: object, use: str) -> str:
    return seal(json.dumps(value, ensure_ascii=False), use)
