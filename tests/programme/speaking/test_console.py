from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from summitry.directory.actions.person import update_person
from summitry.editions.queries.readiness import Asked
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account, AuditEntry
from summitry.mailing.models import Letter
from summitry.programme.actions.answers import wish_delivery
from summitry.programme.actions.appearance import add_appearance
from summitry.programme.actions.material import hand_in_material
from summitry.programme.actions.speaker import set_travel
from summitry.programme.actions.substitution import SubstituteGiven, name_substitute
from summitry.programme.enums import Delivery, MaterialKind
from summitry.programme.models import Appearance, Substitution
from summitry.programme.permissions import STREAM_CREW, TRAVEL_DESK
from summitry.programme.readiness_speaking import biographies, files, proposals
from tests.directory.make import make_account
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, appear, at, make_session, place
from tests.programme.speaking.make import part_of, pdf, speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    """The house, in which Chen appears in either forum; and a stream crew and a travel desk."""
    house = make_house()
    appear(house.sessions["lamp"], house.people["chen"], house.people["leila"])
    edition = Scope("edition", house.edition.pk)
    for role in (STREAM_CREW.code, TRAVEL_DESK.code):
        account: Account = make_account(f"{role}@example.org")
        house.accounts[role] = account
        grant_role(account, role, edition, by=SYSTEM)
        grant_role(account, "partner", edition, by=SYSTEM)
    return house


def record(house: House, who: str = "chen", what: str = "") -> str:
    return house.url(f"speakers/{speaker(house, who).pk}/{what}")


def words(house: House, who: str, of: str = "chen", query: str = "") -> str:
    response = house.signed_in(who).get(record(house, of) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_record_shows_the_secretariat_everything_and_the_link(house: House) -> None:
    html = words(house, "director")
    for part in ("Rain and data", "Lamps", "/en/speak/s", "What was done"):
        assert (part in html) is (part != "What was done"), part
    assert 'data-presence="record:programme.speaker:' in html


def test_institution_sees_its_own_forums_part_of_a_speaker_and_no_link(house: House) -> None:
    hand_in_material(
        part_of(house, session=house.sessions["lamp"]), MaterialKind.PAPER, pdf("secret.pdf"), by=SYSTEM
    )
    html = words(house, "water")
    assert "Rain and data" in html
    for hidden in ("Lamps", "secret.pdf", "/speak/", "assistant-heading", "What was done"):
        assert hidden not in html, hidden
    assert house.signed_in("water").get(record(house, "leila")).status_code == 404


def test_institution_cannot_act_on_the_parts_of_another(house: House) -> None:
    theirs = part_of(house, session=house.sessions["lamp"])
    proposal = name_substitute(theirs, SubstituteGiven("Amara"), by=SYSTEM)
    client = house.signed_in("water")
    for what, data in (
        ("answer", {"part": theirs.pk, "answer": "confirm"}),
        ("file", {"part": theirs.pk, "kind": "slides", "file": pdf()}),
        ("wished", {"part": theirs.pk, "grant": "1"}),
        ("substitution", {"proposal": proposal.pk, "accept": "1"}),
    ):
        response = client.post(record(house, what=f"{what}/"), data)
        assert response.status_code == 404, what
        assert "Lamps" not in response.content.decode()
    assert Substitution.objects.get().state == "proposed"
    for what in ("link", "assistant"):
        response = client.post(
            record(house, what=f"{what}/"), {"renew": "1", "name": "Me", "email": "me@example.org"}
        )
        assert response.status_code == 422
    assert (speaker(house).generation, speaker(house).assistant_email) == (1, "")


def test_viewer_may_look_and_change_nothing(house: House) -> None:
    assert "Rain and data" in words(house, "viewer")
    part = part_of(house, session=house.sessions["rain"])
    client = house.signed_in("viewer")
    for what, data in (
        ("answer", {"part": part.pk, "state": "expected", "answer": "confirm"}),
        ("needs", {"technical_needs": "None"}),
        ("biography", {"lang": "en", "seen": "", "words": "Words"}),
        ("link-test", {"verdict": "passed"}),
    ):
        assert client.post(record(house, what=f"{what}/"), data).status_code == 422, what
    assert part_of(house, session=house.sessions["rain"]).state == "expected"


def test_answer_is_noted_on_her_behalf(house: House) -> None:
    part = part_of(house, session=house.sessions["rain"])
    response = house.signed_in("water").post(
        record(house, what="answer/"), {"part": part.pk, "state": "expected", "answer": "confirm"}
    )
    assert response.status_code == 302
    assert AuditEntry.objects.latest("pk").actor_label == "water@example.org"
    assert "confirmed a part" in words(house, "director")


def test_substitute_is_accepted_once(house: House) -> None:
    part = part_of(house, session=house.sessions["rain"])
    proposal = name_substitute(part, SubstituteGiven("Amara", "amara@example.org"), by=SYSTEM)
    client = house.signed_in("water")
    data = {"proposal": proposal.pk, "accept": "1"}
    assert client.post(record(house, what="substitution/"), data).status_code == 302
    people = Appearance.objects.filter(session=house.sessions["rain"])
    assert [row.person.reference_name for row in people] == ["Amara"]
    # Chen is no longer in the institution's forum, so her record is not there for it any more.
    assert client.post(record(house, what="substitution/"), data).status_code == 404
    assert house.signed_in("director").post(record(house, what="substitution/"), data).status_code == 422


def test_wish_is_granted_in_the_console(house: House) -> None:
    part = part_of(house, session=house.sessions["rain"])
    wish_delivery(part, by=SYSTEM, wished=Delivery.IN_PERSON, fallback="")
    house.signed_in("water").post(record(house, what="wished/"), {"part": part.pk, "grant": "1"})
    assert part_of(house, session=house.sessions["rain"]).delivery == Delivery.IN_PERSON


def test_link_is_sent_and_renewed(house: House) -> None:
    update_person(house.people["chen"], by=SYSTEM, email="chen@example.org")
    client = house.signed_in("director")
    client.post(record(house, what="link/"), {"send": "1"})
    assert Letter.objects.get().address == "chen@example.org"
    client.post(record(house, what="link/"), {"renew": "1"})
    assert speaker(house).generation == 2


def test_travel_is_shown_on_request_to_few_and_each_look_is_recorded(house: House) -> None:
    set_travel(speaker(house), by=SYSTEM, needs_visa=True, needs_travel=None)
    assert "travel-heading" not in words(house, "director")
    for who in ("director", TRAVEL_DESK.code):
        assert "travel-heading" in words(house, who, query="?travel=1")
        assert AuditEntry.objects.latest("pk").action == "programme.speaker.travel_seen"
    for who in ("water", "viewer", STREAM_CREW.code):
        assert house.signed_in(who).get(record(house) + "?travel=1").status_code == 403


def test_list_by_travel_is_for_few_too(house: House) -> None:
    set_travel(speaker(house), by=SYSTEM, needs_visa=True, needs_travel=None)
    listed = {
        who: house.signed_in(who)
        .get(house.url("speakers/?travel=visa"))
        .content.decode()
        .count('<th scope="row"')
        for who in ("director", "viewer")
    }
    assert listed == {"director": 2, "viewer": 3}
    assert AuditEntry.objects.filter(action="programme.speakers.travel_listed").count() == 1


def test_stream_crew_notes_how_a_test_went(house: House) -> None:
    client = house.signed_in(STREAM_CREW.code)
    response = client.post(record(house, what="link-test/"), {"verdict": "passed", "note": "By cable"})
    assert response.status_code == 302
    assert (speaker(house).link_test, speaker(house).link_details) == ("passed", {"note": "By cable"})


def test_each_line_of_the_readiness_list_leads_to_exactly_its_rows(house: House) -> None:
    name_substitute(part_of(house, "leila"), SubstituteGiven("Amara"), by=SYSTEM)
    rain = part_of(house, session=house.sessions["rain"])
    wish_delivery(rain, by=SYSTEM, wished=Delivery.IN_PERSON, fallback=Delivery.RECORDED)
    for who, expected in {
        "director": {"biographies": 2, "slides": 1, "recordings": 1, "substitutes": 1, "wishes": 1},
        "water": {"biographies": 1, "slides": 1, "recordings": 1, "wishes": 1},
    }.items():
        asked = Asked(house.edition, house.accounts[who].actor(), "en", {})
        lines = [line for check in (biographies, files, proposals) for line in check(asked)]
        assert {line.key: line.count for line in lines} == expected
        for line in lines:
            html = house.signed_in(who).get(line.url).content.decode()
            rows = html.count('<th scope="row"')
            assert rows == line.count, line.key


def test_record_costs_the_same_with_one_part_and_with_three(house: House) -> None:
    client = house.signed_in("director")
    client.get(record(house, "leila"))

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(record(house, "leila")).status_code == 200
        return len(found)

    one = count()
    for n in range(2):
        session = make_session(house.forums["light"], f"More {n}")
        place(session, house.rooms["moon"], at(12 + n))
        add_appearance(session, house.people["leila"], by=SYSTEM)
    assert (one, count()) == (16, 16)


def test_files_of_the_day_cost_the_same_with_one_session_and_with_three(house: House) -> None:
    client = house.signed_in("director")
    part = part_of(house, session=house.sessions["rain"])
    hand_in_material(part, MaterialKind.PAPER, pdf(), by=SYSTEM)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(house.url("materials/?day=all")).status_code == 200
        return len(found)

    count()
    one = count()
    for n in range(2):
        session = make_session(house.forums["light"], f"More {n}")
        place(session, house.rooms["moon"], at(12 + n))
        row = add_appearance(session, house.people["leila"], by=SYSTEM)
        hand_in_material(row, MaterialKind.PAPER, pdf(f"{n}.pdf"), by=SYSTEM)
    assert (one, count()) == (8, 8)
