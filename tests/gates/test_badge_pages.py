import pytest
from django.test import Client

from summitry.editions.queries.readiness import readiness
from summitry.foundation.models import Progress
from summitry.gates.actions.badge_checks import check_badges
from summitry.gates.actions.badge_printing import print_badges
from summitry.gates.models import BadgeBatch, BadgeLayout, Credential
from summitry.gates.queries.badge_elements import SET_IN_TYPE
from summitry.guests.models import Guest
from summitry.guests.queries.guest_links import page_path
from tests.gates.badge_house import Badges, make_badges
from tests.gates.make import make_gate, make_scanner, make_zone
from tests.guests.make import SYSTEM

pytestmark = pytest.mark.django_db


def _form(layout: BadgeLayout, **more: object) -> dict[str, object]:
    data: dict[str, object] = {
        "name": layout.name,
        "width": layout.width,
        "height": layout.height,
        "seen": layout.revision,
        "guest": 0,
    }
    for place, element in enumerate(layout.elements):
        parts = element if element["kind"] in SET_IN_TYPE else ("kind", "x", "y", "w", "h")
        data |= {f"e{place}-{part}": element[part] for part in parts if element[part] not in (False, "", 0)}
    return data | more


def test_the_pages_of_badges_open_for_those_who_print_and_for_nobody_else() -> None:
    made = make_badges("anna", "li", accounts=True)
    check_badges(made.edition)
    guest = made.guests["anna"].pk
    pages = [
        "badges/",
        "badges/layouts/",
        f"badges/layouts/{made.layout.pk}/",
        "badges/print/",
        "badges/pickup/",
        f"badges/guests/{guest}/",
    ]
    director, stranger = made.signed_in("director"), Client()
    assert [director.get(made.url(page)).status_code for page in pages] == [200] * 6
    assert [stranger.get(made.url(page)).status_code for page in pages] == [302] * 6
    office = made.signed_in("guest_office")
    assert [office.get(made.url(page)).status_code for page in pages[3:]] == [403] * 3
    picture = director.get(made.url(f"badges/guests/{guest}/picture.png"))
    assert (picture.status_code, picture.content[1:4]) == (200, b"PNG")


def test_the_editor_saves_adds_and_removes_by_numbers_alone() -> None:
    made = make_badges("anna", accounts=True)
    client, layout = made.signed_in("director"), made.layout
    url = made.url(f"badges/layouts/{layout.pk}/")
    n = len(layout.elements)
    assert (
        client.post(url, _form(layout, **{"e0-x": "12,5", "e1-gone": "1", "add": "text"})).status_code == 302
    )
    layout.refresh_from_db()
    assert (layout.elements[0]["x"], len(layout.elements), layout.elements[-1]["kind"], layout.revision) == (
        12.5,
        n,
        "text",
        2,
    )
    stale = client.post(url, _form(layout, seen=1, name="Other"))
    assert (stale.status_code, BadgeLayout.objects.get().name) == (422, "Card")


def test_the_editor_names_what_is_wrong_and_keeps_what_was_typed() -> None:
    made = make_badges("anna", accounts=True)
    client, layout = made.signed_in("director"), made.layout
    data = _form(layout, **{"e0-x": "700", "e1-size": "x", "width": "105"})
    answer = client.post(made.url(f"badges/layouts/{layout.pk}/"), data)
    assert answer.status_code == 422
    assert [
        text in answer.content.decode()
        for text in ('value="700"', "A number from 0 to 105.", "A number from 4 to 120.")
    ] == [True] * 3
    tried = client.post(made.url(f"badges/layouts/{layout.pk}/try/"), data)
    assert (tried.status_code, tried.json()["wrong"]) == (
        422,
        ["A number from 0 to 105.", "A number from 4 to 120."],
    )
    good = client.post(
        made.url(f"badges/layouts/{layout.pk}/try/"), _form(layout, guest=made.guests["anna"].pk)
    )
    assert good.json()["picture"].startswith("data:image/png;base64,")
    assert BadgeLayout.objects.get().revision == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_badges_takes_few_statements(rows: int, django_assert_num_queries: object) -> None:
    made = make_badges(*["anna", "li", "sergei"][:rows], accounts=True)
    check_badges(made.edition)
    client = made.signed_in("director")
    client.get(made.url("badges/"))
    with django_assert_num_queries(11):  # type: ignore[operator]
        assert client.get(made.url("badges/")).status_code == 200


def test_what_a_desk_orders_waits_on_the_page_until_all_that_wait_are_printed() -> None:
    made = make_badges("anna", "li", accounts=True)
    desk = make_scanner(make_gate(make_zone(made.edition), kind="desk"), "Desk 4")
    answer = desk.post("reprint", {"guest": made.guests["anna"].pk, "reason": "torn"})
    assert answer.status_code == 201
    client, page = made.signed_in("director"), made.url("badges/print/")
    shown = client.get(page).content.decode()
    assert ["Anna de la Cruz" in shown, "Desk 4" in shown, "Li Xiaoming" in shown] == [True, True, False]
    listed = client.get(made.url("badges/?queue=yes")).content.decode()
    assert ["Anna de la Cruz" in listed, "To be printed: Desk 4" in listed, "Li Xiaoming" in listed] == [
        True,
        True,
        False,
    ]
    assert client.post(page, {"queue": "1"}).status_code == 302
    batch, progress = BadgeBatch.objects.get(), Progress.objects.get()
    print_badges.call(str(progress.public_id), batch.pk)
    batch.refresh_from_db()
    (order,) = desk.get("orders").json()["orders"]
    assert (batch.badges, order["guest"], order["printed_at"] is None) == (
        1,
        made.guests["anna"].pk,
        False,
    )
    assert "Nobody waits for a badge." in client.get(page).content.decode()
    told = client.post(page, {"queue": "1"}, follow=True).content.decode()
    assert "Nobody waits for a badge any more." in told


def test_the_readiness_list_counts_badges_with_a_problem() -> None:
    made = make_badges("anna", "li")
    Guest.objects.filter(pk=made.guests["anna"].pk).update(badge_name="Anna 이순신")
    check_badges(made.edition)
    lines = {
        line.key: line.count
        for line in readiness(made.edition, SYSTEM, "en")
        if line.key.startswith("badges-")
    }
    assert lines == {"badges-glyphs": 1, "badges-unprinted": 2}
    Guest.objects.filter(pk=made.guests["anna"].pk).update(attendance="online")
    (line,) = [one for one in readiness(made.edition, SYSTEM, "en") if one.key.startswith("badges-")]
    assert (line.key, line.count) == ("badges-unprinted", 1)


def _own(made: Badges, who: str = "anna", page: str = "badge:page") -> str:
    return page_path(Guest.objects.get(pk=made.guests[who].pk), page=page)


def test_a_guest_corrects_her_lines_and_signs_off_what_she_saw() -> None:
    made = make_badges("anna", "li")
    client, url = Client(), _own(made)
    page = client.get(url)
    assert (page.status_code, "Anna de la Cruz" in page.content.decode()) == (200, True)
    assert client.get(f"{url}picture.png").content[1:4] == b"PNG"
    seen = page.context["face"].digest
    assert (
        client.post(url, {"name": "A. de la Cruz", "second_name": "", "line": "Rapporteur"}).status_code
        == 302
    )
    assert client.post(url, {"sign": seen}).status_code == 422
    assert client.post(url, {"sign": client.get(url).context["face"].digest}).status_code == 302
    anna = Guest.objects.get(pk=made.guests["anna"].pk)
    assert (anna.badge_name, anna.badge_line, anna.badge_signed_at is not None) == (
        "A. de la Cruz",
        "Rapporteur",
        True,
    )
    client.post(url, {"name": "Anna Cruz", "second_name": "", "line": ""})
    anna.refresh_from_db()
    assert (anna.badge_name, anna.badge_signed_at) == ("Anna Cruz", None)


def test_a_guest_cannot_take_another_name_nor_one_that_does_not_fit() -> None:
    made = make_badges("anna")
    client, url = Client(), _own(made)
    for name, told in (
        ("Winston Churchill", "nothing in common"),
        ("Anna 이순신", "cannot be printed: 순신이"),
        ("Anna " + "W" * 70, "does not fit on the badge"),
    ):
        answer = client.post(url, {"name": name, "second_name": "", "line": ""})
        assert (answer.status_code, told in answer.content.decode(), name in answer.content.decode()) == (
            422,
            True,
            True,
        )
    assert Guest.objects.get(pk=made.guests["anna"].pk).badge_name == ""


def test_the_badge_on_a_telephone_needs_nothing_but_its_page() -> None:
    made = make_badges("anna")
    client, url = Client(), _own(made, page="badge:carried")
    page = client.get(url).content.decode()
    token = Credential.objects.get().token
    assert ["Anna de la Cruz" in page, "<svg" in page, token[:4] in page, "style=" in page] == [
        True,
        True,
        True,
        False,
    ]
    worker = client.get(f"{url}worker.js")
    assert (worker.status_code, worker.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert f'"page": "{url}"' in worker.content.decode()
    assert client.get(f"{url}badge.pkpass").status_code == 404


def test_a_guest_who_no_longer_comes_has_no_badge() -> None:
    made = make_badges("anna")
    Guest.objects.filter(pk=made.guests["anna"].pk).update(state="withdrawn")
    assert [
        Client().get(_own(made, page=page)).status_code
        for page in ("badge:page", "badge:picture", "badge:carried")
    ] == [404] * 3
