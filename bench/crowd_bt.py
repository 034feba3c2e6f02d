"""Crowd-BT, the pairwise judging of hackathons, re-implemented from its paper: Chen et al., WSDM 2013, online version.

Every juror keeps the entry just read and is led to the next by expected information gain, at random in a quarter of the
steps and first of all to entries with few views, as Gavel does. Each comparison draws the juror's noise anew.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bench.juries import Jury, Reals

FEW_VIEWS = 5
AT_RANDOM = 0.25
TRADE = 0.1
"""Weight of what is learnt about the juror against what is learnt about the entries."""
LEAST = 1e-4
"""The factor that a step leaves of a variance is never smaller."""
ALPHA, BETA = 10.0, 1.0


def digamma(x: Reals) -> Reals:
    """The logarithmic derivative of the gamma function for positive numbers, by recurrence and an asymptotic series."""
    shift = np.zeros_like(x)
    for _ in range(6):
        shift, x = shift - 1 / x, x + 1
    square = 1 / (x * x)
    value: Reals = shift + np.log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252))
    return value


log_gamma = np.vectorize(math.lgamma, otypes=[float])


def updated(
    juror: tuple[Reals, Reals], better: tuple[Reals, Reals], worse: tuple[Reals, Reals]
) -> tuple[tuple[Reals, Reals], tuple[Reals, Reals], tuple[Reals, Reals], Reals]:
    """Moments after a comparison: (alpha, beta), (mean, variance) of both entries, and the chance it had to go so."""
    (alpha, beta), (mu1, var1), (mu2, var2) = juror, better, worse
    win = 1 / (1 + np.exp(mu2 - mu1))
    lose = 1 - win
    first = win + 0.5 * (var1 + var2) * win * lose * (lose - win)
    first = np.clip(first, 1e-9, 1 - 1e-9)
    chance = (first * alpha + (1 - first) * beta) / (alpha + beta)
    total = alpha + beta
    once = (first * (alpha + 1) * alpha + (1 - first) * alpha * beta) / (chance * (total + 1) * total)
    twice = (first * (alpha + 2) * (alpha + 1) * alpha + (1 - first) * (alpha + 1) * alpha * beta) / (
        chance * (total + 2) * (total + 1) * total
    )
    weight = (once - twice) / np.maximum(twice - once**2, 1e-12)
    judged = alpha * win / (alpha * win + beta * lose)
    step = judged - win
    curve = judged * (1 - judged) - win * lose
    return (
        (weight * once, weight * (1 - once)),
        (mu1 + var1 * step, var1 * np.maximum(1 + var1 * curve, LEAST)),
        (mu2 - var2 * step, var2 * np.maximum(1 + var2 * curve, LEAST)),
        chance,
    )


def normal_gain(new: tuple[Reals, Reals], old: tuple[Reals, Reals]) -> Reals:
    """Kullback-Leibler divergence of two normal distributions (mean, variance)."""
    ratio = new[1] / old[1]
    gain: Reals = ((old[0] - new[0]) ** 2 / old[1] + ratio - 1 - np.log(ratio)) / 2
    return gain


def beta_gain(new: tuple[Reals, Reals], old: tuple[Reals, Reals]) -> Reals:
    """Kullback-Leibler divergence of two beta distributions (alpha, beta)."""
    (a, b), (c, d) = new, old
    constant = log_gamma(c) + log_gamma(d) - log_gamma(c + d) - log_gamma(a) - log_gamma(b) + log_gamma(a + b)
    gain: Reals = constant + (a - c) * digamma(a) + (b - d) * digamma(b) + (c - a + d - b) * digamma(a + b)
    return gain


class Floor:
    """All entries and jurors of one event."""

    def __init__(self, rng: np.random.Generator, worth: Reals, jury: Jury) -> None:
        self.rng, self.worth, self.jury = rng, worth, jury
        self.mu, self.var = np.zeros(len(worth)), np.ones(len(worth))
        self.alpha, self.beta = np.full(len(jury.noise), ALPHA), np.full(len(jury.noise), BETA)
        self.views = np.zeros(len(worth), dtype=int)
        self.seen = np.zeros((len(jury.noise), len(worth)), dtype=bool)

    def next_entry(self, juror: int, held: int | None) -> int:
        """The entry this juror is sent to."""
        open_to = np.flatnonzero(~self.seen[juror])
        few = open_to[self.views[open_to] < FEW_VIEWS]
        candidates = self.rng.permutation(few if len(few) else open_to)
        if held is None or self.rng.random() < AT_RANDOM:
            return int(candidates[0])
        return int(candidates[np.argmax(self.gain(juror, held, candidates))])

    def gain(self, juror: int, held: int, others: NDArray[np.intp]) -> Reals:
        """Expected information gain of comparing the entry in hand with each of the others."""
        mine = (self.mu[held] + np.zeros(len(others)), self.var[held] + np.zeros(len(others)))
        theirs = (self.mu[others], self.var[others])
        trust = (self.alpha[juror] + np.zeros(len(others)), self.beta[juror] + np.zeros(len(others)))
        total = np.zeros(len(others))
        for better, worse in ((mine, theirs), (theirs, mine)):
            judged, up, down, chance = updated(trust, better, worse)
            total += chance * (
                normal_gain(up, better) + normal_gain(down, worse) + TRADE * beta_gain(judged, trust)
            )
        return total

    def compare(self, juror: int, held: int, met: int) -> None:
        """The juror says which of the two is better."""
        noise = self.rng.standard_normal(2) * self.jury.noise[juror]
        felt = self.worth[[held, met]] * self.jury.scale[juror] + noise
        better, worse = (held, met) if felt[0] > felt[1] else (met, held)
        judged, up, down, _ = updated(
            (self.alpha[juror], self.beta[juror]),
            (self.mu[better], self.var[better]),
            (self.mu[worse], self.var[worse]),
        )
        self.alpha[juror], self.beta[juror] = judged
        self.mu[better], self.var[better] = up
        self.mu[worse], self.var[worse] = down


def crowd_bt(rng: np.random.Generator, worth: Reals, jury: Jury, reads: int) -> Reals:
    """Estimates after `reads` reads by every juror, one step by each in turn."""
    floor = Floor(rng, worth, jury)
    held: list[int | None] = [None] * len(jury.noise)
    for _ in range(reads):
        for juror in range(len(held)):
            before = held[juror]
            met = floor.next_entry(juror, before)
            floor.seen[juror, met] = True
            floor.views[met] += 1
            if before is not None:
                floor.compare(juror, before, met)
            held[juror] = met
    return floor.mu
