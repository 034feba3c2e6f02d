"""The big screen of a final: its secret link, the live topic that goes with it, and the code that the public's vote asks for."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from summitry.calls.models import Final
from summitry.mailing.notices import site_address

SALT = "summitry.final.screen"
SEPARATOR = "."
LONGEST = 120
MINUTES = 2
"""A code holds for the minute in which it is shown and for so many after it: people type slowly."""
LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
LENGTH = 4


class OpenedFinal(NamedTuple):
    """What the link of a big screen opens, and whether it still holds."""

    final: Final
    is_current: bool


def screen_secret(final: Final) -> str:
    """Return the secret part of the big screen's address."""
    return Signer(salt=SALT, sep=SEPARATOR).sign(f"{final.pk:x}-{final.generation:x}")


def final_by(secret: str) -> OpenedFinal | None:
    """Return what a secret opens, or None where nobody was ever given it; one query for a genuine one."""
    if len(secret) > LONGEST:
        return None
    try:
        key, _dash, generation = Signer(salt=SALT, sep=SEPARATOR).unsign(secret).partition("-")
        pk, number = int(key, 16), int(generation, 16)
    except (BadSignature, ValueError):
        return None
    final = Final.objects.filter(pk=pk).select_related("round__call__edition", "panel").first()
    return None if final is None else OpenedFinal(final, number == final.generation)


def screen_address(final: Final, lang: str = "") -> str:
    """Return the full address of the big screen."""
    lang = lang or translation.get_language() or "en"
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return site_address(reverse("entry:screen", args=[screen_secret(final)]))


def vote_address(final: Final) -> str:
    """Return the full address at which the public votes, in the language of the page that shows it."""
    call = final.round.call
    return site_address(reverse("calls_public:vote", args=[call.edition.slug, call.slug]))


def topic_of(final_id: int) -> str:
    """Return the live topic of a final, for those who work on it and its jurors."""
    return f"final:{final_id}"


def screen_topic(final: Final) -> str:
    """Return the live topic of the big screen: whoever knows it was given the link."""
    return f"final-screen:{final.pk}:{_keyed(f'topic:{final.pk}:{final.generation}')[:32]}"


def may_hear_screen(topic: str) -> bool:
    """Return whether a topic is a big screen's own."""
    words = topic.split(":")
    if len(words) != 3 or not words[1].isdigit() or len(words[1]) > 18:
        return False
    final = Final.objects.filter(pk=int(words[1])).first()
    return final is not None and constant_time_compare(topic, screen_topic(final))


def code_at(final: Final, now: dt.datetime, back: int = 0) -> str:
    """Return the code that the big screen shows in the minute of `now`, or `back` minutes before it."""
    minute = int(now.timestamp()) // 60 - back
    number = int(_keyed(f"code:{final.pk}:{final.generation}:{minute}"), 16)
    letters = []
    for _n in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def is_code(final: Final, given: str, now: dt.datetime) -> bool:
    """Return whether a code is, or was within the last minutes, on the big screen."""
    told = given.strip().upper()[: LENGTH + 1]
    return any(constant_time_compare(told, code_at(final, now, back)) for back in range(MINUTES + 1))


def _keyed(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()
