"""The tally of a live final, from plain JSON to plain JSON: whoever holds the record counts again and finds the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from summitry.algorithms.ranking import Standing, Step, Tally, combined, tally
from summitry.algorithms.ranking.plain import as_plain, number_from, rules_from
from summitry.algorithms.ranking.tally import standings
from summitry.calls.record.ballots import PAIRS, Paper, Scale, SpoiledError, paper_of

DIGITS = 10**6
"""Strengths from comparisons count in millionths: what arithmetic of one machine or another does differently lies below."""


def tallied(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer: the jury's standings, those with the public's part in them, and whose ballots were spoiled.

    `problem` has `kind`, `entries` (ids), `criteria` by slug ([weight, lowest, highest]), `ballots` (contents, by juror),
    `struck` (pairs of juror and entry that do not count), `rules`, `seed` of lots, `votes` by entry and `public_share` in
    per cent. Ballots with scores count by the rules; comparisons of all jurors make one ranking (Bradley and Terry), where
    equals are separated by the comparisons of each two of them, then by lot.
    """
    entries, seed = list(problem["entries"]), str(problem["seed"])
    papers, spoiled = _papers(problem)
    if problem["kind"] == PAIRS:
        jury = _by_pairs(entries, papers, seed)
    else:
        jury = tally(entries, [paper.ballot for paper in papers], rules_from(problem["rules"]), seed)
    final = jury
    if problem["public_share"]:
        votes = {int(entry): count for entry, count in problem["votes"].items()}
        share = Fraction(problem["public_share"], 100)
        final = combined(jury, votes, public_share=share, seed=seed)
    return {"final": as_plain(final), "jury": as_plain(jury), "spoiled": spoiled}


def scored(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the entries that were judged, best first: id, score, rank, and what set it apart from the one before."""
    return [
        {
            "entry": row["entry"],
            "score": float(number_from(row["figure"])),
            "rank": row["place"],
            "step": row["step"],
        }
        for row in answer["final"]["standings"]
        if row["figure"] is not None
    ]


def drawn(answer: Mapping[str, Any]) -> list[list[int]]:
    """Return the groups of entries among which a lot decided, in the order drawn; those of the jury's standings first."""
    groups: list[list[int]] = []
    for standing in ("jury", "final"):
        for before, row in pairwise(answer[standing]["standings"]):
            if row["step"] != Step.LOTTERY:
                continue
            if groups and groups[-1][-1] == before["entry"]:
                groups[-1].append(row["entry"])
            else:
                groups.append([before["entry"], row["entry"]])
    return [group for n, group in enumerate(groups) if group not in groups[:n]]


def _papers(problem: Mapping[str, Any]) -> tuple[list[Paper], list[int]]:
    scales = {slug: Scale(*facts) for slug, facts in problem["criteria"].items()}
    struck: dict[int, set[int]] = {}
    for juror, entry in problem["struck"]:
        struck.setdefault(juror, set()).add(entry)
    papers, spoiled = [], []
    for content in problem["ballots"]:
        try:
            out = struck.get(content["juror"], set())
            kind, entries = problem["kind"], problem["entries"]
            papers.append(paper_of(content, kind=kind, entries=entries, scales=scales, struck=out))
        except SpoiledError:
            spoiled.append(content["juror"])
    return papers, sorted(spoiled)


def _by_pairs(entries: Sequence[int], papers: Sequence[Paper], seed: str) -> Tally:
    from summitry.algorithms.ranking.pairwise import Comparison, strengths  # noqa: PLC0415 - heavy: loads numpy, which pages of scores never need

    asked = [
        Comparison(paper.juror, better, worse, skipped=even)
        for paper in papers
        for better, worse, even in paper.pairs
    ]
    seen = {entry for each in asked for entry in each.pair}
    found = {each.entry: Fraction(round(each.strength * DIGITS), DIGITS) for each in strengths(seen, asked)}

    def duels(group: list[int]) -> dict[int, Fraction]:
        won = dict.fromkeys(group, Fraction())
        for each in asked:
            if each.better in won and each.worse in won:
                share = Fraction(1, 2) if each.skipped else Fraction(1)
                won[each.better] += share
                won[each.worse] += 1 - share
        return won

    ordered: tuple[Standing, ...] = standings(entries, found, [(Step.DUELS, duels)], seed)
    return Tally(ordered, len(papers))
