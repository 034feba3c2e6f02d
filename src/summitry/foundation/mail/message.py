"""Composing a message from its templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string, select_template
from django.utils import translation

from summitry.foundation.i18n import direction, language_tag
from summitry.foundation.web.markup import rendered


@dataclass(frozen=True, slots=True)
class Message:
    """A finished message: subject, plain text and HTML, and the language it is in."""

    subject: str
    text: str
    html: str
    lang: str


def compose(name: str, lang: str, context: Mapping[str, Any], *, chain: Sequence[str] = ("en",)) -> Message:
    """Return the message `name` in `lang`, or in the first language of `chain` that has a template.

    Values of `context` go in as text: they are neither HTML nor Markdown of ours. Raises TemplateDoesNotExist where
    no language has a template.
    """
    candidates = {f"mail/{name}.{code}.txt": code for code in (lang, *chain)}
    template = select_template(list(candidates))
    found = candidates[template.template.name or ""]
    with translation.override(found):
        raw = template.render({**context, "mail_lang": found})
        subject, _newline, body = raw.strip().partition("\n")
        body = body.strip()
        frame = {
            "subject": subject,
            "body": rendered(body),
            "lang": language_tag(found),
            "dir": direction(found),
        }
        html = render_to_string("mail/frame.html", frame)
    return Message(" ".join(subject.removeprefix("Subject:").split()), body, html, found)
