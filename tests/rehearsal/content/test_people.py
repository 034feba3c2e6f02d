"""People and their names: invented, of all kinds, never taken apart."""

import re
import unicodedata
from collections import Counter

import pytest

from summitry.rehearsal.content import SummitPlan, build_summit
from summitry.rehearsal.content.naming import signature
from summitry.rehearsal.content.plan import NamePlan, PersonPlan
from summitry.rehearsal.content.reading import read

ADDRESS = re.compile(r"^[a-z0-9]+(\.[a-z0-9]+)*@[a-z0-9-]+\.example$")
# Houses whose names a reader knows; none of ours may contain one of them.
REAL_HOUSES = (
    "World Bank, United Nations, UNESCO, ITU, ICANN, IETF, W3C, Google, Microsoft, Huawei, Tencent, Alibaba, Baidu, Apple, Amazon,"
    " OpenAI, Anthropic, DeepMind, Meta Platforms, Oxford, Cambridge, Harvard, Stanford, Tsinghua, Peking, Fudan, Sorbonne, Reuters,"
    " BBC, Xinhua, Siemens, Samsung, Toyota, Kaspersky, Cisco, Qualcomm, Red Cross, GSMA, OECD, ASEAN, African Union, Mozilla, Wikimedia"
).split(", ")


def named(plan: SummitPlan, slug: str) -> PersonPlan:
    return next(person for person in plan.people if person.slug == slug)


def forms(person: PersonPlan) -> dict[str, str]:
    return {name.use: name.text for name in person.names}


def test_every_person_has_one_display_name_and_at_most_one_form_of_each_use(plan: SummitPlan):
    for person in plan.people:
        uses = Counter(name.use for name in person.names)
        assert uses["display"] == 1
        assert max(uses.values()) == 1


def test_names_are_normalised_and_have_a_sort_key(plan: SummitPlan):
    for person in plan.people:
        for name in person.names:
            assert name.text == unicodedata.normalize("NFC", name.text).strip()
            assert name.sort_key
            assert name.lang


def test_honorifics_are_kept_apart_from_names(plan: SummitPlan):
    styles = {person.honorific for person in plan.people}
    assert styles == {"", "H.E.", "HRH", "Prof.", "Dr", "Eng."}
    for person in plan.people:
        assert not re.match(r"(H\.E\.|HRH|Prof\.|Dr|Mr|Ms|Mrs) ", person.display_name)


def test_addresses_are_in_a_domain_that_cannot_exist(plan: SummitPlan):
    assert [person.email for person in plan.people if not ADDRESS.match(person.email)] == []
    assert all(account.email.endswith(".example") for account in plan.staff)


@pytest.mark.parametrize("seed", [2026, 1, 2, 3])
def test_no_person_bears_the_name_of_a_public_figure(seed: int):
    reserved = read("reserved")
    public = {
        signature(name) for name in f"{reserved['latin']},{reserved['native']}".split(",") if name.strip()
    }
    people = build_summit(seed).people
    assert [n.text for person in people for n in person.names if signature(n.text) in public] == []


def test_no_organisation_is_a_real_one(plan: SummitPlan):
    names = " | ".join(organisation.names["en"] for organisation in plan.organisations)
    assert [house for house in REAL_HOUSES if re.search(rf"\b{house}\b", names)] == []


def test_only_one_name_is_borne_by_two_people(plan: SummitPlan):
    numbers = Counter(person.display_name for person in plan.people)
    assert {name: number for name, number in numbers.items() if number > 1} == {"Liu Yan": 2}


def test_names_come_in_many_scripts(plan: SummitPlan):
    scripts = Counter(
        unicodedata.name(name.text[0]).split()[0] for person in plan.people for name in person.names
    )
    assert set(scripts) >= {
        "LATIN",
        "CJK",
        "ARABIC",
        "CYRILLIC",
        "GREEK",
        "HEBREW",
        "ETHIOPIC",
        "GEORGIAN",
        "ARMENIAN",
        "THAI",
        "LAO",
        "KHMER",
        "MYANMAR",
        "HANGUL",
        "DEVANAGARI",
        "BENGALI",
        "SINHALA",
        "TAMIL",
    }
    assert scripts["CJK"] > 500
    assert scripts["ARABIC"] > 60


def test_chinese_readings_are_those_their_bearers_use(plan: SummitPlan):
    assert forms(named(plan, "shan-xue")) == {"display": "Shan Xue", "native": "单雪", "latin": "SHAN Xue"}
    assert forms(named(plan, "lyu-yan"))["latin"] == "LYU Yan"
    assert forms(named(plan, "zeng-ke"))["native"] == "曾可"
    assert forms(named(plan, "qiu-yuan"))["native"] == "仇远"


def test_names_of_one_word_of_two_signs_and_of_ten_words_exist(plan: SummitPlan):
    assert sum(" " not in person.display_name for person in plan.people) > 15
    natives = [name.text for person in plan.people for name in person.names if name.use == "native"]
    assert sum(len(text) == 2 for text in natives) > 80
    assert max(len(person.display_name) for person in plan.people) > 70
    long = [person for person in plan.people if len(person.display_name) > 50]
    assert all("badge" in forms(person) for person in long)


def test_family_names_are_sorted_as_their_bearers_sort_them(plan: SummitPlan):
    keys = {name.text: name.sort_key for person in plan.people for name in person.names}
    assert keys["Þórhildur Aðalbjörg Sveinbjarnardóttir"] == "thorhildur adalbjorg sveinbjarnardottir"
    assert keys["Maud van ’t Hoogeland-in ’t Veld"].startswith("hoogeland")
    assert keys["Abdulrahman bin Yaqoub bin Humaid Al Maskari"] == "maskari abdulrahman"
    assert keys["Szentgyörgyi-Halász Emőke"].startswith("szentgyorgyi")
    assert keys["Işıl Irmakoğlu"] == "irmakoglu isil"


def test_a_name_may_have_no_latin_form(plan: SummitPlan):
    weaver = next(person for person in plan.people if person.display_name == "沈巧云")
    assert weaver.names == (NamePlan("display", "zh-hans", "沈巧云", "shen qiaoyun"),)


def test_posts_are_dated_in_order_and_the_first_is_held_now(plan: SummitPlan):
    with_past = 0
    for person in plan.people:
        current, *past = person.affiliations
        assert current.until is None
        assert current.since < plan.edition.first_day
        for former in past:
            assert former.until is not None
            assert former.since < former.until <= current.since
            with_past += 1
    assert with_past > 100


def test_houses_have_one_head_each(plan: SummitPlan):
    heads = Counter(
        (person.affiliations[0].organisation, person.affiliations[0].titles["en"])
        for person in plan.people
        if person.affiliations[0].titles["en"]
        in {"Director-General", "Editor-in-Chief", "Founder and Chief Executive"}
    )
    assert set(heads.values()) == {1}


def test_capacities_have_their_numbers(plan: SummitPlan):
    assert Counter(person.capacity for person in plan.people) == {
        "delegate": 996,
        "speaker": 600,
        "observer": 180,
        "journalist": 130,
        "interpreter": 90,
        "staff": 60,
        "rapporteur": 44,
    }
    host = sum(person.entity == "CN" for person in plan.people)
    assert 0.28 < host / len(plan.people) < 0.34
