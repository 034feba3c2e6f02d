"""Speakers' records follow what happens: to who appears, to biographies, and to people who turn out to be one."""

from __future__ import annotations

import datetime as dt

from summitry.directory.events import MergeUndone, PeopleChanged, RecordsMerged
from summitry.foundation.bus import subscribe
from summitry.foundation.jobs import every
from summitry.foundation.live import hint
from summitry.programme.actions.biography import refresh_biography_states
from summitry.programme.actions.speaker import ensure_speakers
from summitry.programme.actions.speaker_reminders import remind_of_speaking
from summitry.programme.events import SessionsChanged, SpeakerEvent


def on_sessions_changed(event: SessionsChanged) -> None:
    """Give everybody who appears in these sessions a record."""
    ensure_speakers(event.edition_id or 0)


def on_people_changed(event: PeopleChanged) -> None:
    """An approval holds for the words that were approved."""
    refresh_biography_states(event.person_ids)


def on_merge(event: RecordsMerged | MergeUndone) -> None:
    """Whoever two records became keeps one biography, approved or not."""
    if event.model == "directory.person":
        refresh_biography_states((event.kept_id, event.absorbed_id))


def on_speaker_event(event: SpeakerEvent) -> None:
    """Tell those who have the record open."""
    hint(f"record:programme.speaker:{event.speaker_id}", "changed")


def connect() -> None:
    """Subscribe to what happens here and in lower rooms."""
    subscribe(SessionsChanged, on_sessions_changed, inside=True)
    subscribe(PeopleChanged, on_people_changed, inside=True)
    subscribe(RecordsMerged, on_merge, inside=True)
    subscribe(MergeUndone, on_merge, inside=True)
    subscribe(SpeakerEvent, on_speaker_event)
    every(dt.timedelta(hours=1), remind_of_speaking)
