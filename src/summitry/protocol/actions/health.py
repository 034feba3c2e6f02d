"""The health step: switched on per edition; results are sealed, and each look is recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.guests.actions.consent import give_consent
from summitry.guests.models import Guest, Purpose
from summitry.guests.queries.consents import holds
from summitry.protocol.actions.forgetting import KEEP_DAYS
from summitry.protocol.enums import HealthOutcome
from summitry.protocol.errors import HealthOff
from summitry.protocol.models import HealthResult, HealthStep
from summitry.protocol.queries.sealed import HEALTH, opened_result, sealed_result

PURPOSE_NAME = {
    "en": "Health",
    "ar": "الصحة",
    "es": "Salud",
    "fr": "Santé",
    "ru": "Здоровье",
    "zh-hans": "健康",
}
PURPOSE_REASON = {
    "en": "To protect everybody at the venue.",
    "ar": "لحماية جميع الموجودين في مقر الانعقاد.",
    "es": "Para proteger a todas las personas presentes en la sede.",
    "fr": "Afin de protéger toutes les personnes présentes sur le site.",
    "ru": "Чтобы защитить всех, кто находится на площадке.",
    "zh-hans": "为保护会场内所有人的健康。",
}
"""A guest is asked for her consent in the language that she reads: the purpose that this room makes has the words of all six."""


def set_health_step(edition: Edition, *, by: Actor, **values: Any) -> HealthStep:
    """Switch the step on or off, or change what is asked; its purpose is made where the edition has none yet."""
    require(by, "edit", HealthStep(edition=edition))
    with recording():
        purpose, _made = Purpose.objects.get_or_create(
            edition=edition,
            slug=HEALTH,
            defaults={
                "name": Text.of(PURPOSE_NAME, source="en"),
                "reason": Text.of(PURPOSE_REASON, source="en"),
                "keep_days": KEEP_DAYS,
                "needs_consent": True,
                "sealed": True,
            },
        )
        row = HealthStep.objects.filter(edition=edition).first()
        if row is None:
            row = checked(HealthStep(edition=edition, purpose=purpose))
            row.save(force_insert=True)
        change(row, values, by=by, audit="protocol.health.step")
    return row


def record_result(
    guest: Guest, outcome: str, taken_at: dt.datetime, *, by: Actor, words: str = ""
) -> HealthResult:
    """Enter a result. Raises HealthOff where the edition asks for none, and InvalidInput for one from the future."""
    require(by, "edit", HealthResult(guest=guest))
    if not HealthStep.objects.filter(edition=guest.edition_id, is_on=True).exists():
        raise HealthOff
    now = clock.now()
    wrong: dict[str, list[str]] = {}
    if outcome not in HealthOutcome.values:
        wrong["outcome"] = [_("Choose from the list.")]
    if taken_at > now:
        wrong["taken_at"] = [_("This time has not come yet.")]
    if len(words) > 200:
        wrong["words"] = [_("Say it in %(most)d characters.") % {"most": 200}]
    if wrong:
        raise InvalidInput(fields=wrong)
    sealed = sealed_result(outcome, words)
    with recording():
        made = HealthResult.objects.create(guest=guest, taken_at=taken_at, sealed=sealed, recorded_at=now)
        record("protocol.health.recorded", by=by, obj=guest)
    return made


def hand_in_result(
    guest: Guest, outcome: str, taken_at: dt.datetime, *, by: Actor, words: str, lang: str, seen: str
) -> HealthResult:
    """Take a guest's own result, with her consent where the purpose needs one that she has not given; both or neither.

    `seen` is the digest of the words that she read in `lang`. Raises what `record_result` and `give_consent` raise.
    """
    purpose = Purpose.objects.select_related("edition").filter(edition=guest.edition_id, slug=HEALTH).first()
    with recording():
        if purpose is not None and purpose.needs_consent and not holds(guest, purpose):
            give_consent(guest, purpose, by=by, lang=lang, seen=seen)
        return record_result(guest, outcome, taken_at, by=by, words=words)


def look_at_result(result: HealthResult, *, by: Actor) -> tuple[str, str]:
    """Open a result: its outcome and words. Each look is recorded. Raises PermissionRefused."""
    require(by, "unseal", result)
    with recording():
        record("protocol.health.seen", by=by, obj=result.guest)
    return opened_result(result.sealed)
