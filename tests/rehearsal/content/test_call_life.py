"""What happens around the demo's calls: in which languages, and nobody who exists."""

from __future__ import annotations

import re

import pytest

from summitry.rehearsal.content import LANGUAGES, call_life

SCRIPTS = {"ru": re.compile(r"[\u0400-\u04ff]"), "ar": re.compile(r"[\u0600-\u06ff]")}


@pytest.mark.parametrize("call", ["cases", "achievements", "competition"])
def test_each_call_has_an_entry_in_each_of_the_other_languages(call: str) -> None:
    entries = call_life.foreign(call)
    assert [one.lang for one in entries] == ["fr", "es", "ru", "ar"]
    for one in entries:
        if one.lang in SCRIPTS:
            assert SCRIPTS[one.lang].search(one.title)
            assert SCRIPTS[one.lang].search(one.abstract)
        assert not any(script.search(one.en + one.about) for script in SCRIPTS.values())


def test_what_is_answered_for_all_is_in_all_languages_and_addresses_are_nobodys() -> None:
    answered = [one for one in call_life.inquiries() if one.answer]
    for asked, answer in [*call_life.often_asked(), *((one.asked, one.answer) for one in answered)]:
        assert set(asked) == set(answer) == set(LANGUAGES)
    assert {one.is_dismissed for one in call_life.inquiries() if not one.answer} == {True, False}
    people = [person for one in call_life.nominations() for person in (one.nominator, one.nominee)]
    assert all(address.endswith(".example") for _name, address, _house in people)
    assert all(one.email.endswith(".example") for one in call_life.inquiries())
    assert {one.fate for one in call_life.nominations()} == {"taken_up", "invited", "sent", "dismissed"}
