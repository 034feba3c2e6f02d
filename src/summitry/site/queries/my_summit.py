"""What a guest's own page shows: the next thing, the agenda with its conflicts, and what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from summitry.directory.models import Person
from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition
from summitry.editions.queries.edition import editions
from summitry.foundation.access import Actor
from summitry.guests.models import Guest
from summitry.programme.models import Agenda, Appearance, Speaker
from summitry.programme.queries.agenda import account_agenda, starred_ids
from summitry.programme.queries.changes import ChangeLine, changes_since
from summitry.programme.queries.conflicts import clashing
from summitry.programme.queries.programme import Programme, SessionLine
from summitry.programme.queries.speaker_links import page_path


@dataclass(frozen=True, slots=True)
class MySummit:
    """`next` is what the guest has to go to next, or is in now; `minutes` until it begins, 0 once it has.

    `appearing` are the sessions in which the guest herself has a role, `own_page` leads to her speaker's page.
    """

    agenda: Agenda | None
    sessions: tuple[SessionLine, ...]
    appearing: tuple[SessionLine, ...]
    clashes: frozenset[int]
    changes: tuple[ChangeLine, ...]
    next: SessionLine | None
    minutes: int
    own_page: str


def edition_of_hers(actor: Actor) -> Edition | None:
    """Return the edition that the page of the actor's account is about (one query).

    It is the newest in which she is a guest or has an agenda; where there is none, the newest that is run here.
    """
    guest = Guest.objects.filter(edition=OuterRef("pk"), person__account=actor.account_id)
    agenda = Agenda.objects.filter(edition=OuterRef("pk"), account=actor.account_id)
    found = editions(actor).filter(origin=EditionOrigin.RUN)
    hers = found.annotate(is_hers=Exists(guest) | Exists(agenda))
    return hers.order_by("-is_hers", "-starts_on", "-id").first()


def my_summit_of(actor: Actor, edition: Edition, programme: Programme, now: dt.datetime) -> MySummit:
    """Return the page of the actor's account in `edition`."""
    return _my_summit(Q(account=actor.account_id), account_agenda(actor, edition), edition, programme, now)


def guest_summit_of(guest: Guest, programme: Programme, now: dt.datetime) -> MySummit:
    """Return the same for a guest who has opened her page: what she appears in, and the agenda of her account."""
    account = guest.person.account_id
    agenda = Agenda.objects.filter(edition=guest.edition, account=account).first() if account else None
    return _my_summit(Q(pk=guest.person_id), agenda, guest.edition, programme, now)


def _my_summit(
    who: Q, agenda: Agenda | None, edition: Edition, programme: Programme, now: dt.datetime
) -> MySummit:
    stars = starred_ids(agenda)
    person = Person.objects.filter(who).values("pk")
    own = set(
        Appearance.objects.filter(session__edition=edition, person__in=person).values_list(
            "session_id", flat=True
        )
    )
    speaker = Speaker.objects.filter(edition=edition, person__in=person).first() if own else None
    mine = [session for session in programme.sessions if session.id in stars or session.id in own]
    ahead = [session for session in mine if session.state(now) in {"now", "upcoming"}]
    first = ahead[0] if ahead else None
    wait = max(dt.timedelta(), first.starts_at - now) if first else dt.timedelta()
    changes = changes_since(edition, programme, agenda.seen_version) if agenda else []
    return MySummit(
        agenda=agenda,
        sessions=tuple(mine),
        appearing=tuple(session for session in mine if session.id in own),
        clashes=frozenset(clashing(mine)),
        changes=tuple(change for change in changes if change.session.id in stars),
        next=first,
        minutes=int(wait.total_seconds() // 60),
        own_page=page_path(speaker) if speaker else "",
    )
