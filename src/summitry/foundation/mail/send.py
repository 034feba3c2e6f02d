"""Sending: `post` enqueues in the business transaction, the job delivers after its commit."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives

from summitry.foundation.i18n import language_tag
from summitry.foundation.jobs.job import job
from summitry.foundation.mail.message import Message


def post(message: Message, to: Sequence[str], *, reply_to: Sequence[str] = ()) -> None:
    """Send `message` to each address of `to`, one mail each, after the present transaction commits."""
    for address in to:
        deliver.enqueue(address, message.subject, message.text, message.html, message.lang, list(reply_to))


@job(retries=6)
def deliver(to: str, subject: str, text: str, html: str, lang: str, reply_to: list[str]) -> None:
    """Hand one mail to the mail server; a failure is tried again with growing pauses."""
    mail = EmailMultiAlternatives(
        subject, text, to=[to], reply_to=reply_to or None, headers={"Content-Language": language_tag(lang)}
    )
    mail.attach_alternative(html, "text/html")
    mail.send()
