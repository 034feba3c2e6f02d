"""Sessions that cannot both be attended. They are shown, never removed."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.programme.queries.programme import SessionLine


def clashing(sessions: Sequence[SessionLine]) -> frozenset[int]:
    """Return the ids of those of `sessions` that overlap with another of them; cancelled ones clash with nothing."""
    taking_place = sorted((s for s in sessions if not s.is_cancelled), key=lambda session: session.starts_at)
    found: set[int] = set()
    for index, session in enumerate(taking_place):
        for later in taking_place[index + 1 :]:
            if later.starts_at >= session.ends_at:
                break
            found |= {session.id, later.id}
    return frozenset(found)
