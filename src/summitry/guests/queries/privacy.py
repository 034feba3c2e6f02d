"""What a guest can know of what is kept of her: what, why, until when, who looked, and all of it as a copy to take away."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from summitry.directory.models import PersonName
from summitry.editions.models import Edition
from summitry.foundation.audit import sentence
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry, AuditSubject
from summitry.guests.enums import DecisionKind
from summitry.guests.models import Answer, Consent, Decision, Guest, Purpose, VisaLetter
from summitry.guests.queries.answers import value_of
from summitry.guests.queries.consents import Wording, ledger, wording
from summitry.guests.queries.holdings import everything_of
from summitry.guests.queries.keeping import INSIDE_LOOKS, kept_until, looks_told
from summitry.guests.queries.outside import code_of, seen_state
from summitry.guests.queries.worklist import Said, said_by
from summitry.mailing.models import Letter

MOST_LOOKS = 200
INSIDE = (DecisionKind.CLEAR, DecisionKind.OBJECT, DecisionKind.HOLD)
"""What is decided of which nobody outside is told."""


class Holding(NamedTuple):
    """What is kept for one purpose, why, until when, and (where it needs one) the guest's consent."""

    purpose: Purpose
    wording: Wording
    until: dt.date
    said: list[Said]
    consent: Consent | None

    @property
    def is_consented(self) -> bool:
        """Whether consent is needed and given."""
        return self.consent is not None and self.consent.is_given


class Look(NamedTuple):
    """Somebody looked at what is sealed."""

    at: dt.datetime
    sentence: str


def holdings_of(guest: Guest, lang: str) -> list[Holding]:
    """Return what is kept of a guest, purpose by purpose; those that need consent are there even when nothing is kept."""
    said: dict[int, list[Said]] = {}
    answers = Answer.objects.filter(guest=guest).order_by("field__position", "field")
    for purpose_id, one in zip(
        answers.values_list("field__purpose", flat=True), said_by(guest, lang), strict=True
    ):
        said.setdefault(purpose_id, []).append(one)
    lines = ledger(guest)
    return [
        Holding(
            purpose,
            wording(purpose, lang),
            kept_until(purpose),
            said.get(purpose.pk, []),
            lines.get(purpose.pk),
        )
        for purpose in Purpose.objects.filter(edition=guest.edition_id).select_related("edition")
        if purpose.pk in said or purpose.needs_consent
    ]


def looks_at(guest: Guest) -> list[Look]:
    """Return who looked at what is kept of a guest under seal, newest first; of screening nothing is said."""
    among = AuditSubject.objects.filter(object_type=Guest._meta.label_lower, object_id=str(guest.pk)).values(
        "entry"
    )
    own = Q(object_type=Guest._meta.label_lower, object_id=str(guest.pk))
    return _looks(AuditEntry.objects.filter(own | Q(pk__in=among)), looks_told())


def looks_in(edition: Edition) -> list[Look]:
    """Return who looked at what in an edition, newest first, screening among it: for the data protection officer."""
    return _looks(AuditEntry.objects.filter(edition_id=edition.pk), (*looks_told(), *INSIDE_LOOKS))


def copy_of(guest: Guest) -> dict[str, Any]:
    """Return what is kept of a guest, to be read by her and by machines; of screening nothing is said."""
    person, seen = guest.person, seen_state(guest, inside=False)
    return {
        "person": {
            "name": person.reference_name,
            "email": person.email,
            "languages": person.languages,
            "names": list(PersonName.objects.filter(person=person).values("use", "lang", "text")),
        },
        "guest": {
            "edition": guest.edition.slug,
            "category": guest.category.slug,
            "attendance": guest.attendance,
            "state": seen.code,
            "since": seen.since,
            "language": guest.language,
            "zone": guest.zone_name,
            "badge": [guest.badge_name, guest.badge_second_name, guest.badge_line],
        },
        "answers": [
            {
                "question": answer.field.slug,
                "purpose": answer.field.purpose.slug,
                "value": value_of(answer),
                "file": answer.file.name if answer.file else "",
                "changed_at": answer.changed_at,
            }
            for answer in Answer.objects.filter(guest=guest)
            .select_related("field__purpose", "file")
            .order_by("pk")
        ],
        "consents": list(
            Consent.objects.filter(guest=guest).values("purpose__slug", "is_given", "digest", "lang", "at")
        ),
        "decisions": [
            {"kind": row.kind, "now": code_of(row.now), "told": row.told, "at": row.at}
            for row in Decision.objects.filter(guest=guest).exclude(kind__in=INSIDE).order_by("pk")
        ],
        "visa_letters": list(
            VisaLetter.objects.filter(guest=guest).values(
                "number", "issued_at", "withdrawn_at", "shredded_at"
            )
        ),
        "letters": list(letters_to(guest).values("subject", "lang", "sent_at")),
        "further": everything_of(guest),
        "looks": [{"at": look.at, "what": look.sentence} for look in looks_at(guest)],
    }


def archive_of(guest: Guest) -> bytes:
    """Return the same as a ZIP, with the files that she handed in."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", as_json(copy_of(guest)))
        files = [
            answer.file
            for answer in Answer.objects.filter(guest=guest).exclude(file=None).select_related("file")
        ]
        for number, stored in enumerate([*files, *([guest.photo] if guest.photo else [])], 1):
            if stored is not None:
                with stored.content.open("rb") as content:
                    archive.writestr(f"files/{number}-{stored.name}", content.read())
    return packed.getvalue()


def as_json(copy: dict[str, Any]) -> str:
    """Return a copy as JSON."""
    return json.dumps(copy, ensure_ascii=False, indent=1, default=_plain)


def letters_to(guest: Guest) -> Any:
    """Return the letters of an edition that were sent to a guest: what is held back or waits says nothing yet."""
    rows = Letter.objects.filter(mailing__edition=guest.edition_id, person=guest.person_id)
    return rows.exclude(sent_at=None).order_by("pk")


def _plain(value: Any) -> Any:
    return dict(value.texts) if isinstance(value, Text) else value.isoformat()


def _looks(entries: Any, actions: Sequence[str]) -> list[Look]:
    rows: Sequence[AuditEntry] = entries.filter(action__in=actions).order_by("-pk")[:MOST_LOOKS]
    return [Look(entry.at, sentence(entry)) for entry in rows]
