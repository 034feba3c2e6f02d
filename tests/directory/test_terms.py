"""The glossary: who proposes, who approves, and what a term may say."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.directory.actions.term import (
    NewTerm,
    approve_term,
    change_term,
    propose_term,
    reopen_term,
    retire_term,
)
from summitry.directory.actions.term_table import apply_terms, plan_terms, write_terms
from summitry.directory.enums import TermState
from summitry.directory.errors import TermForbidsItself, TermWithoutWords
from summitry.directory.models import Term
from summitry.directory.queries.terms import term_by_slug, terms
from summitry.foundation.access import PUBLIC, Actor, Scope
from summitry.foundation.api.auth import issue_token
from summitry.foundation.errors import (
    InvalidInput,
    NotFound,
    PermissionRefused,
    StaleState,
    TransitionRefused,
)
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, AuditEntry, Grant
from tests.directory.make import SYSTEM, actor_with, make_account, make_topic

pytestmark = pytest.mark.django_db
BOOK = {"en": "blue book", "zh-hans": "蓝皮书"}


def make_term(words: dict[str, str] = BOOK, by: Actor = SYSTEM, **facts: object) -> Term:
    return propose_term(NewTerm(words=Text.of(words, "en"), **facts), by=by)  # type: ignore[arg-type]


def test_term_is_proposed_with_an_address_of_its_own() -> None:
    topic = make_topic()
    first, second = make_term(topic=topic, note="n", source="s"), make_term()
    assert (first.slug, second.slug, first.state) == ("blue-book", "blue-book-2", TermState.PROPOSED)
    assert (first.topic, first.note, first.source) == (topic, "n", "s")


def test_term_goes_from_proposal_to_approval_and_out_of_use() -> None:
    term = make_term()
    assert approve_term(term, by=SYSTEM).state == TermState.APPROVED
    assert retire_term(term, by=SYSTEM).state == TermState.RETIRED
    with pytest.raises(TransitionRefused):
        approve_term(term, by=SYSTEM)
    assert reopen_term(term, by=SYSTEM).state == TermState.PROPOSED
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "directory.term.proposed",
        "directory.term.approved",
        "directory.term.retired",
        "directory.term.reopened",
    ]


def test_decision_on_a_term_that_somebody_else_has_decided_is_refused() -> None:
    term = make_term()
    other = Term.objects.get()
    retire_term(other, by=SYSTEM)
    with pytest.raises(StaleState):
        approve_term(term, by=SYSTEM)


def test_change_is_compared_with_what_the_editor_saw() -> None:
    term = make_term(forbidden={"en": ["azure book"]})
    other = Term.objects.get()
    change_term(other, by=SYSTEM, note="theirs")
    with pytest.raises(StaleState):
        change_term(term, by=SYSTEM, note="mine")
    change_term(
        other, by=SYSTEM, words=Text.of("Blue Book"), forbidden={"en": [" azure book ", "", "azure book"]}
    )
    assert Term.objects.get().forbidden == {"en": ["azure book"]}


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"words": {}}, TermWithoutWords),
        ({"forbidden": {"en": ["blue book"]}}, TermForbidsItself),
        ({"words": {"en": "x" * 201}}, InvalidInput),
    ],
)
def test_term_that_makes_no_sense_is_refused(facts: dict[str, object], error: type[InvalidInput]) -> None:
    with pytest.raises(error):
        make_term(**facts)  # type: ignore[arg-type]
    assert not Term.objects.exists()


def test_public_sees_approved_terms_and_keepers_all() -> None:
    proposed, approved = make_term(), make_term({"en": "summit"})
    approve_term(approved, by=SYSTEM)
    keeper = actor_with("terminologist")
    assert (set(terms(PUBLIC)), set(terms(keeper))) == ({approved}, {proposed, approved})
    assert set(terms(keeper, states=["proposed", "nonsense"])) == {proposed}
    assert set(terms(keeper, q="皮书")) == {proposed}
    assert term_by_slug(keeper, "blue-book") == proposed
    with pytest.raises(NotFound):
        term_by_slug(PUBLIC, "blue-book")


@pytest.mark.parametrize(
    ("role", "kind", "proposes", "approves"),
    [
        ("terminologist", "site", True, True),
        ("directory_editor", "site", True, True),
        ("directory_contributor", "site", False, False),
        ("director", "edition", True, True),
        ("editor", "edition", True, True),
        ("translator", "edition", True, False),
        ("viewer", "edition", False, False),
        ("forum_editor", "forum", False, False),
    ],
)
def test_roles_propose_and_approve(role: str, kind: str, proposes: bool, approves: bool) -> None:
    by = actor_with(role, Scope(kind, 0 if kind == "site" else 7))
    term = make_term()
    for allowed, act in (
        (proposes, lambda: make_term({"en": "other"}, by=by)),
        (approves, lambda: approve_term(term, by=by)),
        (approves, lambda: change_term(term, by=by, note="n")),
        (approves, lambda: retire_term(term, by=by)),
    ):
        if allowed:
            act()
        else:
            with pytest.raises(PermissionRefused):
                act()


def test_table_says_again_what_was_written_and_changes_nothing() -> None:
    make_term(forbidden={"zh-hans": ["蓝书", "蓝册"]}, note="=1+1", definition=Text.of("A report; yearly."))
    data = write_terms(Term.objects.all(), ["en", "zh-hans"])
    rows = plan_terms(data, by=SYSTEM)
    assert [(row.new, row.changes, row.refused) for row in rows] == [(None, None, "")]
    assert b"'=1+1" in data
    Term.objects.all().delete()
    assert apply_terms(plan_terms(data, by=SYSTEM), by=SYSTEM) == (1, 0)
    term = Term.objects.get()
    assert (term.slug, dict(term.words.texts), term.forbidden, term.note, term.definition.get("en")) == (
        "blue-book",
        BOOK,
        {"zh-hans": ["蓝书", "蓝册"]},
        "=1+1",
        "A report; yearly.",
    )


def test_table_changes_known_terms_and_proposes_others() -> None:
    make_term()
    data = b"slug;term:en;term:fr\nblue-book;Blue Book;livre bleu\n;summit;sommet\n;;\nx;;rien\n"
    rows = plan_terms(data, by=SYSTEM)
    assert [bool(row.new) for row in rows] == [False, True, True]
    assert Term.objects.count() == 1, "a plan writes nothing"
    assert apply_terms(rows, by=SYSTEM) == (2, 1)
    words = {term.slug: dict(term.words.texts) for term in Term.objects.all()}
    assert words == {
        "blue-book": {"en": "Blue Book", "zh-hans": "蓝皮书", "fr": "livre bleu"},
        "summit": {"en": "summit", "fr": "sommet"},
        "x": {"fr": "rien"},
    }


def test_table_of_somebody_who_only_proposes_changes_no_term() -> None:
    make_term()
    translator = actor_with("translator", Scope("edition", 7))
    (row,) = plan_terms(b"slug,term:en\nblue-book,Blue Book\n", by=translator)
    assert (row.changes, bool(row.refused)) == (None, True)
    with pytest.raises(PermissionRefused):
        plan_terms(b"term:en\nx\n", by=PUBLIC)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xfe", b'term:en\n"open'])
def test_what_is_no_table_of_terms_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        plan_terms(data, by=SYSTEM)


def test_api_offers_approved_terms_to_everybody_and_decisions_to_keepers(client: Client) -> None:
    approve_term(make_term({"en": "summit"}), by=SYSTEM)
    make_term()
    headers = {"Authorization": f"Bearer {issue_token(keeper(), 'test', ['read', 'write'])[1]}"}
    address = "/api/v1/directory/terms"
    assert [item["slug"] for item in client.get(address).json()["items"]] == ["summit"]
    assert [item["slug"] for item in client.get(address, headers=headers).json()["items"]] == [
        "blue-book",
        "summit",
    ]
    given = {"words": {"en": "stand", "fr": "stand"}, "forbidden": {"en": ["booth"]}}
    assert client.post(address, given, "application/json").status_code == 403
    made = client.post(address, given, "application/json", headers=headers)
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    for step, state in (("approve", "approved"), ("retire", "retired"), ("reopen", "proposed")):
        assert client.post(f"{address}/stand/{step}", headers=headers).json()["state"] == state
    changed = client.patch(f"{address}/stand", {"note": "n"}, "application/json", headers=headers).json()
    assert (changed["note"], changed["words"]["texts"]) == ("n", given["words"])
    assert client.get(f"{address}/stand").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_keeps_its_query_budget(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        approve_term(make_term({"en": f"term {number}"}, topic=make_topic()), by=SYSTEM)
    with django_assert_num_queries(1):
        assert len(client.get("/api/v1/directory/terms").json()["items"]) == rows


def keeper() -> Account:
    account = make_account()
    Grant.objects.create(account=account, role="terminologist", scope_kind="site", scope_id=0)
    return account
