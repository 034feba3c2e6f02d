"""What the outbox shows: mailings with their numbers, and one mailing with its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.mailing.answers import LOST
from summitry.mailing.enums import LetterState
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.recipients import Reach

GIVEN_UP = (LetterState.FAILED, LetterState.BOUNCED)
WAITING = (LetterState.QUEUED, LetterState.CLAIMED)


def mailings_of(edition: Edition, actor: Actor) -> QuerySet[Mailing]:
    """Return the edition's mailings that `actor` may see, newest first, with `total`, `sent` and `given_up` letters."""
    rows = within(actor, Mailing.objects.filter(edition=edition))
    return rows.select_related("edition", "created_by").annotate(
        total=Count("letters", filter=~Q(letters__state=LetterState.SUPPRESSED)),
        sent=Count("letters", filter=Q(letters__state=LetterState.SENT)),
        given_up=Count("letters", filter=Q(letters__state__in=GIVEN_UP)),
    )


def mailing_by_id(edition: Edition, actor: Actor, pk: int) -> Mailing:
    """Return one mailing. Raises NotFound where it does not exist in this edition or `actor` may not see it."""
    mailing = mailings_of(edition, actor).filter(pk=pk).first()
    if mailing is None:
        raise NotFound
    return mailing


def letter_by_id(edition: Edition, actor: Actor, pk: int) -> Letter:
    """Return one letter. Raises NotFound where it does not exist in this edition or `actor` may not see it."""
    rows = within(actor, Letter.objects.filter(mailing__edition=edition, pk=pk))
    letter = rows.select_related("mailing__edition", "mailing__created_by").first()
    if letter is None:
        raise NotFound
    return letter


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a mailing has come, in letters."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All letters that were to leave."""
        return sum(count for state, count in self.counts.items() if state != LetterState.SUPPRESSED)

    @property
    def done(self) -> int:
        """Letters that no longer wait."""
        return self.total - sum(self.counts.get(state, 0) for state in WAITING)

    @property
    def percent(self) -> int:
        """The share of letters that no longer wait."""
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def given_up(self) -> int:
        """Letters that failed or came back."""
        return sum(self.counts.get(state, 0) for state in GIVEN_UP)


def progress_of(mailing: Mailing) -> Progress:
    """Return the numbers of a mailing's letters by state."""
    return Progress(dict(mailing.letters.order_by().values_list("state").annotate(Count("pk"))))


@dataclass(frozen=True, slots=True)
class Movement:
    """Who joined the audience and who left it since the recipients were last confirmed."""

    joined: Sequence[str] = ()
    left: int = 0

    def __bool__(self) -> bool:
        return bool(self.joined or self.left)


def movement(mailing: Mailing, reach: Reach) -> Movement:
    """Compare whom the mailing reaches with whom somebody confirmed; nothing where nobody confirmed anything yet."""
    if not mailing.confirmed:
        return Movement()
    known = set(mailing.confirmed)
    joined = [one.name for one in reach.addressees if one.key not in known]
    return Movement(joined, len(known - set(reach.keys)))


def error_text(letter: Letter) -> str:
    """Return what went wrong with a letter: in our words where we have some, else in the mail server's."""
    if letter.error == LOST:
        return _(
            "The connection broke while it was handed over. It may have arrived; send it again if in doubt."
        )
    return letter.error
