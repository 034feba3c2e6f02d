"""What a focal point is told while an application is examined: at every door the same, whatever is done with it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from summitry.foundation.api.auth import issue_token
from summitry.guests.actions.moving import move
from summitry.guests.enums import EXAMINED, GuestState
from summitry.guests.lists.guests import COLUMNS
from summitry.guests.models import Category, Guest
from summitry.guests.queries.outside import code_of, state_choices, words_of
from tests.access.expected import OPERATIONS, PAGES
from tests.access.world import World, make_world
from tests.guests.make import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:.*")]
G = GuestState
ROLE = "hidden_focal_point"
ROOMS = ("guests", "gates", "protocol", "site", "site_console", "insight")
CHANGING = re.compile(
    rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"csrf[^,}]*|value="[0-9a-f-]{36}"'
)
"""What is another at every request."""
LISTS = [
    f"?{'&'.join(f'col={column.key}' for column in COLUMNS)}&{rest}"
    for rest in ("as=csv", "sort=state", "sort=-since", *(f"state={state}" for state in G), "missing=overdue")
]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals are among what is compared; they are not for the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def shown(client: Client, address: str, **headers: str) -> bytes:
    response = client.get(address, headers=headers)
    body = b"".join(response) if response.streaming else response.content
    return CHANGING.sub(b"", str(response.status_code).encode() + body)


def all_doors(world: World, token: str) -> dict[str, bytes]:
    """Return what the delegation's focal point is shown at each page and operation that is about guests."""
    client = world.client(ROLE)
    pages = [
        reverse(page.route, kwargs=world.filled(page.arguments))
        for page in PAGES
        if ROLE in page.open_to and page.route.partition(":")[0] in ROOMS
    ]
    pages += [reverse("guests:guests", args=["rivertown"]) + query for query in LISTS]
    found = {url: shown(client, url) for url in pages}
    asked = {one.path.format(**world.filled(one.arguments)) for one in OPERATIONS if one.method == "GET"}
    asked |= {f"/api/v1/editions/rivertown/guests?state={state}" for state in G}
    bearer = {"Authorization": f"Bearer {token}"}
    about = [url for url in sorted(asked) if "/rivertown/" in url]
    return found | {url: shown(world.client("visitor"), url, **bearer) for url in about}


def test_no_door_tells_a_focal_point_of_screening():
    world = make_world()
    Category.objects.update(clocks=dict.fromkeys(("completeness", "screening", "decision"), 1))
    guest = Guest.objects.select_related("category", "edition", "person").get(pk=world.guests["hidden"].pk)
    move(guest, G.SUBMITTED, by=SYSTEM)
    token = issue_token(world.accounts[ROLE], "look", ["read"])[1]
    before = all_doors(world, token)
    assert len(before) > 50
    for state in (G.SCREENING, G.ON_HOLD):
        move(guest, state, by=SYSTEM)
        after = all_doors(world, token)
        assert [url for url in before if before[url] != after[url]] == []
    office = world.client("guest_office").get(reverse("guests:guest", args=["rivertown", guest.pk]))
    assert "On hold" in office.content.decode()


def test_words_and_codes_for_outside_are_the_same_for_all_that_is_examined():
    assert {(code_of(state), words_of(state)) for state in EXAMINED} == {
        (G.SUBMITTED, "Handed in, being examined")
    }
    assert {code for code, _words in state_choices(inside=False)} == set(G) - EXAMINED | {G.SUBMITTED}
    assert [code for code, _words in state_choices(inside=True)] == list(G)
