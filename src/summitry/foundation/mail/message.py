"""A finished message, and composing one: from a template per language, or from words that people wrote."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string, select_template
from django.utils import translation
from django.utils.translation import gettext as _

from summitry.foundation.i18n import direction, language_tag
from summitry.foundation.mail.placeholders import Value, fill_markdown, fill_plain
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

    Values of `context` go in as text: they are not HTML. Raises TemplateDoesNotExist where no language has a template.
    """
    candidates = {f"mail/{name}.{code}.txt": code for code in (lang, *chain)}
    template = select_template(list(candidates))
    found = candidates[template.template.name or ""]
    with translation.override(found):
        raw = template.render({**context, "mail_lang": found})
    subject, body = split_subject(raw)
    # The template engine wrote values for HTML; Markdown reads that as it is, the plain text wants the characters.
    return _message(html.unescape(subject), html.unescape(body), body, found)


def write(
    subject: str, body: str, values: Mapping[str, Value], lang: str, *, unsubscribe: str = ""
) -> Message:
    """Return what people wrote, with `{placeholders}` filled in: Markdown of theirs, values as mere text.

    `unsubscribe` is the address at which the reader can stop mail of this sort; both forms then end with it.
    """
    text, marked = fill_plain(body, values), fill_markdown(body, values)
    if unsubscribe:
        with translation.override(lang):
            offer = _("If you do not wish to receive such news any longer:")
        text += f"\n\n—\n{offer} {unsubscribe}"
        marked += f"\n\n---\n\n{offer} <{unsubscribe}>"
    return _message(fill_plain(subject, values), text, marked, lang)


def split_subject(raw: str) -> tuple[str, str]:
    """Return subject and body of a template file: its first line, with or without `Subject:`, and the rest."""
    subject, _newline, body = raw.strip().partition("\n")
    return subject.removeprefix("Subject:").strip(), body.strip()


def _message(subject: str, text: str, body: str, lang: str) -> Message:
    # One line, whatever the values held: a header cannot be smuggled in.
    subject = " ".join(subject.split())
    frame = {
        "subject": subject,
        "body": rendered(body),
        "lang": language_tag(lang),
        "dir": direction(lang),
    }
    return Message(subject, text, render_to_string("mail/frame.html", frame), lang)
