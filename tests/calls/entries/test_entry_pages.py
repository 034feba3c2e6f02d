"""The pages of an entry by its link, of a member by hers, and where entries begin."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from summitry.calls.actions.access_code import create_codes
from summitry.calls.actions.entry import renew_entry_link
from summitry.calls.actions.member import NewMember, add_member
from summitry.calls.enums import Admission, EntryState, MemberState
from summitry.calls.models import AccessCode, Attachment, Call, Entry, Member, Nomination, Relation, RulesText
from summitry.calls.queries.entry_links import member_secret, secret_of
from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.foundation.models import StoredFile
from summitry.mailing.models import Letter
from tests.calls.entries.make import entrant, make_draft, make_question, pdf
from tests.calls.make import SYSTEM, make_area, make_call
from tests.directory.make import make_entity
from tests.editions.make import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    made = make_call(make_edition(is_public=True), languages=["en", "ar"])
    make_area(made, "energy")
    make_question(made, "budget", "number", areas=["energy"])
    make_question(made, "plan", "file", longest=1)
    RulesText.objects.create(call=made, number=1, text=Text.of("Be fair."))
    return made


def at(name: str, entry: Entry, *more: object) -> str:
    return reverse(f"entry:{name}", args=[secret_of(entry), *more])


def begin_url(call: Call) -> str:
    return reverse("calls_public:begin", args=[call.edition.slug, call.slug])


def test_an_entry_goes_from_the_public_page_to_its_receipt(client: Client, call: Call) -> None:
    entity = make_entity("XA")
    given = {"contact_name": "Ada", "contact_email": "ada@ada.example", "language": "en"}
    assert client.get(begin_url(call)).status_code == 200
    assert "ada@ada.example" in client.post(begin_url(call), given).content.decode()
    link = re.search(r"/en/entry/[^/]+/", Letter.objects.get().text)
    entry = Entry.objects.get()
    assert link is None  # sealed: only the letter that leaves has it

    page = client.get(at("page", entry)).content.decode()
    assert "Please give a title" in page
    fields = {
        "edits": "0",
        "title.en": "A turbine",
        "title.ar": "توربين",
        "abstract.en": "It turns.",
        "area": "energy",
        "kind": "company",
        "organisation_name": "Ada Ltd",
        "entity": entity.code,
        "contact_name": "Ada",
        "language": "en",
        "q.budget": "12",
        "q.plan": pdf(),
        "save": "1",
    }
    assert client.post(at("fill", entry), fields).status_code == 302
    assert client.get(at("fill", entry)).status_code == 200
    assert client.get(at("page", entry)).status_code == 200
    refused = client.post(at("submit", entry))
    assert (refused.status_code, "accept the rules" in refused.content.decode()) == (422, True)
    assert client.post(at("submit", entry), {"rules": "1"}).headers["Location"] == at("receipt", entry)
    assert client.post(at("submit", entry), {"rules": "1"}).headers["Location"] == at("receipt", entry)
    receipt = client.get(at("receipt", entry)).content.decode()
    assert entry.versions.get().digest in receipt
    assert client.get(at("fill", entry)).status_code == 302
    assert client.get(at("page", entry)).status_code == 200
    sent = client.get(at("file", entry, "plan"))
    sent.close()
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_what_is_missing_leads_to_the_box_of_its_readers_language(client: Client, call: Call) -> None:
    entry = make_draft(call, title={"en": ""})
    fill = at("fill", entry).replace("/en/", "/ar/")
    assert f"{at('fill', entry)}#id_title" in client.get(at("page", entry)).content.decode()
    blank = client.get(fill).content.decode()
    # Nothing is the original of a title that nobody has written yet.
    assert ('id="id_title"' in blank, "المصدر" in blank.partition('id="id_abstract"')[0]) == (True, False)
    refused = client.post(fill, {"edits": "0", "title.ar": "x" * 201})
    assert 'href="#id_title-ar"' in refused.content.decode()


def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_written(
    client: Client, call: Call
) -> None:
    entry = make_draft(call)
    files = StoredFile.objects.count()
    answer = client.post(
        at("fill", entry), {"edits": "1", "title.en": "New", "q.budget": "many", "q.plan": pdf()}
    )
    body = answer.content.decode()
    entry.refresh_from_db()
    assert (answer.status_code, "Give a whole number." in body, 'value="many"' in body) == (422, True, True)
    assert (str(entry.title), StoredFile.objects.count()) == ("A tidal turbine", files)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (pdf(size=1_000_001), "The file is too large: at most 1 MB."),
        (pdf("plan.docx"), "The file is damaged, or not what its name says."),
        (SimpleUploadedFile("plan.pdf", b"MZ\x90\x00" + bytes(200)), "cannot be used here"),
        (SimpleUploadedFile("x.html", b"<script>alert(1)</script>"), "cannot be used here"),
        (SimpleUploadedFile("empty.pdf", b""), "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_used_gets_a_clear_answer(
    client: Client, call: Call, upload: object, words: str
) -> None:
    entry = make_draft(call)
    answer = client.post(at("fill", entry), {"edits": "1", "q.plan": upload})
    assert (answer.status_code, words in answer.content.decode(), Attachment.objects.count()) == (
        422,
        True,
        0,
    )


def test_autosave_takes_what_it_can_and_says_what_it_cannot(client: Client, call: Call) -> None:
    entry = make_draft(call)
    answer = client.post(at("autosave", entry), {"edits": "1", "title.en": "New", "q.budget": "many"})
    behind = client.post(at("autosave", entry), {"edits": "1", "title.en": "Other window"})
    entry.refresh_from_db()

    assert (answer.status_code, answer.json()["edits"], list(answer.json()["errors"])) == (
        200,
        2,
        ["q.budget"],
    )
    assert (behind.status_code, str(entry.title)) == (409, "New")


def test_a_page_that_is_behind_keeps_its_words_and_the_next_save_decides(client: Client, call: Call) -> None:
    entry = make_draft(call)
    client.post(at("fill", entry), {"edits": "1", "title.en": "First"})
    answer = client.post(at("fill", entry), {"edits": "1", "title.en": "Second"})
    body = answer.content.decode()
    assert (answer.status_code, 'value="Second"' in body) == (409, True)
    assert 'name="edits" value="2"' in body
    client.post(at("fill", entry), {"edits": "2", "title.en": "Second"})
    entry.refresh_from_db()
    assert str(entry.title) == "Second"


def test_links_that_are_unknown_or_old_open_nothing(client: Client, call: Call) -> None:
    entry = make_draft(call)
    old = at("page", entry)
    renew_entry_link(entry, by=SYSTEM)
    unknown = reverse("entry:page", args=["1-1.nothing"])

    assert [client.get(url).status_code for url in (old, unknown, at("page", entry))] == [410, 404, 200]
    Letter.objects.all().delete()
    assert client.post(reverse("entry:again", args=[old.split("/")[-2]])).status_code == 200
    assert Letter.objects.count() == 1
    assert client.get(reverse("entry:member", args=[secret_of(entry)])).status_code == 404


def test_a_member_confirms_by_her_own_link(client: Client, call: Call) -> None:
    entry = make_draft(call)
    answer = client.post(
        at("add_member", entry),
        {"member-name": "Bea", "member-email": "bea@bea.example", "member-part": "Blades"},
    )
    assert answer.status_code == 302
    member = Member.objects.get()
    url = reverse("entry:member", args=[member_secret(member)])
    assert client.get(url).status_code == 200
    client.post(url, {"answer": "yes"})
    member.refresh_from_db()
    assert member.state == MemberState.CONFIRMED
    client.post(url, {"answer": "no"})
    assert client.get(url).status_code == 200
    assert client.get(at("page", entry)).status_code == 200
    twice = client.post(at("add_member", entry), {"member-name": "Bea", "member-email": "BEA@bea.example"})
    assert twice.status_code == 422
    assert client.post(at("change_member", entry, member.pk), {"remove": "1"}).status_code == 302
    assert client.get(url).status_code == 404


def test_a_link_changes_members_of_its_own_entry_only(client: Client, call: Call) -> None:
    mine, other = make_draft(call), make_draft(call, "bea@bea.example")
    member = add_member(other, NewMember("Cid", "cid@cid.example"), by=entrant(other))
    assert client.post(at("change_member", mine, member.pk), {"remove": "1"}).status_code == 404


def test_relations_are_declared_and_listed_in_the_receipt(client: Client, call: Call) -> None:
    entry = make_draft(call, area="energy")
    given = {"relation-name": "Prof. Dee", "relation-kind": "adviser", "relation-explanation": "Our adviser"}
    assert client.post(at("declare", entry), given).status_code == 302
    client.post(at("submit", entry), {"rules": "1"})
    assert "Prof. Dee" in Letter.objects.filter(address="ada@ada.example").latest("pk").text
    assert "Prof. Dee" in client.get(at("receipt", entry)).content.decode()
    relation = Relation.objects.get()
    assert client.post(at("take_back", entry, relation.pk)).status_code == 409
    assert (
        client.post(at("declare", entry), {"relation-name": "", "relation-kind": "juror"}).status_code == 422
    )


def test_opening_again_and_withdrawing(client: Client, call: Call) -> None:
    entry = make_draft(call, area="energy")
    client.post(at("submit", entry), {"rules": "1"})
    assert client.post(at("reopen", entry)).headers["Location"] == at("fill", entry)
    assert client.get(at("withdraw", entry)).status_code == 200
    assert client.post(at("withdraw", entry), {"reason": ""}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == EntryState.WITHDRAWN
    assert client.get(at("page", entry)).status_code == 200
    assert client.post(at("reopen", entry)).status_code == 409


def test_a_code_opens_a_call_and_asking_twice_spends_one_use(client: Client, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(admission=Admission.CODE)
    (code,) = create_codes(call, 1, by=SYSTEM)
    given = {"contact_name": "Ada", "contact_email": "ada@ada.example", "language": "en"}
    wrong = client.post(begin_url(call), {**given, "access_code": "AAAA-AAAA-AAAA"})
    assert (wrong.status_code, Entry.objects.count()) == (422, 0)
    for _n in range(2):
        assert client.post(begin_url(call), {**given, "access_code": code.lower()}).status_code == 200
    other = client.post(begin_url(call), {**given, "contact_email": "b@b.example", "access_code": code})
    assert (other.status_code, Entry.objects.count(), AccessCode.objects.get().used) == (422, 1, 1)


def test_a_call_by_nomination_takes_nominations_only(client: Client, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(admission=Admission.NOMINATION)
    given = {"contact_name": "Ada", "contact_email": "ada@ada.example"}
    assert client.post(begin_url(call), given).status_code == 409
    url = reverse("calls_public:nominate", args=[call.edition.slug, call.slug])
    assert client.get(url).status_code == 200
    nomination = {
        "nominee_name": "Bea",
        "nominee_email": "bea@bea.example",
        "nominator_name": "Ada",
        "nominator_email": "ada@ada.example",
        "words": "She is good.",
        "language": "en",
    }
    assert client.post(url, {**nomination, "nominee_name": "http://spam"}).status_code == 422
    assert client.post(url, nomination).status_code == 200
    assert (Nomination.objects.count(), Letter.objects.count()) == (1, 0)


def test_too_many_forms_from_one_network_have_to_wait(client: Client, call: Call) -> None:
    cache.clear()
    for n in range(20):
        client.post(begin_url(call), {"contact_name": "", "contact_email": f"a{n}@a.example"})
    assert (
        client.post(begin_url(call), {"contact_name": "A", "contact_email": "a@a.example"}).status_code == 429
    )


def test_a_closed_or_hidden_call_takes_nothing(client: Client, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(state="frozen")
    given = {"contact_name": "Ada", "contact_email": "ada@ada.example", "language": "en"}
    assert client.post(begin_url(call), given).status_code == 409
    Edition.objects.update(is_public=False)
    assert client.get(begin_url(call)).status_code == 404
