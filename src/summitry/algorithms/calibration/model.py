"""The hierarchical model of a jury and how it is fitted: from ratings to variances, scales, noises and a posterior.

score = level of the round + juror's offset + juror's scale x entry + noise of that juror. Entries (around the mean of their
panel, where there are several), offsets and scales are normal, the jurors' noise variances inverse gamma; the variances are
found by ECM (Meng and Rubin 1993), whose expectation step is exact and integrates out the levels, as REML does. Weak priors
worth one observation keep every variance above zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summitry.algorithms.calibration.crossed import Jury, Posterior, Variances, posterior
from summitry.algorithms.calibration.ratings import Ratings, Reals, arrayed
from summitry.algorithms.calibration.support import Evidence, evidence
from summitry.algorithms.calibration.types import Problem

SWEEPS = 80
"""Always as many: a count that hung on a tolerance could differ between two machines."""
SIGNIFICANT = 0.05
GROUP = 100
"""After so many draws the jury's scales and noises are drawn anew."""
NOISE_DEGREES = 10.0
"""How many reads the prior on a juror's noise is worth."""
PRIOR_ENTRY, PRIOR_JUROR, PRIOR_SCALE, PRIOR_RESIDUAL = 0.15**2, 0.08**2, 0.15**2, 0.12**2
PRIOR_PANEL = 0.05**2
"""What one imagined observation says about each variance, for a scale of span 1."""
WIDEST = 4.0
"""Means of panels vary at most so many times as much as the entries of a panel."""
UNREPEATED, DEGREES = 0.6, 2
"""How much of all variance is noise where no entry was read twice, and how many further reads that assumption is worth.

A single read of a scientific paper tells as much about it elsewhere (reliability 0.4, as in the effort planner).
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """The variances, the jury and the posterior they lead to."""

    ratings: Ratings
    evidence: Evidence
    supported: bool
    variances: Variances
    jury: Jury
    posterior: Posterior

    def draw(self, rng: np.random.Generator, count: int) -> Reals:
        """Joint posterior draws of the entries' worth, [draw, entry], best highest.

        Level and offsets are drawn exactly given the jury, the jury's scales and noises anew for every group of draws.
        """
        if not self.supported:
            return self.posterior.draw(rng, count)
        groups = [min(GROUP, count - done) for done in range(0, count, GROUP)]
        return np.concatenate([self.another(rng).draw(rng, size) for size in groups])

    def another(self, rng: np.random.Generator) -> Posterior:
        """The posterior under scales and noises drawn from theirs."""
        ratings, now, variances, jury = self.ratings, self.posterior, self.variances, self.jury
        squares = now.entry**2 + now.entry_variance
        information = ratings.by_juror(squares[ratings.entry]) * jury.precision / variances.residual
        error = 1 / np.sqrt(1 / variances.scale + information)
        shape = (NOISE_DEGREES + ratings.counts.sum(axis=0)) / 2
        scale = np.maximum(jury.scale + rng.standard_normal(len(shape)) * error, 0.0)
        return posterior(ratings, Jury(scale, jury.precision * rng.standard_gamma(shape) / shape), variances)


def fit(problem: Problem, sweeps: int = SWEEPS) -> Fit:
    """Estimate variances, scales and noises, then the posterior that they give."""
    ratings = arrayed(problem)
    shown = evidence(ratings)
    supported = shown.together < SIGNIFICANT
    variances = first_variances(ratings, shown, supported=supported)
    jury = Jury(np.ones(len(ratings.jurors)), np.ones(len(ratings.jurors)))
    for _ in range(sweeps if len(ratings.score) else 0):
        variances, jury = improved(
            ratings, posterior(ratings, jury, variances), variances, jury, supported=supported
        )
    return Fit(ratings, shown, supported, variances, jury, posterior(ratings, jury, variances))


def first_variances(ratings: Ratings, shown: Evidence, *, supported: bool) -> Variances:
    """Moment estimates to begin with, never below the tenth of a prior."""
    reads = ratings.counts.sum(axis=1)
    read = reads > 0
    repeated = len(ratings.score) - int(read.sum())
    whole = float(ratings.score.var()) if len(ratings.score) else 0.0
    noise = (repeated * shown.residual + DEGREES * UNREPEATED * whole) / (repeated + DEGREES)
    residual = max(noise, PRIOR_RESIDUAL / 10)
    juror = max(shown.juror, PRIOR_JUROR / 10) if supported else 0.0
    entry = PRIOR_ENTRY
    if read.sum() > 1:
        means = ratings.sums.sum(axis=1)[read] / reads[read]
        entry = max(
            float(means.var(ddof=1) - (juror + residual) * (1 / reads[read]).mean()), PRIOR_ENTRY / 10
        )
    panel = first_of_panels(ratings, Variances(entry, juror, 0.0, residual)) if supported else 0.0
    return Variances(entry, juror, PRIOR_SCALE if supported else 0.0, residual, panel)


def first_of_panels(ratings: Ratings, other: Variances) -> float:
    """The moment estimate of the variance of panels' means, given the others; 0 where there is but one panel."""
    read = ratings.counts.sum(axis=1) > 0
    panels = np.unique(ratings.panel[read])
    if len(panels) < 2:
        return 0.0
    means, noise = [], []
    for panel in panels:
        inside = ratings.counts[ratings.panel == panel]
        sums = ratings.sums[ratings.panel == panel]
        entries, reads = int((inside.sum(axis=1) > 0).sum()), inside.sum()
        means.append(float(sums.sum() / reads))
        jurors = float(((inside.sum(axis=0) / reads) ** 2).sum())
        noise.append(other.entry / entries + other.juror * jurors + other.residual / float(reads))
    return max(float(np.var(means, ddof=1) - np.mean(noise)), PRIOR_PANEL / 10)


def improved(
    ratings: Ratings, now: Posterior, variances: Variances, jury: Jury, *, supported: bool
) -> tuple[Variances, Jury]:
    """One sweep: the variances, then, where jurors differ, every juror's scale and noise, given the posterior."""
    entry, juror = ratings.entry, ratings.juror
    read = ratings.counts.sum(axis=1) > 0
    squares = now.entry**2 + now.entry_variance
    of_entries = (PRIOR_ENTRY + float(now.own[read].sum())) / (1 + int(read.sum()))
    # More would let jurors' scales stand in for their offsets.
    panel = min(of_panels(ratings, now, variances), WIDEST * of_entries)
    rest = ratings.score - now.levels[ratings.round] - now.offset[juror]
    scale, per_juror, scale_variance = jury.scale, ratings.counts.sum(axis=0), 0.0
    if supported:
        information = ratings.by_juror(squares[entry]) * jury.precision / variances.residual
        product = ratings.by_juror(rest * now.entry[entry] - now.cross) * jury.precision / variances.residual
        spread = 1 / (1 / variances.scale + information)
        scale = np.maximum((1 / variances.scale + product) * spread, 0.0)
        # Scales and the variance of entries are known up to a factor: it belongs to the entries.
        mean = float(per_juror @ scale) / float(per_juror.sum())
        scale, spread, of_entries = scale / mean, spread / mean**2, of_entries * mean**2
        panel *= mean**2
        scale_variance = (PRIOR_SCALE + float(((scale - 1) ** 2 + spread).sum())) / (1 + len(scale))
    expected = (
        (rest - jury.scale[juror] * now.entry[entry]) ** 2
        + now.base
        + jury.scale[juror] ** 2 * now.entry_variance[entry]
        + 2 * jury.scale[juror] * now.cross
    )
    lost = ratings.by_juror(expected)
    residual = (PRIOR_RESIDUAL + float(jury.precision @ lost)) / (1 + len(ratings.score))
    offsets = 0.0
    precision = jury.precision
    if supported:
        offsets = (PRIOR_JUROR + float((now.offset**2 + now.offset_variance).sum())) / (1 + len(scale))
        precision = (NOISE_DEGREES + per_juror) / (NOISE_DEGREES + lost / residual)
        precision = precision * float(per_juror.sum()) / float(per_juror @ precision)
    return Variances(of_entries, offsets, scale_variance, residual, panel), Jury(scale, precision)


def of_panels(ratings: Ratings, now: Posterior, variances: Variances) -> float:
    """The variance of the means of those panels that have read anything; 0 where none are told apart."""
    if variances.panel <= 0:
        return 0.0
    panels = np.unique(ratings.panel[ratings.entry])
    return (PRIOR_PANEL + float(now.panels[panels].sum())) / (1 + len(panels))
