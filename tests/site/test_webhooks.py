"""The console's pages of webhooks and the API: directors run them, nobody else learns of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from summitry.editions.models import Edition
from summitry.foundation.access import Scope
from summitry.foundation.api.auth import issue_token
from summitry.foundation.grants import grant_role
from summitry.foundation.jobs import run_pending
from summitry.foundation.models import Account, AuditEntry, DeliveryState, WebhookEndpoint
from summitry.foundation.webhooks.endpoints import create_endpoint, send_ping
from tests.editions.make import SYSTEM, make_edition
from tests.foundation.webhooks.receiver import Receiver, receiving

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = "editions.edition.changed"
FACTS = {"name": "Website", "url": "https://hooks.example.org/summit", "events": [CHANGED]}


def make_person(role: str, edition: Edition) -> Account:
    account = Account.objects.create_user(f"{role}-{edition.pk}@example.org", name=role)
    grant_role(account, role, Scope("edition", edition.pk), by=SYSTEM)
    return account


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with override_settings(WEBHOOK_TARGETS="any"), receiving() as running:
        yield running


@pytest.fixture
def edition() -> Edition:
    return make_edition("wic-2026")


@pytest.fixture
def director(client: Client, edition: Edition) -> Client:
    client.force_login(make_person("director", edition))
    return client


def make_endpoint(edition: Edition, **facts: Any) -> WebhookEndpoint:
    return create_endpoint(edition.pk, by=SYSTEM, **{**FACTS, **facts})[0]


def page(endpoint: WebhookEndpoint, more: str = "") -> str:
    return f"/en/console/wic-2026/webhooks/{endpoint.public_id}/{more}"


def test_a_director_creates_an_endpoint_and_sees_its_secret_once(director: Client, edition: Edition) -> None:
    answer = director.post("/en/console/wic-2026/webhooks/", FACTS)
    (secret,) = set(re.findall(r"whsec_[\w+/=]{44}", answer.content.decode()))
    endpoint = WebhookEndpoint.objects.get()
    owner = endpoint.owner

    assert (answer.status_code, endpoint.edition_id, endpoint.url) == (200, edition.pk, FACTS["url"])
    assert owner is not None
    assert owner.name == "director"
    for address in ("/en/console/wic-2026/webhooks/", page(endpoint)):
        shown = director.get(address).content.decode()
        assert ("Website" in shown, secret in shown) == (True, False)
    assert "Webhooks" in director.get("/en/console/wic-2026/webhooks/").content.decode()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"url": "http://hooks.example.org/"}, "The address must begin with https://."),
        ({"url": "https://10.1.2.3/"}, "This address leads into a private network."),
        ({"url": "https://0x7f.1/"}, "This address leads into a private network."),
        ({"url": "nonsense"}, "This is not a complete web address."),
        ({"events": []}, "This field is required."),
        ({"events": ["no.such.event"]}, "no.such.event is not one of the available choices."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_accepted_is_said_beside_its_field(
    director: Client, facts: dict[str, Any], sentence: str
) -> None:
    answer = director.post("/en/console/wic-2026/webhooks/", {**FACTS, **facts})
    shown = answer.content.decode()
    assert (answer.status_code, sentence in shown, WebhookEndpoint.objects.count()) == (422, True, 0)
    assert f'value="{ {**FACTS, **facts}["url"] }"' in shown


def test_everybody_else_is_refused_and_sees_no_entry(client: Client, edition: Edition) -> None:
    endpoint = make_endpoint(edition)
    other = make_edition("other-2026")
    people = [make_person(role, edition) for role in ("editor", "translator", "viewer", "partner")]
    people.append(make_person("director", other))
    seen: set[object] = set()
    for person in people:
        client.force_login(person)
        for address in ("/en/console/wic-2026/webhooks/", page(endpoint)):
            seen.add((client.get(address).status_code, client.post(address, FACTS).status_code))
        seen.add(client.post(page(endpoint, "act/"), {"act": "remove"}).status_code)
        assert "/webhooks/" not in client.get("/en/console/wic-2026/", follow=True).content.decode()
    assert seen == {(403, 403), 403}
    assert WebhookEndpoint.objects.get() == endpoint


def test_an_endpoint_is_not_found_under_another_edition(client: Client, edition: Edition) -> None:
    endpoint = make_endpoint(edition)
    other = make_edition("other-2026")
    client.force_login(make_person("director", other))
    address = page(endpoint).replace("wic-2026", "other-2026")
    assert (client.get(address).status_code, client.post(address, FACTS).status_code) == (404, 404)


def test_a_ping_shows_what_came_back_and_is_sent_again(
    director: Client, edition: Edition, receiver: Receiver
) -> None:
    receiver.statuses, receiver.text = [200], "<b>Thank you</b>"
    endpoint = make_endpoint(edition, url=receiver.url)
    assert "No message yet" in director.get(page(endpoint)).content.decode()
    director.post(page(endpoint, "act/"), {"act": "ping"})
    run_pending()
    shown = director.get(page(endpoint)).content.decode()
    message = endpoint.deliveries.get().message_id
    director.post(page(endpoint, "act/"), {"act": "replay", "message": message})
    run_pending()

    assert ("HTTP 200" in shown, "&lt;b&gt;Thank you" in shown, "webhook.ping" in shown) == (True, True, True)
    assert [got.headers["webhook-id"] for got in receiver.got] == [message, message]
    filtered = director.get(page(endpoint, "?state=failed")).content.decode()
    assert (message in shown, message in filtered) == (True, False)


def test_switching_rotating_replaying_and_removing(director: Client, edition: Edition) -> None:
    endpoint = make_endpoint(edition)

    def act(**said: str) -> str:
        return director.post(page(endpoint, "act/"), said, follow=True).content.decode()

    assert "The webhook is switched off." in act(act="switch", to="off")
    assert "This endpoint is switched off. Switch it on first." in act(act="ping")
    assert "The webhook is switched on." in act(act="switch", to="on")
    assert re.search(r"whsec_[\w+/=]{44}", act(act="rotate"))
    endpoint.deliveries.create(message_id="msg_1", kind=CHANGED, body="{}", state=DeliveryState.HELD)
    assert "1 message is being sent again." in act(act="since", since="2026-01-01T00:00")
    assert "Give a date and a time." in act(act="since", since="yesterday")
    assert "No system is told yet" in act(act="remove")
    assert WebhookEndpoint.objects.count() == 0
    assert director.post(page(endpoint, "act/"), {"act": "nothing"}).status_code == 404
    actions = AuditEntry.objects.filter(action__startswith="foundation.webhook").order_by("pk")
    assert [action.rpartition(".")[2] for action in actions.values_list("action", flat=True)] == [
        *("created", "changed", "changed", "rotated", "replayed", "removed")
    ]


def test_a_change_that_crosses_anothers_is_shown_and_not_lost(director: Client, edition: Edition) -> None:
    endpoint = make_endpoint(edition)
    seen = re.search(r'name="seen" value="([^"]+)"', director.get(page(endpoint)).content.decode())
    assert seen is not None
    WebhookEndpoint.objects.update(name="Their name")
    mine = {**FACTS, "name": "My name", "seen": seen[1].replace("&quot;", '"')}
    answer = director.post(page(endpoint), mine)
    assert (answer.status_code, WebhookEndpoint.objects.get().name) == (422, "Their name")
    assert "My name" in answer.content.decode()
    saved = director.post(page(endpoint), {**FACTS, "name": "New name"})
    assert (saved.status_code, WebhookEndpoint.objects.get().name) == (302, "New name")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_keep_their_budget(
    director: Client, edition: Edition, rows: int, django_assert_num_queries: Any
) -> None:
    endpoints = [make_endpoint(edition) for _n in range(rows)]
    for _n in range(rows):
        send_ping(endpoints[0], by=SYSTEM)
    with django_assert_num_queries(5):
        director.get("/en/console/wic-2026/webhooks/")
    with django_assert_num_queries(7):
        director.get(page(endpoints[0]))


def test_the_api_does_what_the_pages_do(client: Client, edition: Edition, receiver: Receiver) -> None:
    director = make_person("director", edition)
    bearer = {"Authorization": f"Bearer {issue_token(director, 'tests', ['read', 'write'])[1]}"}
    reading = {"Authorization": f"Bearer {issue_token(director, 'tests', ['read'])[1]}"}
    root = "/api/v1/editions/wic-2026/webhooks"

    def call(verb: str, address: str = "", body: Any = None, headers: Any = bearer) -> Any:
        send = getattr(client, verb)
        return send(root + address, body, content_type="application/json", headers=headers)

    made = call("post", "", {**FACTS, "url": receiver.url})
    one = f"/{made.json()['id']}"
    assert (made.status_code, made.json()["secret"][:6]) == (201, "whsec_")
    assert call("post", "", {**FACTS, "url": "https://user:pw@example.org/"}).status_code == 422
    assert call("post", "", FACTS, reading).status_code == 403
    assert [row["id"] for row in client.get(root, headers=reading).json()["items"]] == [made.json()["id"]]
    assert "secret" not in client.get(root + one, headers=reading).json()
    assert call("patch", one, {"name": "Renamed"}).json()["name"] == "Renamed"
    assert call("post", f"{one}/ping").status_code == 202
    run_pending()
    (row,) = client.get(f"{root}{one}/deliveries", headers=reading).json()["items"]
    assert (row["state"], row["status"], row["kind"]) == ("delivered", 204, "webhook.ping")
    assert call("post", f"{one}/deliveries/{row['message_id']}/replay").status_code == 202
    run_pending()
    replayed = call("post", f"{one}/replay", {"since": "2020-01-01T00:00:00Z", "is_all": True})
    assert (replayed.status_code, replayed.json()) == (202, {"count": 1})
    assert call("post", f"{one}/secret").json()["secret"] != made.json()["secret"]
    assert call("delete", one, headers=reading).status_code == 403
    assert (call("delete", one).status_code, client.get(root + one, headers=bearer).status_code) == (204, 404)


def test_the_api_tells_others_nothing(client: Client, edition: Edition) -> None:
    endpoint = make_endpoint(edition)
    editor = make_person("editor", edition)
    bearer = {"Authorization": f"Bearer {issue_token(editor, 'tests', ['read', 'write'])[1]}"}
    root = "/api/v1/editions/wic-2026/webhooks"
    addresses = [root, f"{root}/{endpoint.public_id}", f"{root}/{endpoint.public_id}/deliveries"]
    assert [client.get(address, headers=bearer).status_code for address in addresses] == [403] * 3
    assert [client.get(address).status_code for address in addresses] == [403] * 3
