"""A mail server of our own, and an audience that each test fills."""

from __future__ import annotations

import email
import socket
from collections import Counter
from collections.abc import Iterator
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from summitry.mailing import audiences
from tests.mailing.make import FRIENDS, register_friends


class PostOffice:
    """Takes letters; refuses `gone@…` for good, `later@…` twice for the time being, and words that say “spam”."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.envelopes: list[tuple[str, str]] = []
        self.asked: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked[address] += 1
        if address.startswith("gone"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later") and self.asked[address] <= 2:
            return "451 4.2.1 Please try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        message = email.message_from_bytes(envelope.content or b"")  # type: ignore[arg-type]
        if "spam" in str(message["Subject"]):
            return "554 5.7.1 Rejected by policy"
        self.letters.append(message)
        self.envelopes.append((str(envelope.mail_from), str(envelope.rcpt_tos[0])))
        return "250 OK"


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    office = PostOffice()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.DEFAULT_FROM_EMAIL = "Summit <office@summit.example>"
    settings.MAIL_DOMAIN, settings.MAIL_BOUNCES = "summit.example", "bounces@summit.example"
    yield office
    controller.stop()


@pytest.fixture(autouse=True)
def _friends() -> Iterator[None]:
    FRIENDS.clear()
    register_friends()
    yield
    FRIENDS.clear()
    del audiences._audiences["friends"]
