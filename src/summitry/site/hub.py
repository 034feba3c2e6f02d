"""What the programme has for a guest's "My summit": her agenda with what overlaps, and what she appears in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.guests.enums import GONE, Attendance
from summitry.guests.hub import Section, register_section
from summitry.guests.models import Guest
from summitry.guests.queries.busy import Busy, register_busy
from summitry.guests.queries.guest_links import Opened, secret_of
from summitry.programme.models import Appearance, Star
from summitry.programme.queries.programme import programme_of
from summitry.site.queries.attending import may_attend, open_sessions
from summitry.site.queries.my_summit import guest_summit_of

AGENDA = "agenda"


def agenda(opened: Opened) -> Section | None:
    """Show a guest who comes her sessions; who has starred nothing is shown the way to the programme."""
    guest = opened.guest
    if guest.state in GONE:
        return None
    programme = programme_of(guest.edition, get_language() or "en")
    mine = guest_summit_of(guest, programme, clock.now())
    context = {"mine": mine, "edition": guest.edition, "is_linked": guest.edition.is_public}
    return Section(AGENDA, _("My agenda"), "site/hub_agenda.html", context)


def online(opened: Opened) -> Section | None:
    """Lead an accredited guest who does not come on site to the sessions that she can attend now."""
    guest = opened.guest
    if not may_attend(guest) or guest.attendance == Attendance.ON_SITE:
        return None
    now = clock.now()
    lines = [
        (session, reverse("attending:session", args=[secret_of(guest), session.code]))
        for session in open_sessions(programme_of(guest.edition, get_language() or "en"), now)
    ]
    if not lines:
        return None
    return Section(
        "online", _("Online now"), "site/hub_online.html", {"lines": lines, "edition": guest.edition}
    )


def sessions_of(edition: Edition, guests: Sequence[Guest]) -> Iterator[Busy]:
    """Say when guests are busy with the programme: with what they appear in, and what they have starred."""
    by_person = {guest.person_id: guest.pk for guest in guests}
    accounts = {guest.person.account_id: guest.pk for guest in guests if guest.person.account_id}
    parts = Appearance.objects.filter(session__edition=edition, person__in=by_person)
    taken = {(by_person[person], session) for person, session in parts.values_list("person", "session")}
    stars = Star.objects.filter(agenda__edition=edition, agenda__account__in=accounts)
    taken |= {
        (accounts[account], session) for account, session in stars.values_list("agenda__account", "session")
    }
    lines = {line.id: line for line in programme_of(edition, get_language() or "en").sessions}
    for guest_id, session_id in sorted(taken):
        line = lines.get(session_id)
        if line is not None and not line.is_cancelled:
            yield Busy(guest_id, line.starts_at, line.ends_at)


def register() -> None:
    """Contribute the agenda, and when guests are busy by it."""
    register_section(100, online)
    register_section(200, agenda)
    register_busy(sessions_of)
