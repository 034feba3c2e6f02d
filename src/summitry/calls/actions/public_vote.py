"""The public's vote in a final: one for each voter, few from one address of the network, and with the code on the screen.

Whoever votes is nobody: what is kept are keyed digests of a random number in her browser and of her address.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.calls.models import Final, Pitch, PublicVote
from summitry.calls.queries.final_links import is_code
from summitry.calls.queries.finals import votes_now
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, SummitryError

SALT = "summitry.final.vote"


class VoteClosed(SummitryError):
    """The public does not vote now."""

    code = "vote-closed"
    message = gettext_lazy("The vote is not open at the moment.")


class AlreadyVoted(SummitryError):
    """Somebody votes a second time."""

    code = "already-voted"
    message = gettext_lazy("You have voted already. Each person has one vote.")


class TooManyVotes(SummitryError):
    """As many votes came from one address of the network as count."""

    code = "too-many-votes"
    status = 429
    message = gettext_lazy("No more votes are counted from your network. Please use another connection.")


def cast_vote(final: Final, entry_id: int, *, voter: str, address: str, code: str = "") -> PublicVote:
    """Take a vote of the public; nobody has to sign in. `voter` is what her browser was given, `address` where she is.

    Raises VoteClosed, AlreadyVoted, TooManyVotes, and InvalidInput for an entry that does not pitch or a wrong code.
    """
    now = clock.now()
    with transaction.atomic():
        # Whoever counts waits for a vote that is being written, and the votes of one address come one after the other.
        fresh = Final.objects.select_for_update().get(pk=final.pk)
        if not votes_now(fresh, now):
            raise VoteClosed
        who, source = keyed(final, "voter", voter), keyed(final, "address", address)
        votes = PublicVote.objects.filter(final=final)
        if votes.filter(voter=who).exists():
            raise AlreadyVoted
        _check(fresh, entry_id, code)
        if fresh.votes_per_address and votes.filter(source=source).count() >= fresh.votes_per_address:
            raise TooManyVotes
        try:
            with transaction.atomic():
                return PublicVote.objects.create(
                    final=final, entry_id=entry_id, voter=who, source=source, voted_at=now
                )
        except IntegrityError as error:
            raise AlreadyVoted from error


def keyed(final: Final, what: str, value: str) -> str:
    """Return the digest that stands for a voter or an address in one final, and in no other."""
    return salted_hmac(SALT, f"{what}:{final.pk}:{value}", algorithm="sha256").hexdigest()


def _check(final: Final, entry_id: int, code: str) -> None:
    errors = {}
    if not Pitch.objects.filter(final=final, entry=entry_id).exists():
        errors["entry"] = [_("Choose one of the entries.")]
    if final.asks_code and not is_code(final, code, clock.now()):
        errors["code"] = [_("This is not the code on the big screen; it changes every minute.")]
    if errors:
        raise InvalidInput(fields=errors)
