"""The workbench's pages: what each role sees there, what they cost, and that nothing typed is lost."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.directory.models import Term
from summitry.foundation.models import Account, Progress
from summitry.programme.actions.session import add_contribution
from summitry.programme.models import Session
from summitry.translation.actions.exporting import export_table
from summitry.translation.actions.translate import Seen, save_translation
from summitry.translation.machine import Recording, use_machine
from summitry.translation.models import Assignment
from summitry.translation.queries.units import units_by_id, units_of
from tests.directory.make import SYSTEM, make_account
from tests.translation.make import AR, ZH, Desk, make_assignment, make_desk, make_holder, make_term

pytestmark = pytest.mark.django_db
BUDGETS = [
    ("", 22),
    ("texts/", 26),
    ("assignments/", 24),
    ("terms/", 6),
    ("files/", 22),
    ("files/texts.xlf", 23),
]
PAGES = ("", "texts/", "assignments/", "terms/", "files/", "files/texts.csv", "files/texts.xlf")


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def client_of(desk: Desk, role: str) -> Client:
    if role == "forum_editor":
        return signed_in(make_holder(role, "forum", desk.forums["memory"].pk, partner_of=desk.edition))
    return signed_in(make_holder(role, "edition", desk.edition.pk))


def test_each_role_sees_its_texts_and_no_other_on_every_page(desk: Desk) -> None:
    make_term({"en": "archive", ZH: "档案"})
    own, foreign = "Digital memory", "Trust and safety"
    for role, sees in (("director", True), ("translator", True), ("viewer", True), ("forum_editor", False)):
        client = client_of(desk, role)
        for page in PAGES:
            answer = client.get(desk.url(page), {"lang": AR})
            assert answer.status_code == 200, (role, page)
            said = answer.content.decode()
            assert foreign not in said or sees, (role, page)
            assert own in said or page in {"assignments/", "terms/", "files/"}, (role, page)


@pytest.mark.parametrize(("lang", "head"), [("en", "Who"), ("ar", "مَن")])
def test_assignments_and_terms_are_tables_in_which_nothing_acts(desk: Desk, lang: str, head: str) -> None:
    make_term({"en": "=archive", ZH: "档案"})
    translator = make_holder("translator", "edition", desk.edition.pk)
    make_assignment(desk, translator, note="=1+1")
    client = client_of(desk, "director")
    assigned = csv_of(client.get(desk.url("assignments/?as=csv", lang=lang)))
    terms = csv_of(client.get(desk.url("terms/terms.csv", lang=lang)))
    assert (assigned[0][0], assigned[1][4], terms[1][3]) == (head, "'=1+1", "'=archive")
    for page in ("assignments/?as=xlsx", "terms/terms.xlsx"):
        assert b"".join(client.get(desk.url(page, lang=lang))).startswith(b"PK")


def csv_of(answer: HttpResponseBase) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_workbench_is_closed_to_everybody_else(desk: Desk, client: Client) -> None:
    elsewhere = signed_in(make_holder("director", "edition", desk.edition.pk + 1))
    nobody = signed_in(make_account())
    partner = signed_in(make_holder("partner", "edition", desk.edition.pk))
    for page in PAGES:
        assert client.get(desk.url(page)).status_code == 302
        for stranger in (elsewhere, nobody, partner):
            assert stranger.get(desk.url(page)).status_code == 403, page


def test_foreign_text_is_not_found_whatever_is_asked_of_it(desk: Desk) -> None:
    client = client_of(desk, "forum_editor")
    address = desk.url(f"texts/{desk.text(desk.sessions['doors'])}/{AR}/")
    assert client.get(address).status_code == 404
    assert client.post(address, {"words": "x", "state": "reviewed"}).status_code == 404
    assert client.post(f"{address}look/", {"words": "x"}).status_code == 404
    assert "Open doors" not in client.get(address).content.decode()


def form(desk: Desk, unit_id: str, lang: str, words: str, **facts: Any) -> dict[str, Any]:
    seen = Seen.of(units_by_id(desk.edition, [unit_id])[unit_id], lang)
    return {"words": words, "state": "reviewed", "source": seen.source, "target": seen.target, **facts}


def test_text_is_saved_and_the_list_goes_on_where_it_was(desk: Desk) -> None:
    client, unit_id = client_of(desk, "translator"), desk.text(desk.sessions["doors"])
    back = "?lang=ar&state=missing&page=2"
    given = form(desk, unit_id, AR, "أبواب", back=back, next="there")
    answer = client.post(desk.url(f"texts/{unit_id}/{AR}/"), given)
    assert answer["Location"] == desk.url("texts/") + "?lang=ar&state=missing&page=2#there"
    assert Session.objects.get(code="doors").title.get(AR) == "أبواب"


def test_fragment_is_answered_with_the_card_alone(desk: Desk) -> None:
    client, unit_id = client_of(desk, "translator"), desk.text(desk.sessions["doors"])
    address = desk.url(f"texts/{unit_id}/{AR}/")
    answer = client.post(address, form(desk, unit_id, AR, "أبواب"), headers={"X-Fragment": "1"})
    said = answer.content.decode()
    assert (answer.status_code, "<html" in said, 'data-state="reviewed"' in said) == (200, False, True)


def test_conflict_shows_both_and_the_next_saving_is_a_decision(desk: Desk) -> None:
    client, unit_id = client_of(desk, "translator"), desk.text(desk.sessions["doors"])
    address = desk.url(f"texts/{unit_id}/{ZH}/")
    given = form(desk, unit_id, ZH, "我的门")
    save_translation(desk.edition, unit_id, ZH, "他的门", by=SYSTEM)
    answer = client.post(address, given)
    said = answer.content.decode()
    assert (answer.status_code, "我的门" in said, "他的门" in said) == (409, True, True)
    assert Session.objects.get(code="doors").title.get(ZH) == "他的门"
    assert client.post(address, form(desk, unit_id, ZH, "我的门")).status_code == 302
    assert Session.objects.get(code="doors").title.get(ZH) == "我的门"


def test_words_that_cannot_be_stored_are_kept_in_the_form(desk: Desk) -> None:
    client, unit_id = client_of(desk, "translator"), desk.text(desk.sessions["doors"])
    answer = client.post(desk.url(f"texts/{unit_id}/{ZH}/"), form(desk, unit_id, ZH, "门" * 501))
    said = answer.content.decode()
    assert (answer.status_code, "门" * 501 in said, "1 character too many" in said) == (422, True, True)


def test_remarks_are_given_while_words_are_typed(desk: Desk) -> None:
    make_term({"en": "archive", ZH: "档案"}, forbidden={ZH: ["文档"]})
    client, unit_id = client_of(desk, "translator"), desk.text(desk.sessions["archives"])
    answer = client.post(desk.url(f"texts/{unit_id}/{ZH}/look/"), {"words": "城镇的文档"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert all(part in said for part in ("is agreed as", "is not to be used", "Numbers of the source"))


def test_card_shows_what_changed_in_the_source_and_the_agreed_terms(desk: Desk) -> None:
    make_term({"en": "archive", ZH: "档案"})
    said = client_of(desk, "viewer").get(desk.url("texts/"), {"lang": ZH, "state": "stale"}).content.decode()
    assert "<del>12</del><ins>14</ins>" in said
    assert '<mark title="档案">Archives</mark>' in said
    assert "<textarea" not in said, "a viewer writes nothing"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": "missing", "kind": "programme.contribution"}, {"keynote", "panel"}),
        ({"state": "stale"}, {"archives"}),
        ({"state": "machine"}, {"trust"}),
        ({"q": "KEEPING"}, {"keynote"}),
        ({"q": "记忆"}, {"memory", "archives"}),
        ({"assignee": "nobody", "state": "stale"}, {"archives"}),
        ({"state": "nonsense", "kind": "x"}, set()),
    ],
)
def test_filters_leave_exactly_their_texts(desk: Desk, query: dict[str, str], names: set[str]) -> None:
    rows = {**desk.forums, **desk.sessions, **desk.contributions, **desk.people}
    answer = client_of(desk, "viewer").get(desk.url("texts/"), {"lang": ZH, **query})
    shown = {card.unit.pk for card in answer.context["cards"]}
    kinds = {card.unit.source.key for card in answer.context["cards"]}
    assert (shown, kinds) == (
        {rows[name].pk for name in names},
        {rows[name]._meta.label_lower for name in names},
    )


def test_forum_filter_and_my_assignments(desk: Desk) -> None:
    account = make_holder("translator", "edition", desk.edition.pk)
    make_assignment(desk, account, ZH, source="programme.session", forum_id=desk.forums["trust"].pk)
    client = signed_in(account)
    for query in ({"assignee": "me"}, {"forum": str(desk.forums["trust"].pk), "kind": "programme.session"}):
        answer = client.get(desk.url("texts/"), {"lang": ZH, **query})
        assert [card.unit.id for card in answer.context["cards"]] == [desk.text(desk.sessions["doors"])]
    said = client.get(desk.url()).content.decode()
    assert "Assigned to me" in said
    assert [way.lang for way in client.get(desk.url()).context["per_language"]] == [ZH]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("page", "budget"),
    BUDGETS,
)
def test_pages_keep_their_query_budget(
    desk: Desk, page: str, budget: int, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        add_contribution(desk.sessions["doors"], by=SYSTEM, title=desk.contributions["panel"].title)
        make_term({"en": f"term {number}", ZH: f"词{number}"})
        make_assignment(desk, make_account(), AR)
    client = client_of(desk, "director")
    client.get(desk.url(page), {"lang": ZH})
    cache.clear()
    with django_assert_num_queries(budget):
        assert client.get(desk.url(page), {"lang": ZH}).status_code == 200


def test_assignment_is_made_changed_and_withdrawn(desk: Desk) -> None:
    client, translator = client_of(desk, "director"), make_holder("translator", "edition", desk.edition.pk)
    given = {
        "account": translator.pk,
        "language": ZH,
        "forum_id": desk.forums["trust"].pk,
        "due_at": "2026-10-01T12:00",
    }
    assert client.post(desk.url("assignments/"), given).status_code == 302
    row = Assignment.objects.get()
    assert (row.language, row.forum_id, row.due_at and row.due_at.isoformat()) == (
        ZH,
        desk.forums["trust"].pk,
        "2026-10-01T04:00:00+00:00",
    )
    assert client.post(desk.url("assignments/"), given).status_code == 422, "not twice"
    page = client.get(desk.url(f"assignments/{row.pk}/"))
    changed = {"seen": page.context["form"]["seen"].value(), "due_at": "", "note": "Titles first"}
    assert client.post(desk.url(f"assignments/{row.pk}/"), changed).status_code == 302
    row.refresh_from_db()
    assert (row.note, row.due_at) == ("Titles first", None)
    assert signed_in(translator).post(desk.url(f"assignments/{row.pk}/withdraw/")).status_code == 403
    assert client.post(desk.url(f"assignments/{row.pk}/withdraw/")).status_code == 302
    assert not Assignment.objects.exists()


def test_terms_are_proposed_by_translators_and_approved_by_editors(desk: Desk) -> None:
    translator, editor = client_of(desk, "translator"), client_of(desk, "editor")
    given = {"words.en": "blue book", f"words.{ZH}": "蓝皮书", f"forbidden.{ZH}": "蓝书\n\n蓝册"}
    assert translator.post(desk.url("terms/new/"), given).status_code == 302
    term = Term.objects.get()
    assert (term.slug, term.state, term.forbidden) == ("blue-book", "proposed", {ZH: ["蓝书", "蓝册"]})
    assert translator.post(desk.url(f"terms/{term.slug}/move/"), {"move": "approve"}).status_code == 403
    assert editor.post(desk.url(f"terms/{term.slug}/move/"), {"move": "approve"}).status_code == 302
    page = editor.get(desk.url(f"terms/{term.slug}/"))
    changed = {"seen": page.context["form"]["seen"].value(), "words.en": "Blue Book", f"words.{ZH}": "蓝皮书"}
    assert editor.post(desk.url(f"terms/{term.slug}/"), changed).status_code == 302
    term.refresh_from_db()
    assert (term.words.get("en"), term.state, term.forbidden) == ("Blue Book", "approved", {})
    assert translator.post(desk.url("terms/new/"), {"words.en": ""}).status_code == 422
    assert client_of(desk, "viewer").get(desk.url("terms/new/")).status_code == 403


def test_table_of_terms_is_reported_first_and_imported_then(desk: Desk) -> None:
    client = client_of(desk, "translator")
    sent = {"file": SimpleUploadedFile("terms.csv", b"term:en,term:ar\nbooth,x\n")}
    page = client.post(desk.url("terms/import/"), sent)
    assert (page.status_code, page.context["writes"], Term.objects.count()) == (200, 1, 0)
    assert client.post(desk.url("terms/import/"), {"write": "1"}).status_code == 302
    assert Term.objects.get().slug == "booth"
    assert client.post(desk.url("terms/import/"), {"write": "1"}).status_code == 422, "the file is gone"
    assert client.get(desk.url("terms/terms.csv")).content.startswith(b"\xef\xbb\xbfslug,state")


def test_file_is_reported_first_and_imported_then(desk: Desk) -> None:
    client = client_of(desk, "translator")
    data = export_table(desk.edition, units_of(desk.edition), AR).data.replace(
        b"Open doors,ar,,missing", "Open doors,ar,أبواب,reviewed".encode()
    )
    given = {"file": SimpleUploadedFile("texts.csv", data), "lang": AR}
    answer = client.post(desk.url("files/"), given)
    assert answer["Location"] == desk.url("files/report/")
    page = client.get(desk.url("files/report/"))
    assert "أبواب" in page.content.decode()
    assert Session.objects.get(code="doors").title.get(AR) == ""
    assert client.post(desk.url("files/report/"), {"plan": "old"}).status_code == 409
    answer = client.post(desk.url("files/report/"), {"plan": page.context["plan"].fingerprint})
    assert answer.status_code == 302
    assert Session.objects.get(code="doors").title.get(AR) == "أبواب"
    assert client.get(desk.url("files/report/")).status_code == 302, "the file is gone"


def test_file_that_cannot_be_read_is_refused_beside_its_field(desk: Desk) -> None:
    client = client_of(desk, "translator")
    given = {"file": SimpleUploadedFile("texts.xlf", b"<!DOCTYPE x><xliff/>"), "lang": AR}
    answer = client.post(desk.url("files/"), given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert client_of(desk, "viewer").post(desk.url("files/"), given).status_code == 403


def test_machine_translation_is_ordered_where_there_is_a_machine(desk: Desk) -> None:
    client = client_of(desk, "translator")
    assert client.get(desk.url("machine/")).status_code == 404
    with use_machine(Recording()):
        page = client.get(desk.url("machine/"), {"lang": AR})
        assert page.context["count"] == 9
        answer = client.post(desk.url("machine/") + f"?lang={AR}&kind=programme.session")
        assert (answer.status_code, Progress.objects.get().details) == (302, {"lang": AR})
        assert client_of(desk, "viewer").get(desk.url("machine/")).status_code == 403


@pytest.mark.parametrize("lang", ["en", "zh-hans", "ar"])
def test_empty_pages_say_the_next_step(lang: str, client: Client) -> None:
    desk = make_desk(languages=["en"])
    client.force_login(make_holder("director", "edition", desk.edition.pk))
    for page in ("texts/", "assignments/", "terms/"):
        assert 'class="empty"' in client.get(desk.url(page, lang)).content.decode()
