"""The joint normal posterior of entries, juror offsets and the levels of the rounds, where the variances are given.

Henderson's mixed model equations of two crossed effects. The side with more members has a diagonal block and is
eliminated (Woodbury), so that only a matrix of the smaller side is inverted, and the posterior keeps every covariance
between entries that comes from the jurors they share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summitry.algorithms.calibration.ratings import Ratings, Reals

DIFFUSE = 1e-6
"""Prior precision of the first round's level: nothing is known about it (scores lie within 1)."""
LEVEL_SPREAD = 0.15
"""How far, on a scale of span 1, later rounds are rated above or below the first (a standard deviation)."""


@dataclass(frozen=True, slots=True)
class Variances:
    """Of entries, of juror offsets (0 where all jurors rate alike), of juror scales, and of the noise of one rating.

    Where `panel`, that of the panels' means, is above 0, `entry` is that of entries around the mean of their panel.
    """

    entry: float
    juror: float
    scale: float
    residual: float
    panel: float = 0.0


@dataclass(frozen=True, slots=True)
class Jury:
    """By juror: how far entries are apart for this juror, and how precise the juror is, both around 1."""

    scale: Reals
    precision: Reals


@dataclass(frozen=True, slots=True)
class Eliminated:
    """Normal equations solved by blocks: `wide` is the diagonal side, `kept` the other, then the levels, then the panels."""

    wide: Reals
    kept: Reals
    diagonal: Reals
    share: Reals
    covariance: Reals
    cross: Reals
    """Minus the covariance of wide and kept."""

    @property
    def wide_variance(self) -> Reals:
        """By member of the wide side."""
        spread: Reals = 1 / self.diagonal + (self.cross * self.share).sum(axis=1)
        return spread


def eliminate(
    diagonal: Reals, border: Reals, kept: Reals, right_wide: Reals, right_kept: Reals
) -> Eliminated:
    """Solve [[diag(diagonal), border], [border', kept]] x = (right_wide, right_kept) and keep the covariances."""
    share = border / diagonal[:, None]
    covariance = np.linalg.inv(kept - border.T @ share)
    covariance = (covariance + covariance.T) / 2
    solution = covariance @ (right_kept - share.T @ right_wide)
    return Eliminated(
        wide=right_wide / diagonal - share @ solution,
        kept=solution,
        diagonal=diagonal,
        share=share,
        covariance=covariance,
        cross=share @ covariance,
    )


@dataclass(frozen=True, slots=True)
class Posterior:
    """Means and variances: `levels` by round, `entry` and `offset` (by juror) around them.

    By rating: `base` is the variance of the round's level plus the juror's offset, `cross` its covariance with the
    entry. `score_variance` is that of an entry plus the level of the first round. `own` is the expected square of each
    entry's distance to the mean of its panel (to 0 without panels), `panels` the expected square of each of those means.
    """

    levels: Reals
    entry: Reals
    offset: Reals
    entry_variance: Reals
    offset_variance: Reals
    base: Reals
    cross: Reals
    score_variance: Reals
    own: Reals
    panels: Reals
    blocks: Eliminated
    wide_entries: bool

    @property
    def level(self) -> float:
        """Of the first round, which is the one that scores are reported on."""
        return float(self.levels[0])

    def draw(self, rng: np.random.Generator, count: int) -> Reals:
        """Joint draws of the entries, [draw, entry]."""
        blocks = self.blocks
        root = np.linalg.cholesky(blocks.covariance)
        kept = blocks.kept + rng.standard_normal((count, len(blocks.kept))) @ root.T
        if not self.wide_entries:
            return kept[:, : len(self.entry)]
        own = rng.standard_normal((count, len(blocks.wide))) / np.sqrt(blocks.diagonal)
        drawn: Reals = blocks.wide + own - (kept - blocks.kept) @ blocks.share.T
        return drawn


def posterior(ratings: Ratings, jury: Jury, variances: Variances) -> Posterior:
    """Solve the mixed model equations; without variance of offsets, those of entries and levels alone."""
    precision = jury.precision / variances.residual
    loading = jury.scale * precision
    entries = 1 / variances.entry + ratings.counts @ (jury.scale * loading)
    right_entries = ratings.sums @ loading
    by_round = precision[ratings.juror]
    levels, right_levels = with_panels(
        ratings,
        variances,
        prior_of_levels(ratings.rounds) + np.diag(ratings.by_round(by_round)),
        ratings.by_round(by_round * ratings.score),
    )
    entry_levels = np.zeros((len(ratings.entries), len(levels)))
    entry_levels[:, : ratings.rounds] = ratings.by_entry_and_round(loading[ratings.juror])
    if variances.panel > 0:
        entry_levels[np.arange(len(entries)), ratings.rounds + ratings.panel] = -1 / variances.entry
    if variances.juror <= 0:
        solved = eliminate(entries, entry_levels, levels, right_entries, right_levels)
        return read_off(ratings, solved, len(levels), wide_entries=True)
    jurors = 1 / variances.juror + ratings.counts.sum(axis=0) * precision
    right_jurors = ratings.sums.sum(axis=0) * precision
    juror_levels = np.zeros((len(jurors), len(levels)))
    juror_levels[:, : ratings.rounds] = ratings.by_juror_and_round(by_round)
    border = ratings.counts * loading
    wide_entries = len(ratings.entries) >= len(ratings.jurors)
    if wide_entries:
        solved = eliminate(
            entries,
            np.hstack([border, entry_levels]),
            bordered(jurors, juror_levels, levels),
            right_entries,
            np.concatenate([right_jurors, right_levels]),
        )
    else:
        solved = eliminate(
            jurors,
            np.hstack([border.T, juror_levels]),
            bordered(entries, entry_levels, levels),
            right_jurors,
            np.concatenate([right_entries, right_levels]),
        )
    return read_off(ratings, solved, len(levels), wide_entries=wide_entries)


def with_panels(ratings: Ratings, variances: Variances, levels: Reals, right: Reals) -> tuple[Reals, Reals]:
    """The block of the levels and its right side, and behind them the means of panels where these vary."""
    if variances.panel <= 0:
        return levels, right
    size = len(levels) + ratings.panels
    both = np.zeros((size, size))
    both[: len(levels), : len(levels)] = levels
    means = np.arange(len(levels), size)
    entries = np.bincount(ratings.panel, minlength=ratings.panels)
    both[means, means] = 1 / variances.panel + entries / variances.entry
    return both, np.concatenate([right, np.zeros(ratings.panels)])


def prior_of_levels(rounds: int) -> Reals:
    """The prior precision of the levels: the first unknown, the others somewhere around it."""
    precision = np.eye(rounds) / LEVEL_SPREAD**2
    precision[0, 1:] = precision[1:, 0] = -1 / LEVEL_SPREAD**2
    precision[0, 0] = DIFFUSE + (rounds - 1) / LEVEL_SPREAD**2
    return precision


def bordered(diagonal: Reals, edge: Reals, corner: Reals) -> Reals:
    """The matrix [[diag(diagonal), edge], [edge', corner]]."""
    matrix: Reals = np.block([[np.diag(diagonal), edge], [edge.T, corner]])
    return matrix


def read_off(ratings: Ratings, solved: Eliminated, common: int, *, wide_entries: bool) -> Posterior:
    """The posterior out of the blocks, whichever side was eliminated; without jurors in the blocks, they are alike.

    `common` is how many levels and panels there are.
    """
    entry, juror, number = ratings.entry, ratings.juror, ratings.round
    members = len(solved.kept) - common
    levels = np.diag(solved.covariance)[members:]
    kept = solved.kept[:members], np.diag(solved.covariance)[:members], solved.covariance[:members, members:]
    wide = solved.wide, solved.wide_variance, -solved.cross[:, members:]
    size = len(ratings.jurors)
    if not members:
        jurors, meeting = (np.zeros(size), np.zeros(size), np.zeros((size, common))), np.zeros(len(entry))
    else:
        jurors = kept if wide_entries else wide
        meeting = -(solved.cross[entry, juror] if wide_entries else solved.cross[juror, entry])
    worth, worth_variance, worth_levels = wide if wide_entries else kept
    offset, offset_variance, offset_levels = jurors
    own, panels = worth**2 + worth_variance, np.zeros(0)
    if common > ratings.rounds:
        means, spread = solved.kept[members + ratings.rounds :], levels[ratings.rounds :]
        panel, joint = ratings.panel, worth_levels[np.arange(len(worth)), ratings.rounds + ratings.panel]
        own = (worth - means[panel]) ** 2 + worth_variance + spread[panel] - 2 * joint
        panels = means**2 + spread
    return Posterior(
        levels=solved.kept[members : members + ratings.rounds],
        entry=worth,
        offset=offset,
        entry_variance=worth_variance,
        offset_variance=offset_variance,
        base=offset_variance[juror] + levels[number] + 2 * offset_levels[juror, number],
        cross=meeting + worth_levels[entry, number],
        score_variance=worth_variance + levels[0] + 2 * worth_levels[:, 0],
        own=own,
        panels=panels,
        blocks=solved,
        wide_entries=wide_entries,
    )
