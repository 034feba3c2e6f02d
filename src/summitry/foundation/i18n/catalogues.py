"""The catalogues of the interface's languages in memory: each holds every English sentence as its key.

Nothing else of them is here; gettext and Django find, merge and use them.
"""

from __future__ import annotations

import gettext
from sys import intern
from typing import Any

from django.utils.translation import trans_real


def share_keys() -> None:
    """Let the catalogues that are loaded share their keys, and forget the files' own, which were merged into them.

    A process that has all languages holds 2 MB less for it, and the more the longer the catalogues grow.
    """
    loaded: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way
    for translation in loaded.values():
        for catalogue in translation._catalog._catalogs:  # noqa: SLF001 - as above
            merged = {_shared(key): words for key, words in catalogue.items()}
            catalogue.clear()
            catalogue.update(merged)
    files: dict[Any, Any] = gettext._translations  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    files.clear()


def _shared(key: Any) -> Any:
    """The same key, as one object: a sentence, or one of its plural forms with its number."""
    return intern(key) if isinstance(key, str) else (intern(key[0]), *key[1:])
