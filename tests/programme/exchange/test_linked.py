"""What pages say to machines parses, is true, and cannot break out of its element."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from summitry.foundation.i18n import Text
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.actions.session import update_session
from tests.programme.make import SYSTEM, publish
from tests.programme.summit import Summit, make_summit_programme

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BASE = "http://127.0.0.1:8000/en/rivertown"


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def linked(client: Client, address: str) -> dict[str, Any]:
    html = client.get(address).content.decode()
    (text,) = ELEMENT.findall(html)
    data: dict[str, Any] = json.loads(text)
    return data


def test_session_is_an_event_in_its_edition(client: Client, summit: Summit) -> None:
    assert linked(client, summit.url("sessions/opening/")) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "identifier": str(summit.sessions["opening"].guid),
        "name": "Opening of the archives",
        "url": f"{BASE}/sessions/opening/",
        "startDate": "2026-11-09T09:00:00+08:00",
        "endDate": "2026-11-09T10:30:00+08:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {"@type": "Place", "name": "Moon Bridge", "address": "Rivertown"},
            {"@type": "VirtualLocation", "url": f"{BASE}/sessions/opening/"},
        ],
        "inLanguage": ["en"],
        "performer": [
            {
                "@type": "Person",
                "name": "Leïla Benslimane",
                "url": f"{BASE}/speakers/{summit.people['leila'].slug}/",
            }
        ],
        "isAccessibleForFree": True,
        "description": "Why archives **matter**.",
        "superEvent": {
            "@type": "Event",
            "name": str(summit.edition.name),
            "url": f"{BASE}/programme/",
            "startDate": "2026-11-09",
            "endDate": "2026-11-11",
            "location": {"@type": "Place", "name": "Rivertown", "address": "Rivertown"},
        },
    }


def test_session_in_a_room_only_is_offline(client: Client, summit: Summit) -> None:
    found = linked(client, summit.url("sessions/tongues/"))
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert found["location"] == [{"@type": "Place", "name": "Lotus", "address": "Rivertown"}]


def test_cancelled_session_says_so(client: Client, summit: Summit) -> None:
    unplace_session(draft_of(summit.edition), summit.sessions["opening"], by=SYSTEM)
    publish(summit.edition)
    found = linked(client, summit.url("sessions/opening/"))
    assert found["eventStatus"] == "https://schema.org/EventCancelled"


def test_forum_holds_its_sessions_and_the_edition_its_forums(client: Client, summit: Summit) -> None:
    forum = linked(client, summit.url("forums/memory/"))
    assert [event["name"] for event in forum["subEvent"]] == [
        "Opening of the archives",
        "Night of the archives",
    ]
    assert (forum["startDate"], forum["endDate"]) == (
        "2026-11-09T09:00:00+08:00",
        "2026-11-11T01:30:00+08:00",
    )
    edition = linked(client, summit.url(""))
    assert sorted(event["name"] for event in edition["subEvent"]) == ["Café of tongues", "Digital memory"]


def test_hostile_title_stays_inside_the_element(client: Client, summit: Summit) -> None:
    title = "</script><script>alert('1')</script>\u2028<!-- &amp;"
    update_session(summit.sessions["opening"], by=SYSTEM, title=Text.of(title))
    html = client.get(summit.url("sessions/opening/")).content.decode()
    assert "<script>alert" not in html
    assert linked(client, summit.url("sessions/opening/"))["name"] == title


def test_pages_tell_where_they_can_be_embedded(client: Client, summit: Summit) -> None:
    html = client.get(summit.url("sessions/opening/")).content.decode()
    (address,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)">', html)
    answer = client.get(address.removeprefix("http://127.0.0.1:8000").replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.json()["html"].startswith(f'<iframe src="{BASE}/embed/programme/?session=opening"')
