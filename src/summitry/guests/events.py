"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestsChanged(Event):
    """Guests were added, or their facts changed: names, category, delegation, badge lines."""

    guest_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestMoved(Event):
    """A guest came from one state to another. Whoever admits people listens to this: `now` decides about her badge."""

    guest_id: int
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationsChanged(Event):
    """Invitations were drafted, sent, withdrawn, or their time is over."""

    invitation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(Event):
    """An invitation was accepted, declined or passed on."""

    guest_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationsChanged(Event):
    """Delegations, their quotas or their focal points changed."""

    delegation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoriesChanged(Event):
    """Categories of an edition, or what their guests are asked, changed: names, colours, steps, rules."""

    category_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationChanged(Event):
    """Somebody answered questions of a guest's application; which ones, never what."""

    guest_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A guest withdrew her consent to a purpose: whoever keeps something for it shreds it in the same transaction."""

    guest_id: int
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestErased(Event):
    """A guest was erased: whoever keeps something of hers shreds it in the same transaction (subscribe `inside`)."""

    guest_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChanged(Event):
    """A meeting was asked for, agreed, declined or ended."""

    meeting_id: int
    state: str
