"""What a visitor does with her own agenda. It is hers alone: no permission to ask for, nothing for the audit log.

Stars are written so that two at once, from two tabs or a double press, are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from summitry.foundation.access import Actor, visible
from summitry.foundation.errors import NotFound
from summitry.foundation.models import Account
from summitry.programme.models import Agenda, Session, Star, Version


def star(session: Session, *, by: Actor, agenda: Agenda | None = None) -> Agenda:
    """Put a session into the visitor's agenda and return it; the first star creates it.

    Raises NotFound for a session that `by` may not see.
    """
    if not visible(by, Session.objects.filter(pk=session.pk)).exists():
        raise NotFound
    with transaction.atomic():
        if agenda is None:
            agenda = _new_agenda(session.edition_id, by)
        Star.objects.bulk_create([Star(agenda=agenda, session=session)], ignore_conflicts=True)
    return agenda


def unstar(session: Session, *, agenda: Agenda) -> None:
    """Take a session out of an agenda; one that is not in it stays out."""
    Star.objects.filter(agenda=agenda, session=session).delete()


def mark_seen(agenda: Agenda, number: int) -> None:
    """Remember that the visitor has looked at the changes up to version `number`."""
    if Agenda.objects.filter(pk=agenda.pk, seen_version__lt=number).update(seen_version=number):
        agenda.seen_version = number


def adopt_agendas(account: Account, tokens: Sequence[UUID]) -> None:
    """Give the agendas made before signing in to `account`; stars move into the agenda it has already."""
    if not tokens:
        return
    with transaction.atomic():
        for agenda in Agenda.objects.select_for_update().filter(token__in=tokens, account=None):
            own = _own_or_adopted(account, agenda)
            if own is None:
                continue
            stars = agenda.stars.values_list("session_id", flat=True)
            Star.objects.bulk_create(
                [Star(agenda=own, session_id=session_id) for session_id in stars], ignore_conflicts=True
            )
            agenda.delete()


def _own_or_adopted(account: Account, agenda: Agenda) -> Agenda | None:
    """Return the agenda that the account has already; where it has none, `agenda` becomes it and None is returned."""
    others = Agenda.objects.filter(edition_id=agenda.edition_id, account=account)
    own = others.first()
    if own is None:
        try:
            with transaction.atomic():
                Agenda.objects.filter(pk=agenda.pk).update(account=account)
        except IntegrityError:  # the account got one in another window, just now
            own = others.get()
    return own


def _new_agenda(edition_id: int, by: Actor) -> Agenda:
    """Create the visitor's agenda, or find the one that another of her requests has just created."""
    numbers = Version.objects.filter(edition_id=edition_id, number__isnull=False)
    seen = numbers.aggregate(last=Max("number"))["last"] or 0
    if by.account_id is None:
        return Agenda.objects.create(edition_id=edition_id, seen_version=seen)
    return Agenda.objects.get_or_create(
        edition_id=edition_id, account_id=by.account_id, defaults={"seen_version": seen}
    )[0]
