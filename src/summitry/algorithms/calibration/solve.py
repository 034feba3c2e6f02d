"""Calibration as one run: fit the model, draw from its posterior, look at the jury, report on the jury's own scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from summitry.algorithms.calibration.chance import chances
from summitry.algorithms.calibration.likeness import pairs
from summitry.algorithms.calibration.model import Fit, fit
from summitry.algorithms.calibration.ratings import Reals, rounded
from summitry.algorithms.calibration.screening import effects, left_over
from summitry.algorithms.calibration.types import CONTESTED, Components, Estimate, Problem, Result, RoundLevel


def unheard(share: float, stage: str) -> None:
    """Progress that nobody waits for."""


def run(problem: Problem, progress: Callable[[float, str], None] = unheard) -> Result:
    """Calibrate. The same problem gives the same result, in whatever order its entries and ratings come."""
    progress(0.0, "fit")
    fitted = fit(problem)
    progress(0.6, "chances")
    chance = chances(fitted, problem)
    progress(0.8, "screening")
    result = reported(problem, fitted, chance)
    progress(1.0, "done")
    return result


def draws(problem: Problem) -> tuple[tuple[int, ...], Reals]:
    """The keys of the entries in order, and joint posterior draws of their worth, [draw, entry], best highest."""
    fitted = fit(problem)
    return fitted.ratings.entries, fitted.draw(np.random.default_rng(problem.seed), problem.draws)


def reported(problem: Problem, fitted: Fit, chance: Reals) -> Result:
    """The fit in the words and on the scale of the jury."""
    ratings, now = fitted.ratings, fitted.posterior
    reads = ratings.counts.sum(axis=1).astype(int)
    by_entry: dict[int, list[float]] = {key: [] for key in ratings.entries}
    for rating in sorted(problem.ratings, key=lambda rating: (rating.entry, rating.score)):
        by_entry[rating.entry].append(rating.score)
    scores = list(by_entry.values())
    error = np.sqrt(now.score_variance) if len(ratings.score) else np.full(len(reads), 12**-0.5)
    estimates = tuple(
        Estimate(
            entry=key,
            reads=int(reads[at]),
            mean=rounded(float(np.mean(scores[at])), ratings.span) if scores[at] else None,
            median=rounded(float(np.median(scores[at])), ratings.span) if scores[at] else None,
            spread=rounded(float(np.std(scores[at], ddof=1)), ratings.span) if len(scores[at]) > 1 else None,
            score=rounded(ratings.restored(now.level + float(now.entry[at])), ratings.span),
            error=rounded(ratings.span * float(error[at]), ratings.span),
            chance=float(chance[at]),
        )
        for at, key in enumerate(ratings.entries)
    )
    low, high = CONTESTED
    return Result(
        estimates=estimates,
        jurors=effects(ratings, now, fitted.jury, fitted.variances),
        components=components(fitted),
        levels=tuple(
            RoundLevel(key, rounded(ratings.restored(float(now.levels[at])), ratings.span))
            for at, key in enumerate(ratings.round_keys)
        ),
        supported=fitted.supported,
        linked=fitted.evidence.parts,
        contested=tuple(estimate.entry for estimate in estimates if low < estimate.chance < high),
        pairs=pairs(ratings, left_over(ratings, now, fitted.jury)),
    )


def components(fitted: Fit) -> Components:
    """Level and variances on the scale of the jury."""
    span, variances = fitted.ratings.span, fitted.variances
    return Components(
        level=rounded(fitted.ratings.restored(fitted.posterior.level), span),
        entry=rounded((variances.entry + variances.panel) * span**2, span**2),
        juror=rounded(variances.juror * span**2, span**2),
        scale=rounded(variances.scale, 1),
        residual=rounded(variances.residual * span**2, span**2),
        evidence=rounded(fitted.evidence.together, 1),
    )
