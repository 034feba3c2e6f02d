"""How well a juror fits an entry: by topics, by bids and by what both have written. Each part is kept, so that it can be shown.

Texts are compared by hashed words and sequences of two to four characters, weighted by how rare they are: this needs no
dictionary and no spaces, so that Chinese fits as well as English, and a text in two languages meets jurors of either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt

from summitry.algorithms.assignment.types import WHOLE, Pair

Shares = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Bid = Literal["want", "willing", "neutral", "unwilling"]
BIDS: Mapping[Bid, float] = {"want": 1.0, "willing": 0.75, "neutral": 0.5, "unwilling": 0.0}
"""What each bid is worth; who did not bid is neutral."""
RANKS = (1.0, 0.7, 0.4)
"""What the first, second and third topic of a juror are worth; further ones as much as the third."""
PLACES = 15
"""Hashed features have this many bits; two that meet are rare enough not to matter."""
MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose product with a code spreads it over all bits (Knuth, The Art of Computer Programming, 3, 6.4)."""
HIGH = 0.99
"""The quantile of the similarities that counts as full."""
GRAMS = (2, 3, 4)
LONGEST = 20_000
"""Characters of a text that are read."""
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; they need not add up to 1. A part without any facts does not count."""

    topics: float = 0.5
    bids: float = 0.3
    text: float = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The parts of an affinity, each 0 to 1 with a row per entry and a column per juror, and the weights they had."""

    topics: Shares
    bids: Shares
    text: Shares
    weights: Weights


@dataclass(frozen=True, slots=True)
class Matter:
    """What an entry is about: its topics, and its text in all its languages."""

    key: int
    topics: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Expertise:
    """What a juror knows: topics, the best first, and a text of her own."""

    key: int
    topics: tuple[str, ...] = ()
    text: str = ""


def components(
    entries: Sequence[Matter],
    jurors: Sequence[Expertise],
    bids: Mapping[Pair, Bid],
    weights: Weights = Weights(),
) -> Components:
    """The parts of the affinity between each entry and each juror. A part of which nothing is known weighs nothing."""
    by_topic = topic_fit(entries, jurors)
    by_bid = bid_fit(entries, jurors, bids)
    by_text = text_fit([entry.text for entry in entries], [juror.text for juror in jurors])
    known = Weights(
        topics=weights.topics if by_topic.any() else 0.0,
        bids=weights.bids if bids else 0.0,
        text=weights.text if by_text.any() else 0.0,
    )
    return Components(by_topic, by_bid, by_text, known)


def affinity(parts: Components) -> npt.NDArray[np.int32]:
    """The weighted mean of the parts in whole ten-thousandths; nothing where no part weighs."""
    weights = parts.weights
    whole = weights.topics + weights.bids + weights.text
    if not whole:
        return np.zeros(parts.topics.shape, np.int32)
    mixed = weights.topics * parts.topics + weights.bids * parts.bids + weights.text * parts.text
    return np.rint(np.clip(np.round(mixed / whole, 12), 0, 1) * WHOLE).astype(np.int32)


def topic_fit(entries: Sequence[Matter], jurors: Sequence[Expertise]) -> Shares:
    """The rank of the juror's best topic that the entry has; a little more for every further one."""
    names = sorted({topic for entry in entries for topic in entry.topics})
    place = {name: at for at, name in enumerate(names)}
    about = np.zeros((len(entries), len(names)))
    for row, entry in enumerate(entries):
        about[row, [place[topic] for topic in sorted(entry.topics)]] = 1
    missed = np.ones((len(entries), len(jurors)))
    for column, juror in enumerate(jurors):
        for rank, topic in enumerate(dict.fromkeys(juror.topics)):
            if topic in place:
                missed[:, column] *= 1 - RANKS[min(rank, len(RANKS) - 1)] * about[:, place[topic]]
    return 1 - missed


def bid_fit(entries: Sequence[Matter], jurors: Sequence[Expertise], bids: Mapping[Pair, Bid]) -> Shares:
    """What the jurors bid. Raises KeyError for a bid of whom or on what is not here."""
    rows = {entry.key: row for row, entry in enumerate(entries)}
    columns = {juror.key: column for column, juror in enumerate(jurors)}
    fit = np.full((len(rows), len(columns)), BIDS["neutral"])
    for (entry, juror), bid in bids.items():
        fit[rows[entry], columns[juror]] = BIDS[bid]
    return fit


def text_fit(entries: Sequence[str], jurors: Sequence[str]) -> Shares:
    """The cosine of the texts' features, weighted by rarity; 1 is what one pair in a hundred of those with any reaches.

    One scale for all, so that entries can be compared with one another.
    """
    counted = [features(text) for text in (*entries, *jurors)]
    frequency = np.zeros(1 << PLACES)
    for places, _counts in counted:
        frequency[places] += 1
    rarity = np.log((1 + len(counted)) / (1 + frequency))
    known = np.zeros((1 << PLACES, len(jurors)))
    for column, (places, counts) in enumerate(counted[len(entries) :]):
        known[places, column] = _weighted(counts, rarity[places])
    fit = np.zeros((len(entries), len(jurors)))
    for row, (places, counts) in enumerate(counted[: len(entries)]):
        fit[row] = _weighted(counts, rarity[places]) @ known[places]
    if not fit.any():
        return fit
    scale = np.quantile(fit[fit > 0], HIGH)
    return np.asarray(np.round(np.clip(fit / scale, 0, 1), 5))


def _weighted(counts: Shares, rarity: Shares) -> Shares:
    """The weights of a text's features, of length 1 together."""
    weights = (1 + np.log(counts)) * rarity
    length = float(np.sqrt((weights**2).sum()))
    return np.asarray(weights / length if length else weights)


def features(text: str) -> tuple[Places, Shares]:
    """The places of the features that a text has, in order, and how often: its words, and the sequences of characters in them.

    A word counts with the gap before and after it. Where a script puts no gaps, its sequences are those of the sentence.
    """
    words = WORD.findall(unicodedata.normalize("NFKC", text[:LONGEST]).casefold())
    if not words:
        return np.zeros(0, np.int64), np.zeros(0)
    letters = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le"), "<u4").astype(np.uint64)
    gap = letters == ord(" ")
    found = [np.array([crc32(word.encode()) for word in words], np.uint64) * MIX]
    for size in GRAMS:
        starts = len(letters) - size + 1
        mixed = np.full(max(starts, 0), size, np.uint64)
        within = np.ones(len(mixed), bool)
        for at in range(size if starts > 0 else 0):
            mixed = (mixed ^ letters[at : at + starts]) * MIX
            mixed ^= mixed >> np.uint64(29)
            if 0 < at < size - 1:
                within &= ~gap[at : at + starts]
        found.append(mixed[within] * MIX)
    places, counts = np.unique(np.concatenate(found) >> np.uint64(64 - PLACES), return_counts=True)
    return places.astype(np.int64), counts.astype(float)
