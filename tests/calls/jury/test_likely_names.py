"""Names, domains and mailboxes that likely mean the same; and rules that never fail on what they are given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.calls.enums import Outcome, RuleKind
from summitry.calls.forms.jury import read_groups, write_groups
from summitry.calls.queries.eligibility_rules import Around, Rule, Subject, check
from summitry.calls.queries.likely_names import (
    house_domain,
    likely_person,
    mailbox,
    organisation_keys,
    person_keys,
)

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzéü", min_size=2, max_size=9), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tsinghua University", "University, TSINGHUA", True),
        ("Universidade de São Paulo", "universidade sao paulo", True),
        ("Acme Co., Ltd.", "ACME", True),
        ("百度（中国）有限公司", "百度", True),
        ("株式会社 日立製作所", "日立製作所", True),
        ("ООО «Яндекс»", "Яндекс", True),
        ("Huawei 华为", "华为技术有限公司", False),
        ("Huawei 华为", "Huawei Technologies", False),
        ("Acme Cloud", "Acme Paper", False),
        ("", "", False),
        ("&", "&", False),
    ],
)
def test_organisations_are_one_by_what_tells_them_apart(one: str, other: str, same: bool) -> None:
    assert bool(organisation_keys(one) & organisation_keys(other)) is same


@given(WORDS, st.randoms(), st.sampled_from(["", " Ltd.", " GmbH", ", Inc", " S.A."]))
def test_an_organisation_is_known_in_any_order_case_and_legal_form(
    words: list[str], chance: object, form: str
) -> None:
    turned = words.copy()
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert organisation_keys(" ".join(words)) == organisation_keys(" ".join(turned).upper() + form)


@given(st.text(max_size=60))
def test_any_text_has_keys_or_none(text: str) -> None:
    assert organisation_keys(text) == organisation_keys(text)
    assert isinstance(mailbox(text), str)
    assert isinstance(house_domain(text), str)
    assert likely_person(text, [text]) in {True, False}
    filed, sought = person_keys(text)
    assert all(key in sought for key in filed if not key.startswith("p:"))


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("a@cs.tsinghua.edu.cn", "tsinghua.edu.cn"),
        ("https://www.tsinghua.edu.cn/en?x=1", "tsinghua.edu.cn"),
        ("A@MAIL.ACME.CO.UK", "acme.co.uk"),
        ("a@acme.com", "acme.com"),
        ("a@gmail.com", ""),
        ("a@yahoo.co.jp", ""),
        ("a@vip.163.com", ""),
        ("a@edu.cn", ""),
        ("a@localhost", ""),
        ("a@127.0.0.1", ""),
        ("", ""),
    ],
)
def test_a_house_is_its_registered_domain(address: str, house: str) -> None:
    assert house_domain(address) == house


def test_mailboxes_are_compared_without_tags_and_points_of_gmail() -> None:
    assert mailbox("Ana.Lima+x@GoogleMail.com") == mailbox("analima@gmail.com")
    assert mailbox("ana.lima@acme.com") != mailbox("analima@acme.com")


@pytest.mark.parametrize(
    ("said", "known", "likely"),
    [
        ("J. Okafor", "Jane Okafor", True),
        ("Okafor, J. K.", "Jane Kemi Okafor", True),
        ("A. Okafor", "Jane Okafor", False),
        ("Jane Okafo", "Jane Okafor", True),
        ("Dr Jane Okafor-Smith", "Jane Okafor", False),
        ("Li", "Li Wei", False),
    ],
)
def test_a_person_is_likely_by_initials_or_a_slip(said: str, known: str, likely: bool) -> None:
    assert likely_person(said, [known]) is likely


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.text(max_size=8)
    | st.lists(st.text(max_size=4), max_size=3)
)
SETTINGS = st.dictionaries(
    st.sampled_from(["question", "in", "least", "most", "first", "last", "years"]), PLAIN, max_size=5
)
SUBJECTS = st.builds(
    Subject,
    number=st.integers(1, 50),
    answers=st.dictionaries(st.text(max_size=3), PLAIN, max_size=3),
    asked=st.frozensets(st.text(max_size=3), max_size=3),
    kind=st.text(max_size=5),
    houses=st.frozensets(st.text(max_size=3), max_size=3),
)


@given(st.sampled_from([*RuleKind.values, "unknown"]), SETTINGS, st.booleans(), SUBJECTS)
def test_a_rule_finds_something_whatever_it_is_given(
    kind: str, setting: dict[str, object], only_flags: bool, subject: Subject
) -> None:
    found = check(Rule(kind, setting, only_flags), subject, Around(2026))
    assert found == check(Rule(kind, setting, only_flags), subject, Around(2026))
    assert not (only_flags and found.outcome == Outcome.FAILS)


@pytest.mark.parametrize(
    ("kind", "setting", "outcome"),
    [
        ("number", {"question": "size", "least": 2, "most": 9}, "passes"),
        ("number", {"question": "size", "most": 4}, "fails"),
        ("number", {"question": "other", "most": 4}, "person"),
        ("date", {"question": "since", "first": "2024-01-01"}, "passes"),
        ("date", {"question": "since", "last": "2024-01-01"}, "fails"),
        ("answer", {"question": "langs", "in": ["fr", "de"]}, "passes"),
        ("answer", {"question": "langs", "in": ["de"]}, "fails"),
        ("file", {"question": "deck"}, "passes"),
        ("file", {"question": "video"}, "fails"),
        ("entity", {"in": ["PE", "CL"]}, "passes"),
        ("kind", {"in": ["company"]}, "fails"),
        ("team", {}, "fails"),
        ("entered_before", {"years": 2}, "fails"),
        ("entered_before", {"years": 1}, "passes"),
        ("one_entry", {}, "fails"),
        ("person", {}, "person"),
    ],
)
def test_each_kind_of_rule(kind: str, setting: dict[str, object], outcome: str) -> None:
    subject = Subject(
        number=7,
        area_id=1,
        answers={"size": 5, "since": "2025-03-01", "langs": ["en", "fr"]},
        files=frozenset({"deck"}),
        asked=frozenset({"size", "since", "langs", "deck", "video"}),
        entity="PE",
        kind="team",
        houses=frozenset({"acme"}),
        unconfirmed=1,
    )
    around = Around(2026, {"acme": [2024]}, {("acme", 1): [3, 7], ("acme", 2): [1]})
    assert check(Rule(kind, setting), subject, around).outcome == outcome


NAMES = st.text("abc xyz", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.dictionaries(NAMES, st.lists(NAMES, unique=True, max_size=4), max_size=4))
def test_groups_are_read_as_they_are_written(groups: dict[str, list[str]]) -> None:
    assert read_groups(write_groups(groups)) == groups
