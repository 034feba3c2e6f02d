"""Sending: `post` enqueues in the business transaction, the job delivers after its commit; `parcel` builds the mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from summitry.foundation.i18n import language_tag
from summitry.foundation.jobs.job import job
from summitry.foundation.mail.message import Message
from summitry.foundation.mail.sealing import opened_message


def post(message: Message, to: Sequence[str], *, reply_to: Sequence[str] = (), sealed: str = "") -> None:
    """Send `message` to each address of `to`, one mail each, after the present transaction commits.

    `sealed` are the secrets whose places the message shows (see `sealing`): so they wait unreadable.
    """
    for address in to:
        deliver.enqueue(
            address, message.subject, message.text, message.html, message.lang, list(reply_to), sealed
        )


@job(retries=6)
def deliver(
    to: str, subject: str, text: str, html: str, lang: str, reply_to: list[str], sealed: str = ""
) -> None:
    """Hand one mail to the mail server; a failure is tried again with growing pauses."""
    message = opened_message(Message(subject, text, html, lang), sealed)
    parcel(message, to, reply_to=reply_to).send()


def parcel(
    message: Message,
    to: str,
    *,
    reply_to: Sequence[str] = (),
    sender_name: str = "",
    return_path: str = "",
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return `message` as a mail to one address, from the installation's own sender.

    `sender_name` is how the sender is called; its address stays, for SPF and DKIM vouch for that one only.
    `return_path` is where the mail server reports what it cannot deliver. Django refuses line breaks in headers.
    """
    known_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        return_path or address,
        to=[to],
        reply_to=list(reply_to) or None,
        headers={
            "From": formataddr((sender_name or known_name, address)),
            "Content-Language": language_tag(message.lang),
            **(headers or {}),
        },
    )
    mail.attach_alternative(message.html, "text/html")
    return mail
