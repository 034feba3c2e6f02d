"""What guests, or whoever answers for them, are written about meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils import translation

from summitry.directory.queries.names import display_names
from summitry.editions.actions.reminding import moment
from summitry.foundation.access import Actor
from summitry.guests.enums import MeetingState
from summitry.guests.models import Guest, Meeting, MeetingDesk
from summitry.guests.permissions import FOCAL_POINT, GUEST_OFFICE
from summitry.guests.queries.addresses import meetings_address
from summitry.guests.queries.guest_links import page_address
from summitry.mailing.audiences import Fact, Recipient
from summitry.mailing.notices import NoticeKey, holders, person_recipient, post_notice


def tell_request(meeting: Meeting, by: Actor) -> None:
    """Write to whoever answers for the guest who is asked."""
    facts: dict[str, Fact] = {
        "asker": _name(meeting.asker),
        "asked": _name(meeting.asked),
        "when": moment(meeting.edition, meeting.starts_at, meeting.asked.zone_name),
        "words": meeting.words or "–",
        "until": moment(meeting.edition, meeting.expires_at),
    }
    post_notice(meeting.edition, NoticeKey.MEETING_REQUEST, _answering(meeting.asked, facts), by=by)


def tell_answer(meeting: Meeting, by: Actor, of: Guest | None = None) -> None:
    """Write to the one who asked how it was answered; where `of` cancelled, to the other of the two."""
    other = meeting.asked if of is not None and of.pk == meeting.asker_id else meeting.asker
    partner = meeting.asker if other.pk == meeting.asked_id else meeting.asked
    facts: dict[str, Fact] = {
        "partner": _name(partner),
        "when": moment(meeting.edition, meeting.starts_at, other.zone_name),
        "answer": _answer(meeting),
        "link": lambda lang: page_address(other, lang, "guest:meetings"),
    }
    one = person_recipient(other.person, language=other.language, context=facts)
    post_notice(meeting.edition, NoticeKey.MEETING_ANSWER, [one], by=by)


def _answering(guest: Guest, facts: Mapping[str, Fact]) -> list[Recipient]:
    if not MeetingDesk.objects.filter(guest=guest, via_office=True).exists():
        own: dict[str, Fact] = {**facts, "link": lambda lang: page_address(guest, lang, "guest:meetings")}
        return [person_recipient(guest.person, language=guest.language, context=own)]
    link: dict[str, Fact] = {**facts, "link": lambda lang: meetings_address(guest, lang)}
    points: list[Recipient] = []
    if guest.delegation_id is not None:
        points = holders({FOCAL_POINT.code}, "delegation", [guest.delegation_id]).get(guest.delegation_id, [])
    office = points or holders({GUEST_OFFICE.code}, "edition", [guest.edition_id]).get(guest.edition_id, [])
    return [
        Recipient(one.person_id, one.name, one.address, one.language, one.reason, link, one.also)
        for one in office
    ]


def _answer(meeting: Meeting) -> Callable[[str], str]:
    def told(lang: str) -> str:
        with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
            return str(MeetingState(meeting.state).label)

    return told


def _name(guest: Guest) -> Callable[[str], str]:
    def told(lang: str) -> str:
        return display_names([guest.person_id], lang, guest.edition.fallback)[guest.person_id].text

    return told
