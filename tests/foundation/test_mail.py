"""Mail: in the reader's language, through a real SMTP server, tried again while the server is away."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from email.message import Message as Received
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.conf import settings as django_settings
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from summitry.foundation.jobs import run_pending
from summitry.foundation.mail import compose, post


class Inbox(MessageHandler):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Received] = []

    def handle_message(self, message: Received) -> None:
        self.received.append(email.message_from_bytes(message.as_bytes()))


@pytest.fixture
def inbox(settings: Settings) -> Iterator[Inbox]:
    handler = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield handler
    controller.stop()


@pytest.fixture(autouse=True)
def _templates(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "mail"
    folder.mkdir(parents=True)
    (folder / "hello.en.txt").write_text("Subject: Welcome, {{ name }}\n\nDear **{{ name }}**,\n\nwelcome.\n")
    (folder / "hello.ar.txt").write_text("Subject: مرحبا {{ name }}\n\nأهلا وسهلا.\n")
    settings.TEMPLATES = [{**django_settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]


def test_a_message_is_in_the_readers_language_or_the_next_in_the_chain() -> None:
    arabic, french = (compose("hello", lang, {"name": "Mei"}) for lang in ("ar", "fr"))

    assert (arabic.lang, arabic.subject) == ("ar", "مرحبا Mei")
    assert '<html lang="ar" dir="rtl">' in arabic.html
    assert (french.lang, french.subject) == ("en", "Welcome, Mei")
    assert "<strong>Mei</strong>" in french.html


def test_values_cannot_smuggle_markup_or_headers() -> None:
    message = compose("hello", "en", {"name": "<script>x</script>\nBcc: all@example.org"})

    assert "<script>" not in message.html
    assert "\n" not in message.subject


@pytest.mark.django_db(transaction=True)
def test_post_delivers_through_smtp(inbox: Inbox) -> None:
    post(compose("hello", "en", {"name": "Mei"}), ["mei@example.org"])
    run_pending()

    (mail,) = inbox.received
    assert (mail["To"], mail["Subject"], mail["Content-Language"]) == (
        "mei@example.org",
        "Welcome, Mei",
        "en",
    )
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.django_db(transaction=True)
def test_mail_waits_while_the_server_is_away(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    post(compose("hello", "en", {"name": "Mei"}), ["mei@example.org"])
    run_pending()

    assert list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)) == [
        TaskResultStatus.FAILED,
        TaskResultStatus.READY,
    ]
