"""The console's pages of calls: who opens which, what is saved, and what is said when it cannot be."""

from __future__ import annotations

import re
from html import unescape as html_text
from typing import Any

import pytest
from django.test import Client

from summitry.calls.actions.call import publish_call, update_call
from summitry.calls.actions.inquiry import ask
from summitry.calls.models import AccessCode, Call
from summitry.foundation import clock
from tests.calls.make import SYSTEM, make_call, make_entry
from tests.calls.setup.office import CallOffice, make_call_office

pytestmark = pytest.mark.django_db
SET_UP = ("settings", "areas", "form", "awards", "quotas", "rules")


@pytest.fixture
def office() -> CallOffice:
    return make_call_office()


def listed(office: CallOffice) -> str:
    return f"/en/console/{office.edition.slug}/calls/"


def fields_of(html: str) -> dict[str, Any]:
    """Return what the record form of a page would send as it stands."""
    found: dict[str, Any] = {}
    form = html.split('<form class="form')[1].partition("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("checkbox" not in tag or "checked" in tag):
            found.setdefault(name[1], []).append(html_text(value[1]) if value else "on" * ("checkbox" in tag))
    for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s?(.*?)</textarea>', form, re.DOTALL):
        found[name] = [html_text(words)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]*)" selected', options)
    return found


def test_each_role_opens_what_is_hers(office: CallOffice) -> None:
    pages = ("call", *SET_UP, "codes", "inquiries")
    found = {
        who: {name for name in pages if office.signed_in(who).get(office.url(name)).status_code == 200}
        for who in office.accounts
    }
    assert found == {
        "director": set(pages),
        "manager": set(pages),
        "officer": {"call", *SET_UP, "inquiries"},
        "chair": {"call", *SET_UP},
        "juror": {"call"},
        "nobody": set(),
    }
    assert Client().get(office.url("call")).status_code == 302


def test_only_the_office_makes_and_changes_calls(office: CallOffice) -> None:
    office.signed_in("nobody").get(listed(office))
    for who, status in (("officer", 403), ("chair", 403), ("juror", 403)):
        client = office.signed_in(who)
        for name in ("settings", "areas_new", "quotas_new", "rules", "step"):
            data = {"step": "publish"} if name == "step" else {"name.en": "X"}
            assert client.post(office.url(name), data).status_code == status
    office.call.refresh_from_db()
    assert (office.call.state, office.call.areas.count()) == ("draft", 5)


def test_a_call_is_made_from_a_preset(office: CallOffice) -> None:
    client = office.signed_in("director")
    data = {"preset": "competition", "name.en": "Into town", "admission": "open"}
    dates = {"opens_at": "2026-05-01T09:00", "closes_at": "2026-06-01T18:00"}
    assert client.post(f"{listed(office)}new/", data | dates | {"closes_at": "x"}).status_code == 422
    backwards = client.post(f"{listed(office)}new/", data | dates | {"closes_at": "2026-04-01T18:00"})
    assert "It has to close after it opens." in backwards.content.decode()
    assert Call.objects.count() == 1
    assert client.post(f"{listed(office)}new/", data | dates).status_code == 302
    made = Call.objects.get(slug="into-town")
    assert (made.closes_at.isoformat(), made.awards.count()) == ("2026-06-01T10:00:00+00:00", 12)


def test_settings_of_two_editors_are_both_kept(office: CallOffice) -> None:
    client = office.signed_in("manager")
    data = fields_of(client.get(office.url("settings")).content.decode())
    update_call(Call.objects.get(pk=office.call.pk), by=SYSTEM, places=11)
    assert client.post(office.url("settings"), data | {"reserve": "7"}).status_code == 302
    office.call.refresh_from_db()
    assert (office.call.places, office.call.reserve, str(office.call.name)) == (11, 7, "Cases")

    update_call(Call.objects.get(pk=office.call.pk), by=SYSTEM, reserve=9)
    crossed = client.post(office.url("settings"), data | {"reserve": "8"})
    assert (crossed.status_code, "Somebody else saved this meanwhile" in crossed.content.decode()) == (
        422,
        True,
    )
    office.call.refresh_from_db()
    assert office.call.reserve == 9


def test_rows_are_added_changed_moved_and_removed(office: CallOffice) -> None:
    client = office.signed_in("director")
    assert (
        client.post(office.url("areas_new"), {"name.en": "Health", "description.en": ""}).status_code == 302
    )
    client.post(office.url("areas"), {"up": "health"})
    assert list(office.call.areas.values_list("slug", flat=True))[4:] == ["health", "safety"]
    question = {"label.en": "Any film?", "kind": "link", "longest": "0", "is_public": "on"}
    assert client.post(office.url("form_new"), question).status_code == 302
    quota = {"target": "kind:company", "least": "0", "most": "6"}
    assert client.post(office.url("quotas_new"), quota).status_code == 302
    again = client.post(office.url("quotas_new"), quota)
    assert "There is a quota for this already." in again.content.decode()
    award = {"name.en": "Special prize", "area": str(office.call.areas.get(slug="health").pk), "places": "1"}
    assert client.post(office.url("awards_new"), award).status_code == 302
    used = client.post(office.url("areas_one", "health"), {"remove": "1"})
    assert (used.status_code, "is still used" in used.content.decode()) == (409, True)
    assert client.post(office.url("awards_one", "special-prize"), {"remove": "1"}).status_code == 302
    assert client.post(office.url("areas_one", "health"), {"remove": "1"}).status_code == 302
    assert client.get(office.url("areas_one", "health")).status_code == 404


def test_what_is_typed_stays_where_it_is_refused(office: CallOffice) -> None:
    client = office.signed_in("director")
    bad = {"label.en": "<script>alert(1)</script>", "kind": "choice", "options": "A|B|C|D|E", "longest": "-1"}
    refused = client.post(office.url("form_new"), bad)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html
    assert "A|B|C|D|E" in html
    assert client.post(office.url("areas"), {"up": "../../x"}).status_code == 302
    assert client.get(office.url("quotas_one", "9" * 30)).status_code == 404


def test_publishing_asks_for_what_is_missing(office: CallOffice) -> None:
    client = office.signed_in("manager")
    office.call.questions.all().delete()
    refused = client.post(office.url("step"), {"step": "publish"})
    assert (refused.status_code, "The form asks nothing yet." in refused.content.decode()) == (422, True)
    client.post(office.url("form_new"), {"label.en": "Any film?", "kind": "link", "longest": "0"})
    assert client.post(office.url("step"), {"step": "publish"}).status_code == 302
    assert client.post(office.url("step"), {"step": "publish"}).status_code == 409
    assert client.post(office.url("step"), {"step": "cancel"}).status_code == 302
    assert client.post(office.url("step"), {"step": "elsewhere"}).status_code == 302
    office.call.refresh_from_db()
    assert office.call.state == "cancelled"


def test_published_rules_get_a_new_version(office: CallOffice) -> None:
    client = office.signed_in("manager")
    publish_call(office.call, by=SYSTEM)
    data = fields_of(client.get(office.url("rules")).content.decode())
    assert client.post(office.url("rules"), data).status_code == 302
    assert client.post(office.url("rules"), data | {"text.en": "Shorter."}).status_code == 302
    assert client.post(office.url("rules"), data | {"text.en": "Longer."}).status_code == 422
    assert list(office.call.rules_texts.values_list("number", flat=True)) == [1, 2]
    assert "jury decides" in client.get(office.url("rules_version", 1)).content.decode()
    assert client.get(office.url("rules_version", 7)).status_code == 404


def test_codes_are_read_once(office: CallOffice) -> None:
    client = office.signed_in("manager")
    made = client.post(
        office.url("codes"), {"count": "2", "most_uses": "1", "note": "Embassies"}
    ).content.decode()
    codes = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", made)
    again = client.get(office.url("codes")).content.decode()
    assert (len(codes), [code in again for code in codes]) == (2, [False, False])
    pk = AccessCode.objects.order_by("pk")[0].pk
    assert client.post(office.url("codes"), {"close": str(pk)}).status_code == 302
    assert client.post(office.url("codes"), {"close": "0"}).status_code == 404
    assert AccessCode.objects.filter(expires_at__lte=clock.now()).count() == 1


def test_a_question_is_answered(office: CallOffice) -> None:
    publish_call(office.call, by=SYSTEM)
    inquiry = ask(office.call, "Is there a fee?", email="ana@example.org")
    client = office.signed_in("manager")
    assert "ana@example.org" in client.get(office.url("inquiry", inquiry.pk)).content.decode()
    data = fields_of(client.get(office.url("inquiry", inquiry.pk)).content.decode())
    assert client.post(office.url("inquiry", inquiry.pk), data).status_code == 422
    given = data | {"answer.en": "No.", "is_public": "on"}
    assert client.post(office.url("inquiry", inquiry.pk), given).status_code == 302
    assert "Is there a fee?" in Client().get(office.public()).content.decode()
    assert client.post(office.url("inquiry", inquiry.pk), {"dismiss": "1"}).status_code == 302
    assert "Is there a fee?" not in Client().get(office.public()).content.decode()
    assert client.get(office.url("inquiry", 999)).status_code == 404


def test_the_overview_counts_what_its_reader_may_count(office: CallOffice) -> None:
    publish_call(office.call, by=SYSTEM)
    ask(office.call, "Is there a fee?", email="ana@example.org")
    make_entry(office.call, state="submitted")
    seen = {
        who: office.signed_in(who).get(office.url("call")).content.decode()
        for who in ("manager", "chair", "juror")
    }
    assert {who: '<dl class="tiles">' in html for who, html in seen.items()} == {
        "manager": True,
        "chair": True,
        "juror": False,
    }
    assert ["1 question waits" in seen[who] for who in ("manager", "chair")] == [True, False]


@pytest.mark.parametrize("more", [0, 2])
def test_lists_take_the_same_queries_for_one_row_and_three(more: int, django_assert_num_queries: Any) -> None:
    office = make_call_office(fills=False)
    client = office.signed_in("director")
    for n in range(1 + more):
        make_call(office.edition)
        client.post(office.url("areas_new"), {"name.en": f"Area {n}"})
        client.post(office.url("form_new"), {"label.en": f"Question {n}", "kind": "line", "longest": "0"})
        client.post(office.url("awards_new"), {"name.en": f"Award {n}", "places": "1"})
        client.post(office.url("quotas_new"), {"target": f"area:area-{n}", "least": "1"})
    addresses = [listed(office), *(office.url(name) for name in ("areas", "form", "awards", "quotas"))]
    client.get(addresses[0])
    for address, count in zip(addresses, (6, 6, 7, 6, 7), strict=True):
        with django_assert_num_queries(count):
            client.get(address)
