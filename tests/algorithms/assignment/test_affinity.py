from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.assignment import Expertise, Matter, Weights, affinity, components
from summitry.algorithms.assignment.affinity import bid_fit, features, text_fit, topic_fit

MEDICINE = "人工智能驱动的乡村医疗诊断平台。AI-supported diagnosis for rural medicine."
SHIPS = "低轨卫星互联网为远洋船舶服务。Low-orbit satellite internet for ocean ships."
WATER = "Digitales Wassernetz für Städte"


def test_the_first_topic_counts_more_than_the_second():
    entries = [Matter(1, frozenset({"ai"})), Matter(2, frozenset({"ai", "net"})), Matter(3)]
    jurors = [Expertise(1, ("ai", "net")), Expertise(2, ("net", "ai")), Expertise(3, ("a", "b", "c", "ai"))]
    fit = topic_fit(entries, jurors)
    assert fit.round(6).tolist() == [[1.0, 0.7, 0.4], [1.0, 1.0, 0.4], [0.0, 0.0, 0.0]]


def test_bids_are_ranked_and_who_does_not_bid_is_neutral():
    entries = [Matter(key) for key in range(1, 5)]
    jurors = [Expertise(9)]
    fit = bid_fit(entries, jurors, {(1, 9): "want", (2, 9): "willing", (4, 9): "unwilling"})
    assert fit.ravel().tolist() == [1.0, 0.75, 0.5, 0.0]
    with pytest.raises(KeyError):
        bid_fit(entries, jurors, {(7, 9): "want"})


@pytest.mark.parametrize(
    ("juror", "likest"),
    [
        ("医疗影像与人工智能诊断", 0),
        ("medical diagnosis with AI", 0),
        ("卫星通信与航运", 1),
        ("satellite communications for shipping", 1),
        ("Wasserversorgung und Rohrnetze", 2),
    ],
)
def test_texts_meet_in_any_language_with_or_without_spaces(juror, likest):
    fit = text_fit([MEDICINE, SHIPS, WATER], [juror, "wholly unrelated", "完全无关"])
    assert fit[:, 0].argmax() == likest
    assert fit[likest, 0] > 2 * np.delete(fit[:, 0], likest).max()


def test_case_width_and_punctuation_do_not_matter():
    places, counts = features("Smart  CITY—2026")
    again, same = features("ｓｍａｒｔ city, 2026!")
    assert (places.tolist(), counts.tolist()) == (again.tolist(), same.tolist())


def test_features_are_the_same_in_every_process():
    assert features("AI 水")[0].tolist() == [
        2171,
        6906,
        10570,
        13325,
        14811,
        18423,
        20118,
        23946,
        24762,
        31349,
        32350,
    ]


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_any_texts_have_a_fit_between_0_and_1(entries, jurors):
    fit = text_fit(entries, jurors)
    assert fit.shape == (len(entries), len(jurors))
    assert ((fit >= 0) & (fit <= 1)).all()


def test_a_part_of_which_nothing_is_known_weighs_nothing():
    entries = [Matter(1, frozenset({"ai"})), Matter(2)]
    jurors = [Expertise(1, ("ai",)), Expertise(2)]
    parts = components(entries, jurors, {})
    assert parts.weights == Weights(topics=0.5, bids=0.0, text=0.0)
    assert affinity(parts).tolist() == [[10_000, 0], [0, 0]]
    assert affinity(components([Matter(1)], jurors, {})).tolist() == [[0, 0]]


def test_the_affinity_is_the_weighted_mean_of_its_parts():
    entries = [Matter(1, frozenset({"ai"}), MEDICINE), Matter(2, frozenset({"net"}), SHIPS)]
    jurors = [Expertise(1, ("ai",), "医疗诊断"), Expertise(2, ("net", "ai"), "ocean ships")]
    parts = components(entries, jurors, {(1, 1): "want"}, Weights(2, 1, 1))
    mean = (2 * parts.topics + parts.bids + parts.text) / 4
    assert affinity(parts).tolist() == np.rint(mean * 10_000).astype(int).tolist()
    assert affinity(parts).dtype == np.int32
