"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingChanged(Event):
    """A mailing was written, changed, held, discarded, or any of its letters changed its state."""

    mailing_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingReleased(MailingChanged):
    """A mailing was released or scheduled; `count` letters will leave."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingRecalled(MailingChanged):
    """A mailing was recalled; `count` letters did not leave."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingSent(MailingChanged):
    """All letters of a mailing were handed over, or given up."""

    sent: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBounced(MailingChanged):
    """A letter came back; `address` will get no further mail until somebody allows it again."""

    letter_id: int
    address: str
