"""What a mailing must satisfy before it is written down: its audience, its choices, its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.mail import unknown_in
from summitry.mailing.audiences import EVERYONE, Audience, Placeholder, Question, audience_of

Problems = dict[str, list[str]]


def audience_for(key: str, actor: Actor, edition: Edition) -> Audience:
    """Return the audience `key`. Raises InvalidInput where there is none, or `actor` may not write to it."""
    audience = audience_of(key)
    if audience is None or not audience.open_to(actor, edition):
        raise InvalidInput(fields={"audience": [_("Please choose who is written to.")]})
    return audience


def checked_filters(
    audience: Audience, filters: Mapping[str, Any], actor: Actor, edition: Edition
) -> dict[str, Any]:
    """Return the choice in the form in which it is stored. Raises InvalidInput for what cannot be chosen."""
    question, problems = Question(edition, actor), Problems()
    stored: dict[str, Any] = {}
    for one in audience.filters:
        given = filters.get(one.key) or []
        values = [str(value) for value in (given if isinstance(given, (list, tuple)) else [given])]
        known = {value for value, _label in one.choices(question)} if values else set()
        if set(values) - known:
            problems[one.key] = [_("One of the choices is not available. Please choose again.")]
        elif values:
            stored[one.key] = list(dict.fromkeys(values))
    unknown = set(filters) - {one.key for one in audience.filters} - {EVERYONE}
    for key in sorted(unknown):
        problems[key] = [_("This audience has no such filter.")]
    if problems:
        raise InvalidInput(fields=problems)
    if filters.get(EVERYONE) and not stored:
        stored[EVERYONE] = True
    return stored


def word_problems(subject: Text, body: Text, known: Iterable[Placeholder]) -> Problems:
    """Return what is wrong with the words, by field (`subject_fr`, `body_fr`)."""
    names = [placeholder.key for placeholder in known]
    problems = Problems()
    for field, text in (("subject", subject), ("body", body)):
        for lang, words in text.texts.items():
            found = [_unknown(unknown.written, unknown.meant) for unknown in unknown_in(words, names)]
            if found:
                problems[f"{field}_{lang}"] = found
    for lang in dict.fromkeys([*subject.texts, *body.texts]):
        if not subject.get(lang).strip() and body.get(lang).strip():
            problems.setdefault(f"subject_{lang}", []).append(_("There is a text, but no subject."))
        if subject.get(lang).strip() and not body.get(lang).strip():
            problems.setdefault(f"body_{lang}", []).append(_("There is a subject, but no text."))
    return problems


def _unknown(written: str, meant: str) -> str:
    if meant:
        return _("%(written)s is not a placeholder. Did you mean %(meant)s?") % {
            "written": written,
            "meant": meant,
        }
    return _("%(written)s is not a placeholder that this audience has.") % {"written": written}
