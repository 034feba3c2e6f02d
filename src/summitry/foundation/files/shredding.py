"""Shredding files: the record goes with the transaction, the content right after it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from summitry.foundation.models import StoredFile


def shred_files(files: Iterable[StoredFile]) -> int:
    """Remove files and what is in them, as part of an action that has asked for permission; return how many.

    Whoever refers to one of them refers to nothing afterwards. The content goes after the commit: a rolled-back action
    loses nothing.
    """
    count = 0
    for stored in files:
        content = stored.content
        stored.delete()
        transaction.on_commit(partial(content.delete, save=False))
        count += 1
    return count
