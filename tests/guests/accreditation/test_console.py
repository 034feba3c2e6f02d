"""The console's pages of accreditation: worklist, application, many at once, screening and visa letters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.editions.queries.readiness import Asked
from summitry.foundation import clock
from summitry.foundation.models import BulkRun
from summitry.guests.actions.deciding import decide
from summitry.guests.enums import DecisionKind, FieldKind, GuestState, Step
from summitry.guests.models import Answer, Decision, Guest, Proposal
from summitry.guests.permissions import GUEST_OFFICE, SCREENING
from summitry.guests.queries.answers import sealed_value
from summitry.guests.readiness_accreditation import applications
from summitry.mailing.models import Letter
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, make_officer, officer
from tests.guests.make import make_category, make_field, make_purpose

pytestmark = pytest.mark.django_db
G, K = GuestState, DecisionKind
BASE = "/en/console/rivertown/guests"
SHORT = [Step.APPLICATION, Step.DECISION]


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


def signed_in(edition: Edition, who: str = "officer", role: str = "accreditation") -> Client:
    client = Client()
    client.force_login(make_officer(edition, who, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_worklist_costs_the_same_for_one_and_three(edition, count, django_assert_num_queries):
    category = make_category(edition)
    for n in range(count):
        make_applicant(edition, G.DECIDING, category, who=f"Guest {n}", email="")
    client = signed_in(edition)
    client.get(f"{BASE}/decisions/")
    with django_assert_num_queries(10):
        page = client.get(f"{BASE}/decisions/")
    assert page.content.decode().count("data-row") == count


def test_worklist_puts_what_is_overdue_first(edition):
    slow, quick = make_category(edition), make_category(edition, clocks={"decision": 1})
    make_applicant(edition, G.DECIDING, slow, who="Early", email="")
    late = make_applicant(edition, G.DECIDING, quick, who="Pressing", email="")
    client = signed_in(edition)
    with clock.frozen(late.state_since + dt.timedelta(hours=2)):
        page = client.get(f"{BASE}/decisions/?queue=decision").content.decode()
    assert page.index("Pressing") < page.index("Early")
    assert "1 overdue" in page
    assert client.get(f"{BASE}/decisions/?queue=nothing&category=none").status_code == 200


def test_readiness_has_a_line_for_each_queue_that_leads_to_as_many(edition):
    for state, count in ((G.DECIDING, 2), (G.ON_HOLD, 1)):
        for n in range(count):
            make_applicant(edition, state, who=f"{state} {n}", email="")
    client = signed_in(edition)
    asked = Asked(edition, officer(edition, "other"), "en", {})
    lines = {
        line.key: (line.count, client.get(line.url).context["page"].paginator.count)
        for line in applications(asked)
    }
    assert lines == {"applications-decision": (2, 2), "applications-hold": (1, 1)}


def test_doors_are_for_those_who_decide(edition):
    guest = make_applicant(edition, G.DECIDING)
    pages = ("decisions/", f"decisions/{guest.pk}/", "screening/", "visa-letters/issue/", "data-protection/")
    roles = ("accreditation", DIRECTOR.code, SCREENING.code, GUEST_OFFICE.code)
    people = {role: signed_in(edition, role, role) for role in roles}
    seen = {
        role: [client.get(f"{BASE}/{page}").status_code for page in pages] for role, client in people.items()
    }
    assert seen == {
        "accreditation": [200, 200, 200, 200, 403],
        "director": [200, 200, 200, 403, 403],
        "screening": [403, 403, 200, 403, 403],
        "guest_office": [403, 403, 403, 403, 403],
    }


def test_application_page_decides_and_goes_on_to_the_next(edition):
    category = make_category(edition, steps=SHORT)
    one, two = (make_applicant(edition, G.DECIDING, category, who=who, email="") for who in ("One", "Two"))
    client = signed_in(edition)
    page = f"{BASE}/decisions/{one.pk}/"
    assert client.post(f"{page}decide/", {"kind": "refuse", "seen": "deciding"}).status_code == 422
    assert client.post(f"{page}decide/", {"kind": "nothing", "seen": "deciding"}).status_code == 422
    done = client.post(f"{page}decide/", {"kind": "approve", "seen": "deciding", "queue": "decision"})
    assert done.headers["Location"] == f"{BASE}/decisions/{two.pk}/?queue=decision"
    again = client.post(f"{page}decide/", {"kind": "approve", "seen": "deciding", "told": "Kept words"})
    assert (again.status_code, "Kept words" in again.content.decode()) == (409, True)
    assert fresh(one).state == G.CONFIRMED


def test_second_person_agrees_on_the_page(edition):
    guest = make_applicant(edition, G.DECIDING, make_category(edition, steps=SHORT, needs_two=True), email="")
    decide(guest, K.APPROVE, by=officer(edition, "first"))
    client, page = signed_in(edition), f"{BASE}/decisions/{guest.pk}/"
    assert "Proposed by first@example.org" in client.get(page).content.decode()
    assert client.post(f"{page}agree/").status_code == 302
    assert (fresh(guest).state, Proposal.objects.count()) == (G.CONFIRMED, 0)
    assert client.post(f"{page}agree/").status_code == 404


def test_what_is_sealed_is_shown_only_when_asked_for(edition):
    guest = make_applicant(edition, G.DECIDING)
    field = make_field(
        edition, "passport", kind=FieldKind.IDENTITY, purpose=make_purpose(edition, sealed=True)
    )
    Answer.objects.create(guest=guest, field=field, sealed=sealed_value({"number": "E1234567"}))
    client, page = signed_in(edition), f"{BASE}/decisions/{guest.pk}/"
    assert [b"E1234567" in client.get(page + query).content for query in ("", "?look=1")] == [False, True]
    assert signed_in(edition, "director", DIRECTOR.code).get(f"{page}?look=1").status_code == 403


def test_many_are_decided_with_a_preview_and_taken_back_before_letters_leave(edition):
    category = make_category(edition, steps=SHORT)
    guests = [
        make_applicant(edition, G.DECIDING, category, who=f"G{n}", email=f"g{n}@example.org")
        for n in range(2)
    ]
    two = make_applicant(
        edition, G.DECIDING, make_category(edition, steps=SHORT, needs_two=True), who="VIP", email=""
    )
    client, page = signed_in(edition), f"{BASE}/decisions/together/"
    chosen = {"kind": "refuse", "row": [guest.pk for guest in (*guests, two)], "queue": "decision"}
    first = client.post(page, chosen).content.decode()
    assert all(
        words in first
        for words in ("2 letters, such as this one", "1 is left out", "Two people have to agree")
    )
    assert client.post(page, {**chosen, "then": "confirm"}).status_code == 422
    form = {
        **chosen,
        "reason": "Full",
        "told": "Thank you.",
        "seen": [f"{guest.pk}:deciding" for guest in guests],
    }
    assert "Thank you." in client.post(page, {**form, "then": "preview"}).content.decode()
    assert Decision.objects.count() == 0
    done = client.post(page, {**form, "then": "confirm"})
    run = BulkRun.objects.get()
    assert done.headers["Location"] == f"{page}{run.pk}/"
    assert (Decision.objects.count(), Letter.objects.count(), fresh(two).state) == (2, 2, G.DECIDING)
    assert client.post(page, {**form, "then": "confirm"}).status_code in (409, 422, 200)
    assert client.post(f"{page}{run.pk}/").status_code == 302
    assert {fresh(guest).state for guest in guests} == {G.DECIDING}
    assert Letter.objects.count() == 0
    assert client.post(f"{page}{run.pk}/").status_code == 409


def test_nothing_is_taken_back_once_a_letter_has_left(edition):
    guest = make_applicant(edition, G.DECIDING, make_category(edition, steps=SHORT))
    client, page = signed_in(edition), f"{BASE}/decisions/together/"
    client.post(page, {"kind": "approve", "row": [guest.pk], "then": "confirm"})
    Letter.objects.update(state="sent")
    refused = client.post(f"{page}{BulkRun.objects.get().pk}/")
    assert (refused.status_code, "The letters have left already" in refused.content.decode()) == (409, True)
    assert fresh(guest).state == G.CONFIRMED


def test_screening_pages_take_lists_and_results(edition):
    category = make_category(edition)
    for n in range(2):
        make_applicant(edition, G.SCREENING, category, who=f"G{n}", email="")
    client, page = signed_in(edition, "liaison", SCREENING.code), f"{BASE}/screening/"
    assert client.post(page).headers["Location"] == f"{page}1/"
    assert client.post(page).status_code == 409
    file = client.get(f"{page}1/?as=csv").getvalue().decode()
    code, other = (line.split(",")[0] for line in file.splitlines()[1:])
    assert client.post(f"{page}1/{code}/", {"result": "passed"}).status_code == 302
    wrong = SimpleUploadedFile("r.csv", b"code,result\nS1-NONE,passed\n")
    assert client.post(f"{page}1/", {"file": wrong}).status_code == 422
    right = SimpleUploadedFile("r.csv", f"code,result\n{other},objects\n".encode())
    assert client.post(f"{page}1/", {"file": right}).status_code == 302
    assert sorted(Guest.objects.values_list("state", flat=True)) == [G.DECIDING, G.ON_HOLD]
    assert client.get(f"{page}1/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_visa_letters_are_issued_to_all_who_wait(edition, count, django_assert_num_queries):
    with clock.frozen(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)):
        category = make_category(edition)
        passport = make_field(
            edition, "passport", kind=FieldKind.IDENTITY, purpose=make_purpose(edition, sealed=True)
        )
        visa = make_field(edition, "visa", kind=FieldKind.YES_NO)
        for n in range(count):
            guest = make_applicant(edition, G.APPROVED, category, who=f"G{n}", email="")
            Answer.objects.create(guest=guest, field=passport, sealed=sealed_value({"number": f"E{n}"}))
            Answer.objects.create(guest=guest, field=visa, value=True)
        client = signed_in(edition)
        assert client.get(f"{BASE}/visa-letters/issue/").content.decode().count("<li><div><b>") == count
        assert client.post(f"{BASE}/visa-letters/issue/", {"second": "fr"}).status_code == 302
        client.get(f"{BASE}/visa-letters/")
        with django_assert_num_queries(9):
            page = client.get(f"{BASE}/visa-letters/").content.decode()
    assert page.count("rivertown/0000") == count
