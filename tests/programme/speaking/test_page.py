from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.directory.actions.person import update_person
from summitry.editions.actions.deadline import DeadlineGiven, set_deadlines
from summitry.editions.enums import DeadlineKind
from summitry.editions.views.by_link import MISSES
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest
from summitry.foundation.models import AuditEntry
from summitry.mailing.models import Letter
from summitry.programme.actions.appearance import add_appearance
from summitry.programme.actions.availability import intervals_of
from summitry.programme.actions.speaker import name_assistant, renew_link, update_speaker
from summitry.programme.enums import AppearanceState
from summitry.programme.models import Material, Speaker, Substitution
from summitry.programme.queries.speaker_links import Holder
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, at, make_session, place, publish
from tests.programme.speaking.make import page_url, part_of, pdf, picture, speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return str(response.content.decode())


def send(house: House, what: str, status: int = 302, /, **data: object) -> str:
    """Post a form of somebody's page, in a browser that would be refused for a missing token anywhere else."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(page_url(speaker(house), what=f"{what}/"), data)
    assert response.status_code == status, response.content.decode()[:2000]
    return str(response.content.decode())


def test_page_shows_a_speaker_her_parts_and_what_is_due(house: House) -> None:
    response = Client().get(page_url(speaker(house)))
    assert response.status_code == 200
    words = response.content.decode()
    for part in (
        "On rivers",
        "Rain and data",
        "Moon Bridge",
        "09:00–10:00",
        "provisional",
        "Write your biography",
    ):
        assert part in words
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_page_shows_both_clocks_and_the_published_place(house: House) -> None:
    publish(house.edition)
    place(house.sessions["rain"], house.rooms["moon"], at(15))
    update_speaker(speaker(house), by=SYSTEM, zone_name="America/New_York")
    words = text(Client(), page_url(speaker(house)))
    assert "09:00–10:00" in words
    assert "20:00 −1–21:00 −1" in words
    assert "provisional" not in words


def test_page_tells_nothing_of_others_but_their_names(house: House) -> None:
    words = text(Client(), page_url(speaker(house)))
    assert "Leïla" not in words
    assert "Lamps" not in words


@pytest.mark.parametrize("lang", ["en", "zh-hans", "fr", "es", "ru", "ar"])
def test_page_and_its_companions_open_in_every_language(house: House, lang: str) -> None:
    one = speaker(house)
    for what in ("", "link/"):
        assert Client().get(page_url(one, what=what, lang=lang)).status_code == 200


def test_only_the_test_of_the_link_may_ask_for_the_camera(house: House) -> None:
    one = speaker(house)
    allowed = {
        what: Client().get(page_url(one, what=what)).headers["Permissions-Policy"] for what in ("", "link/")
    }
    assert "camera=()" in allowed[""]
    assert "camera=(self)" in allowed["link/"]
    assert "microphone=(self)" in allowed["link/"]


def test_wrong_link_is_told_so_in_peace_and_many_have_to_wait(house: House) -> None:
    client, url = Client(), page_url(speaker(house))
    assert "does not open a page" in text(client, url.replace("-1.", "-2."), 404)
    for _ in range(MISSES):
        client.get("/en/speak/s1-1.guessed/")
    assert "ten minutes" in text(client, "/en/speak/s1-1.guessed/", 429)
    assert "ten minutes" in text(client, url, 429)


def test_old_link_says_how_to_get_the_new_one_and_sends_it_once_an_hour(house: House) -> None:
    update_person(house.people["chen"], by=SYSTEM, email="chen@example.org")
    old = page_url(speaker(house))
    renew_link(speaker(house), by=SYSTEM)
    words = text(Client(), old, 410)
    assert "replaced by a new one" in words
    assert "Rain and data" not in words
    for _ in range(2):
        response = Client(enforce_csrf_checks=True).post(f"{old}again/")
        assert "on its way" in response.content.decode()
    assert list(Letter.objects.values_list("address", flat=True)) == ["chen@example.org"]
    for what in ("answer/", "file/"):
        assert Client().post(f"{old}{what}", {"part": part_of(house).pk}).status_code == 410


def test_assistants_page_says_on_whose_behalf_and_shows_no_assistants_section(house: House) -> None:
    one = speaker(house)
    name_assistant(one, by=SYSTEM, name="Marie Dupont", email="")
    words = text(Client(), page_url(one, Holder.ASSISTANT))
    assert "You act on behalf of Chen Sihan" in words
    assert "assistant-heading" not in words
    assert "Marie Dupont" in text(Client(), page_url(one))


def test_confirming_by_link(house: House) -> None:
    send(house, "answer", part=part_of(house).pk, state="expected", answer="confirm")
    assert part_of(house).state == AppearanceState.CONFIRMED
    assert AuditEntry.objects.latest("pk").actor_label == "Chen Sihan"


def test_answer_to_a_page_that_is_out_of_date_is_refused_and_shown(house: House) -> None:
    send(house, "answer", part=part_of(house).pk, state="expected", answer="confirm")
    words = send(
        house, "answer", 422, part=part_of(house).pk, state="expected", answer="decline", word="Ill today"
    )
    assert "Somebody else changed this a moment ago" in words
    assert "Ill today" in words
    assert part_of(house).state == AppearanceState.CONFIRMED


def test_declining_with_a_substitute(house: House) -> None:
    part = part_of(house)
    words = send(
        house, "answer", 422, part=part.pk, state="expected", answer="decline", name="Amara", email="nowhere"
    )
    assert 'value="Amara"' in words
    assert part_of(house).state == AppearanceState.EXPECTED
    send(
        house, "answer", part=part.pk, state="expected", answer="decline", name="Amara", email="a@example.org"
    )
    proposal = Substitution.objects.get()
    assert (proposal.name, proposal.appearance) == ("Amara", part)
    assert "Amara is proposed instead" in text(Client(), page_url(speaker(house)))
    send(house, "substitute", part=part.pk, withdraw=proposal.pk)
    send(house, "substitute", 422, part=part.pk, name=" ")
    send(house, "substitute", part=part.pk, name="Björn")
    assert list(Substitution.objects.order_by("pk").values_list("name", "state")) == [
        ("Amara", "withdrawn"),
        ("Björn", "proposed"),
    ]


def test_times_are_read_by_her_clock_and_what_was_typed_stays(house: House) -> None:
    update_speaker(speaker(house), by=SYSTEM, zone_name="Europe/Paris")
    send(house, "availability", seen="[]", start0="2026-11-09T09:00", end0="2026-11-09T12:00")
    zone = ZoneInfo("Europe/Paris")
    shown = [tuple(f"{t.astimezone(zone):%d %H:%M}" for t in pair) for pair in intervals_of(speaker(house))]
    assert shown == [("09 09:00", "09 12:00")]
    words = send(
        house, "availability", 422,
        seen="[]", start0="2026-11-10T09:00", end0="2026-11-10T08:00", start1="2026-11-11T10:00",
    )  # fmt: skip
    assert "Give both times." in words
    assert 'value="2026-11-11T10:00"' in words
    seen = re.search(
        r'name="seen" value="(.*?)"', text(Client(), page_url(speaker(house))).split('id="availability"')[1]
    )
    assert seen is not None
    words = send(
        house, "availability", 422,
        seen=seen[1].replace("&quot;", '"'), start0="2026-11-10T09:00", end0="2026-11-10T08:00",
    )  # fmt: skip
    assert "The end must be after the beginning." in words
    send(house, "availability", seen=seen[1].replace("&quot;", '"'))
    assert intervals_of(speaker(house)) == []


def test_biography_is_approved_or_written_on_the_page(house: House) -> None:
    update_person(house.people["chen"], by=SYSTEM, biography=Text.of("Builds bridges."))
    send(house, "biography", lang="en", seen=digest("Builds bridges."), sign="1")
    assert speaker(house).biography_state == "signed"
    words = send(house, "biography", 422, lang="en", seen="old", words="My own words")
    assert "My own words" in words
    send(house, "biography", lang="zh-hans", seen=digest(""), words="造桥。")
    assert speaker(house).person.biography.texts == {"en": "Builds bridges.", "zh-hans": "造桥。"}
    # What was refused keeps its mark: it was typed over other words, so it takes a look at those first.
    assert 'value="old"' in words


def test_portrait_and_file_are_handed_in_and_fetched(house: House) -> None:
    one = speaker(house)
    send(house, "portrait", 422, portrait=SimpleUploadedFile("me.png", b"no picture"))
    send(house, "portrait", portrait=picture())
    response = Client().get(page_url(one, what="portrait.img"))
    assert response.headers["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content)[:4] == b"\x89PNG"  # type: ignore[attr-defined]
    part = part_of(house)
    words = send(house, "file", 422, part=part.pk, kind="slides", file=pdf("slides.exe"), note="For the room")
    assert "Possible are: PDF, PowerPoint" in words
    assert "For the room" in words
    send(house, "file", part=part.pk, kind="slides", file=pdf(), note="For the room")
    assert Material.objects.get().note == "For the room"


def test_file_after_the_grace_is_refused_on_the_page(house: House) -> None:
    set_deadlines(house.edition, [DeadlineGiven(DeadlineKind.SLIDES, at(9, day=-40), 24)], by=SYSTEM)
    assert "The time for this has passed" in text(Client(), page_url(speaker(house)))
    send(house, "file", 422, part=part_of(house).pk, kind="slides", file=pdf())
    assert not Material.objects.exists()


def test_needs_and_zone_and_travel_save_on_their_own(house: House) -> None:
    send(house, "needs", technical_needs="A lectern")
    send(house, "contact", zone_name="Europe/Paris", language="fr")
    send(house, "contact", 422, zone_name="Mars/Base", language="fr")
    send(house, "travel", needs_visa="yes", needs_travel="")
    one = speaker(house)
    assert (one.technical_needs, one.zone_name, one.language) == ("A lectern", "Europe/Paris", "fr")
    assert (one.needs_visa, one.needs_travel) == (True, None)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ({"camera": "on", "microphone": "on", "browser": "on", "down": "8.5", "up": "3"}, "passed"),
        ({"camera": "on", "microphone": "on", "browser": "on", "down": "8.5", "up": "0.4"}, "failed"),
        ({"camera": "", "microphone": "on", "browser": "on", "down": "8.5", "up": "3"}, "failed"),
        ({"verdict": "failed", "note": "No sound"}, "failed"),
    ],
)
def test_result_of_the_test_is_judged_by_the_server(house: House, found: dict[str, str], state: str) -> None:
    send(house, "link-test", **found)
    assert speaker(house).link_test == state


def test_line_is_measured_with_what_cannot_be_compressed(house: House) -> None:
    one = speaker(house)
    assert len(Client().get(page_url(one, what="load/")).content) == 1_000_000
    response = Client(enforce_csrf_checks=True).post(
        page_url(one, what="load/"), b"x" * 1000, content_type="application/octet-stream"
    )
    assert response.status_code == 204


def test_what_cannot_be_done_is_not_found_and_what_is_only_posted_leads_back(house: House) -> None:
    one = speaker(house)
    assert Client().get(page_url(one, what="nonsense/")).status_code == 404
    response = Client().get(page_url(one, what="needs/"))
    assert (response.status_code, response.headers["Location"]) == (302, page_url(one))


def test_page_that_was_opened_is_known_to_the_secretariat(house: House) -> None:
    Client().get(page_url(speaker(house)))
    assert Speaker.objects.get(pk=speaker(house).pk).seen_at is not None


def test_page_costs_the_same_with_one_part_and_with_three(house: House) -> None:
    url = page_url(speaker(house))
    Client().get(url)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert Client().get(url).status_code == 200
        return len(found)

    one = count()
    for n in range(2):
        session = make_session(house.forums["light"], f"More {n}")
        place(session, house.rooms["moon"], at(12 + n))
        add_appearance(session, house.people["chen"], by=SYSTEM)
    assert (one, count()) == (9, 9)
