"""Machine translation: an optional service whose output never counts as reviewed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import override_settings

from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import TextState
from summitry.foundation.models import AuditEntry
from summitry.programme.models import Contribution, Session
from summitry.translation.actions.machine import machine_translate, order_machine_translation
from summitry.translation.actions.translate import save_translation
from summitry.translation.errors import MachineFailed, NoMachine
from summitry.translation.machine import Recording, machine, use_machine
from summitry.translation.machine.libre import LibreTranslate
from tests.directory.make import SYSTEM, make_account
from tests.translation.make import ZH, Desk, actor, make_desk, make_term


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def ids(desk: Desk) -> list[str]:
    return [desk.text(row) for row in (*desk.sessions.values(), *desk.contributions.values())]


def test_machine_fills_what_is_missing_and_nothing_of_it_counts_as_reviewed(desk: Desk) -> None:
    make_term({"en": "key", ZH: "钥匙"})
    with use_machine(Recording()) as service:
        count = machine_translate(desk.edition, ids(desk), ZH, by=SYSTEM)
        assert machine_translate(desk.edition, ids(desk), ZH, by=SYSTEM) == 0
    assert isinstance(service, Recording)
    assert count == 3
    assert service.asked == [
        (("Open doors", "Keeping disks", "Who holds the key?"), "en", ZH, {"key": "钥匙"}),
    ]
    title = Session.objects.get(code="doors").title
    assert (title.get(ZH), title.state(ZH)) == (f"[{ZH}] Open doors", TextState.MACHINE)
    assert Session.objects.get(code="archives").title.get(ZH) == "十二个城镇的档案", (
        "a stale one is a person's work"
    )
    assert AuditEntry.objects.filter(action="translation.machine.done").count() == 1


def test_words_that_somebody_saves_meanwhile_stay(desk: Desk) -> None:
    session = desk.sessions["doors"]

    class Slow(Recording):
        def translate(self, texts: Any, source: str, target: str, *, terms: Any) -> list[str]:
            save_translation(desk.edition, desk.text(session), ZH, "敞开的门", by=SYSTEM)
            return super().translate(texts, source, target, terms=terms)

    with use_machine(Slow()):
        assert machine_translate(desk.edition, ids(desk), ZH, by=SYSTEM) == 2
    assert Session.objects.get(code="doors").title.get(ZH) == "敞开的门"


def test_output_that_cannot_be_stored_is_left_out(desk: Desk) -> None:
    class Verbose(Recording):
        def translate(self, texts: Any, source: str, target: str, *, terms: Any) -> list[str]:
            return ["长" * 600 if "key" in text else "短" for text in texts]

    with use_machine(Verbose()):
        assert machine_translate(desk.edition, ids(desk), ZH, by=SYSTEM) == 2
    assert Contribution.objects.get(pk=desk.contributions["panel"].pk).title.get(ZH) == ""


def test_machine_reaches_no_further_than_who_asks(desk: Desk) -> None:
    editor = actor(make_account(), ("forum_editor", "forum", desk.forums["memory"].pk))
    with use_machine(Recording()):
        assert machine_translate(desk.edition, ids(desk), ZH, by=editor) == 1
        viewer = actor(make_account(), ("viewer", "edition", desk.edition.pk))
        for refused in (machine_translate, order_machine_translation):
            with pytest.raises(PermissionRefused):
                refused(desk.edition, ids(desk), ZH, by=viewer)


@pytest.mark.django_db
def test_without_a_service_none_is_offered() -> None:
    assert machine() is None
    with override_settings(MT_URL="https://mt.example", MT_KEY="k"):
        assert isinstance(machine(), LibreTranslate)


def test_order_without_a_service_is_refused(desk: Desk) -> None:
    with pytest.raises(NoMachine):
        order_machine_translation(desk.edition, ids(desk), ZH, by=SYSTEM)


class Service(BaseHTTPRequestHandler):
    answer: tuple[int, bytes] = (200, b"")
    heard: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append({"path": self.path, **json.loads(body)})
        status, data = self.answer
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    Service.heard.clear()
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_service_is_asked_once_for_many_texts(service: str) -> None:
    Service.answer = (200, json.dumps({"translatedText": ["一", "二"]}).encode())
    assert LibreTranslate(service, "secret").translate(["One", "Two"], "en", ZH, terms={}) == ["一", "二"]
    assert Service.heard == [
        {
            "path": "/translate",
            "q": ["One", "Two"],
            "source": "en",
            "target": "zh",
            "format": "text",
            "api_key": "secret",
        }
    ]


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"{}"),
        (302, b""),
        (200, b"no json"),
        (200, b"[]"),
        (200, b'{"translatedText": ["one"]}'),
        (200, b'{"translatedText": [1, 2]}'),
    ],
)
def test_answers_that_make_no_sense_are_refused_and_redirects_not_followed(
    service: str, answer: tuple[int, bytes]
) -> None:
    Service.answer = answer
    with pytest.raises(MachineFailed):
        LibreTranslate(service).translate(["One", "Two"], "en", ZH, terms={})


def test_service_that_is_not_there_is_named_as_such() -> None:
    with pytest.raises(MachineFailed):
        LibreTranslate("http://127.0.0.1:1").translate(["One"], "en", ZH, terms={})
