"""What is frozen has one spelling and one digest; readers are shown what is theirs."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.actions.member import NewMember, add_member
from summitry.calls.enums import MemberState
from summitry.calls.models import EntryVersion, Member
from summitry.calls.queries.entry_content import Shower, content_of, shown_content
from summitry.calls.queries.entry_values import composed
from summitry.calls.record.canonical import canonical, digest
from summitry.foundation.i18n import TextState
from tests.calls.entries.make import make_draft, make_question, make_submitted, pdf
from tests.calls.make import SYSTEM, make_area, make_call

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_the_order_of_keys_and_the_spelling_of_signs_change_nothing(value: dict[str, Any]) -> None:
    value = composed(value)
    turned = dict(reversed(value.items()))
    apart = json.loads(unicodedata.normalize("NFD", json.dumps(value, ensure_ascii=False)))

    assert canonical(turned) == canonical(value)
    assert digest(composed(apart)) == digest(value)
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=5), st.data())
def test_any_other_value_has_another_digest(value: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(value)))
    assert digest({**value, key: [value[key]]}) != digest(value)


@pytest.mark.django_db
def test_the_content_holds_what_is_judged_and_no_address() -> None:
    call = make_call(languages=["en", "fr"])
    make_area(call, "energy")
    make_question(call, "name", identifies=True)
    make_question(call, "plan", "file")
    entry = make_submitted(
        call,
        area="energy",
        title={"en": "Cafe\u0301", "fr": "Le Café"},
        **{"q.name": "Ada", "q.plan": pdf()},
    )
    content = entry.versions.get().content

    assert content == {
        "format": 1,
        "edition": call.edition.slug,
        "call": call.slug,
        "number": 1,
        "area": "energy",
        "kind": "company",
        "title": {"source": "en", "texts": {"en": "Café", "fr": "Le Café"}},
        "abstract": {"source": "en", "texts": {"en": "It turns."}},
        "organisation": "Ada Ltd",
        "entity": entry.entity.code if entry.entity else "",
        "answers": {"name": "Ada"},
        "files": {
            "plan": {
                "name": "plan.pdf",
                "type": "application/pdf",
                "size": entry.attachments.get().file.size,
                "sha256": entry.attachments.get().file.sha256,
            }
        },
        "team": [],
        "rules": 0,
    }
    assert str(entry) == "1 Café"


@pytest.mark.django_db
def test_saving_the_same_in_another_order_gives_the_same_content() -> None:
    call = make_call()
    make_question(call, "a")
    make_question(call, "b")
    one = make_draft(call, **{"q.a": "1", "q.b": "2"})
    other = make_draft(call, "bea@bea.example")
    save_draft(other, {"q.b": "2"}, by=SYSTEM)
    save_draft(other, {"q.a": "1"}, by=SYSTEM)

    first, second = content_of(one), content_of(other)
    assert canonical({**first, "number": 0}) == canonical({**second, "number": 0})


@pytest.mark.django_db
def test_a_blind_reader_sees_nothing_that_names_anybody() -> None:
    call = make_call()
    make_question(call, "leader", identifies=True)
    make_question(call, "method", is_public=True)
    make_question(call, "plan", "file")
    entry = make_draft(call, **{"q.leader": "Ada", "q.method": "Waves", "q.plan": pdf("ada-ltd.pdf")})
    add_member(entry, NewMember("Bea", "bea@bea.example"), by=SYSTEM)
    version = EntryVersion(entry=entry, number=1, content=content_of(entry), digest="")

    seen = shown_content(version, call, "en", blind=False)
    blind = shown_content(version, call, "en", blind=True)
    public = shown_content(version, call, "en", blind=False, only_public=True)
    assert [answer.slug for answer in seen.answers] == ["leader", "method", "plan"]
    assert [(answer.slug, answer.lines) for answer in blind.answers] == [
        ("method", ("Waves",)),
        ("plan", ("plan.pdf",)),
    ]
    assert (blind.organisation, blind.entity, blind.team, blind.kind) == ("", "", (), "Company")
    assert (seen.team, [answer.slug for answer in public.answers]) == ((("Bea", "", ""),), ["method"])


@pytest.mark.django_db
def test_a_translation_is_shown_as_long_as_it_is_of_what_was_frozen() -> None:
    entry = make_submitted(make_call())
    version = entry.versions.select_related("entry").get()
    entry.title = entry.title.with_text("fr", "Une turbine", TextState.MACHINE)
    entry.abstract = entry.abstract.with_text("fr", "Elle tourne.", TextState.MACHINE)
    version.entry = entry

    shown = shown_content(version, entry.call, "fr", blind=False)
    assert (shown.title.text, shown.translation) == ("Une turbine", TextState.MACHINE)
    entry.title = entry.title.with_text("en", "Another turbine")
    assert shown_content(version, entry.call, "fr", blind=False).title.text == "A tidal turbine"
    assert content_of(entry)["title"]["texts"].keys() == {"en"}


@pytest.mark.django_db
def test_who_says_that_she_is_no_member_is_not_in_the_content() -> None:
    entry = make_draft(make_call())
    for state in MemberState:
        Member.objects.create(entry=entry, name=state.value, email=f"{state}@a.example", state=state)
    assert [one["name"] for one in content_of(entry)["team"]] == ["asked", "confirmed"]


@pytest.mark.django_db
def test_many_versions_are_shown_with_the_queries_of_one(django_assert_num_queries: Any) -> None:
    call = make_call()
    make_question(call, "where", "entity")
    for n in range(3):
        make_submitted(call, f"a{n}@a{n}.example")
    versions = list(EntryVersion.objects.select_related("entry"))
    for count in (1, 3):
        with django_assert_num_queries(4):
            shower = Shower(call, "en")
            for version in versions[:count]:
                shower.shown(version)
