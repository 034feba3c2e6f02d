"""Which entries belong together because the same jurors read them: panels that share few entries, or none.

Ratings alone cannot tell whether a panel's entries are better than another's or its jurors kinder. Where panels show, the
model therefore lets the entries of each have a mean of its own, whose variance the data give, instead of taking every
difference between panels for one between jurors.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLOSE = 4
"""Two jurors belong together who share at least one of so many entries that either shares with anybody."""

ENTRIES, JURORS = 10, 3
"""What is smaller says too little about a mean of its own, and counts with the largest panel."""


def panels_of(counts: NDArray[np.float64]) -> NDArray[np.intp]:
    """The panel of each entry, numbered from zero, of the reads by [entry, juror]. Those nobody has read are a panel."""
    read = (counts > 0).astype(np.float64)
    members = _members(read.T @ read)
    reads = np.zeros((len(read), len(members) + 1))
    np.add.at(reads.T, members, read.T)
    home = reads.argmax(axis=1)
    entries, jurors = (
        np.bincount(home, minlength=len(members) + 1),
        np.bincount(members, minlength=len(members) + 1),
    )
    for small in np.flatnonzero((entries < ENTRIES) | (jurors < JURORS)):
        home[home == small] = entries.argmax()
    home = np.where(reads.any(axis=1), home, len(members))
    panel: NDArray[np.intp] = np.unique(home, return_inverse=True)[1].astype(np.intp)
    return panel


def _members(common: NDArray[np.float64]) -> NDArray[np.intp]:
    """The first juror of everybody's panel, of how many entries each two have in common."""
    np.fill_diagonal(common, 0)
    most = common.max(axis=1, initial=0)
    joined = (common > 0) & (CLOSE * common >= np.maximum(most[:, None], most[None, :]))
    np.fill_diagonal(joined, val=True)
    first = np.arange(len(common))
    while True:
        lowest = np.where(joined, first[None, :], len(first)).min(axis=1, initial=len(first))
        if (lowest == first).all():
            return first
        first = lowest
