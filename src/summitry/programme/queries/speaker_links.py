"""The links of a speaker's page: made of the record's key and a generation, signed, and kept nowhere.

Whoever reads the database, or a copy of it, finds no link that opens anything. An old link is known as such, so that its
holder can be told in peace how to get the present one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.mailing.notices import site_address
from summitry.programme.models import Speaker
from summitry.programme.permissions import ASSISTANT, SELF

SALT = "summitry.speaker"
SEPARATOR = "."
LONGEST = 120


class Holder(StrEnum):
    """Whose link it is."""

    SPEAKER = "s"
    ASSISTANT = "a"


class Opened(NamedTuple):
    """What a link opens: a record, for whom, and whether the link still holds."""

    speaker: Speaker
    holder: Holder
    is_current: bool

    @property
    def actor(self) -> Actor:
        """Whoever holds the link, with exactly this record as her scope."""
        speaker = self.speaker
        if self.holder is Holder.SPEAKER:
            role, label = SELF, str(speaker)
        else:
            role, label = (
                ASSISTANT,
                f"{speaker.assistant_name or speaker.assistant_email} on behalf of {speaker}",
            )
        scope = Scope("speaker", speaker.pk)
        return Actor(ActorKind.LINK, label[:200], grants=frozenset({(role, scope)}))


def secret_of(speaker: Speaker, holder: Holder = Holder.SPEAKER) -> str:
    """Return the secret part of the address of a speaker's page."""
    return _signer().sign(f"{holder}{speaker.pk:x}-{_generation(speaker, holder):x}")


def opened_by(secret: str) -> Opened | None:
    """Return what a secret opens, or None where nobody was ever given it; one query for a genuine one.

    The signature is compared in constant time, before the database is asked anything.
    """
    if len(secret) > LONGEST:
        return None
    try:
        value = _signer().unsign(secret)
        holder = Holder(value[:1])
        key, _dash, generation = value[1:].partition("-")
        pk, number = int(key, 16), int(generation, 16)
    except (BadSignature, ValueError):
        return None
    speaker = Speaker.objects.filter(pk=pk).select_related("edition", "person__portrait").first()
    if speaker is None:
        return None
    holds = number == _generation(speaker, holder) and (holder is Holder.SPEAKER or has_assistant(speaker))
    return Opened(speaker, holder, holds)


def has_assistant(speaker: Speaker) -> bool:
    """Return whether somebody is named who may open the page on her behalf."""
    return bool(speaker.assistant_name or speaker.assistant_email)


def page_path(speaker: Speaker, holder: Holder = Holder.SPEAKER, lang: str = "") -> str:
    """Return the path of a speaker's page in `lang`, or the active language; in English where no pages are in it."""
    lang = lang or translation.get_language()
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return reverse("speaking:page", args=[secret_of(speaker, holder)])


def page_address(speaker: Speaker, holder: Holder = Holder.SPEAKER, lang: str = "") -> str:
    """Return the full address of a speaker's page."""
    return site_address(page_path(speaker, holder, lang))


def _generation(speaker: Speaker, holder: Holder) -> int:
    return speaker.generation if holder is Holder.SPEAKER else speaker.assistant_generation


def _signer() -> Signer:
    return Signer(salt=SALT, sep=SEPARATOR)
