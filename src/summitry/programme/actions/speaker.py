"""Speakers' records: one for each person with a public role, kept in step; the links of her page, and what she needs."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.models import AuditEntry
from summitry.mailing.notices import NoticeKey, Recipient, person_recipient, post_notice
from summitry.programme.actions.biography import state_of
from summitry.programme.enums import PUBLIC_ROLES, LinkTest
from summitry.programme.events import LinkTested, SpeakerChanged, SpeakerLinkRenewed
from summitry.programme.models import Appearance, Speaker
from summitry.programme.queries.speaker_links import Holder, page_address

TELLING = frozenset({"zone_name", "language", "technical_needs"})
TRAVEL_NOTED = dt.timedelta(hours=1)
_BATCH = 500


def ensure_speakers(edition_id: int) -> int:
    """Give everybody with a public role in an edition a record; return how many are new.

    A record in which nothing was ever said goes with its person's last public role; any other is kept.
    """
    parts = Appearance.objects.filter(session__edition=edition_id, role__in=PUBLIC_ROLES)
    present = set(parts.values_list("person_id", flat=True).distinct())
    known = set(Speaker.objects.filter(edition=edition_id).values_list("person_id", flat=True))
    rows = [
        Speaker(edition_id=edition_id, person=person, biography_state=state_of(person.biography, {}))
        for person in Person.objects.filter(pk__in=present - known).only("pk", "biography")
    ]
    if rows:
        Speaker.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    if gone := known - present:
        Speaker.objects.filter(
            edition=edition_id, person__in=gone, seen_at=None, materials=None, availabilities=None,
            substitutions=None, assistant_name="", assistant_email="", technical_needs="", link_test=LinkTest.OPEN,
        ).delete()  # fmt: skip
    return len(rows)


def mark_seen(speaker: Speaker) -> None:
    """Note that the page was opened by its link, so that the record is kept and the secretariat knows."""
    now = clock.now()
    if speaker.seen_at is None or (now - speaker.seen_at).total_seconds() > 3600:
        Speaker.objects.filter(pk=speaker.pk).update(seen_at=now)


def update_speaker(speaker: Speaker, *, by: Actor, **values: Any) -> Speaker:
    """Change where she will be, the language of her letters, and what she needs. Announces SpeakerChanged.

    Raises InvalidInput, and StaleState where somebody else changed the same meanwhile.
    """
    require(by, "edit", speaker)
    if values.keys() - TELLING:
        raise TypeError(sorted(values.keys() - TELLING))
    if values.get("zone_name") and values["zone_name"] not in available_timezones():
        raise InvalidInput(fields={"zone_name": [_("Choose a time zone of the list.")]})
    if values.get("language") and values["language"] not in dict(settings.LANGUAGES):
        raise InvalidInput(fields={"language": [_("Choose a language of the list.")]})
    with recording():
        if change(speaker, values, by=by, audit="programme.speaker.updated"):
            _tell(speaker, by)
    return speaker


def set_travel(speaker: Speaker, *, by: Actor, needs_visa: bool | None, needs_travel: bool | None) -> Speaker:
    """Note whether she needs a visa or travel; the log says that it was noted, and not what. Announces SpeakerChanged."""
    require(by, "travel", speaker)
    values = {"needs_visa": needs_visa, "needs_travel": needs_travel}
    seen = {"needs_visa": speaker.needs_visa, "needs_travel": speaker.needs_travel}
    if values == seen:
        return speaker
    with recording():
        if not Speaker.objects.filter(pk=speaker.pk, **seen).update(**values):
            raise StaleState
        speaker.needs_visa, speaker.needs_travel = needs_visa, needs_travel
        record("programme.speaker.travel_noted", by=by, obj=speaker)
        _tell(speaker, by)
    return speaker


def note_travel_seen(speaker: Speaker, *, by: Actor) -> None:
    """Record that somebody looked at what a speaker said about visa and travel. Raises PermissionRefused."""
    require(by, "travel", speaker)
    record("programme.speaker.travel_seen", by=by, obj=speaker)


def note_travel_listed(edition: Edition, *, by: Actor) -> None:
    """Record that somebody listed who needs a visa or travel; once an hour for each, as a list is looked at often."""
    require(by, "travel", Speaker(edition=edition))
    audit, since = "programme.speakers.travel_listed", clock.now() - TRAVEL_NOTED
    known = AuditEntry.objects.filter(
        action=audit, edition_id=edition.pk, actor_id=by.account_id, at__gte=since
    )
    if by.account_id is None or not known.exists():
        record(audit, by=by, edition_id=edition.pk)


def renew_link(speaker: Speaker, *, by: Actor, holder: Holder = Holder.SPEAKER) -> Speaker:
    """Close the present link of her page, or her assistant's, and make a new one. Announces SpeakerLinkRenewed."""
    require(by, "link", speaker)
    field = "generation" if holder is Holder.SPEAKER else "assistant_generation"
    with recording():
        Speaker.objects.filter(pk=speaker.pk).update(**{field: F(field) + 1})
        speaker.refresh_from_db(fields=[field])
        record(f"programme.speaker.{_RENEWED[holder]}", by=by, obj=speaker)
        announce(
            SpeakerLinkRenewed(
                by=by,
                edition_id=speaker.edition_id,
                speaker_id=speaker.pk,
                is_assistant=holder is Holder.ASSISTANT,
            )
        )
    return speaker


def name_assistant(speaker: Speaker, *, by: Actor, name: str, email: str) -> Speaker:
    """Let an assistant act on her behalf, by a link of the assistant's own; another one than before gets a new link.

    Empty words revoke it. The link goes to the address as the edition sends such letters. Announces SpeakerLinkRenewed.
    """
    require(by, "link", speaker)
    values = {"assistant_name": name.strip(), "assistant_email": email.strip()}
    if email.strip() and not name.strip():
        raise InvalidInput(fields={"name": [_("Give your assistant’s name.")]})
    with recording():
        changed = change(
            speaker,
            values,
            by=by,
            audit="programme.speaker.assistant_named",
            withhold=frozenset({"assistant_email"}),
        )
        if changed:
            renew_link(speaker, by=by, holder=Holder.ASSISTANT)
            if speaker.assistant_email:
                send_link(speaker, by=by, holder=Holder.ASSISTANT)
    return speaker


def send_link(speaker: Speaker, *, by: Actor, holder: Holder = Holder.SPEAKER) -> bool:
    """Write the link of her page to her own address, or to her assistant's; False where there is none, or no letters.

    Whoever may send it need not see it.
    """
    require(by, "send" if holder is Holder.SPEAKER else "link", speaker)
    return _send(speaker, by, holder)


def send_link_again(speaker: Speaker, *, by: Actor, holder: Holder) -> bool:
    """Write the present link to its owner, for somebody who has opened a former one of the same record."""
    return _send(speaker, by, holder)


def report_link_test(speaker: Speaker, *, by: Actor, state: LinkTest, details: dict[str, Any]) -> Speaker:
    """Note how a test of a remote speaker's link went. Announces LinkTested."""
    require(by, "test", speaker)
    with recording():
        before = {"link_test": speaker.link_test}
        values = {"link_test": state, "link_tested_at": clock.now(), "link_details": details}
        Speaker.objects.filter(pk=speaker.pk).update(**values)
        for name, value in values.items():
            setattr(speaker, name, value)
        record("programme.speaker.link_tested", by=by, obj=speaker, before=before, after={"link_test": state})
        announce(LinkTested(by=by, edition_id=speaker.edition_id, speaker_id=speaker.pk, state=str(state)))
    return speaker


def _send(speaker: Speaker, by: Actor, holder: Holder) -> bool:
    facts = {"link": lambda lang: page_address(speaker, holder, lang)}
    if holder is Holder.SPEAKER:
        one = person_recipient(speaker.person, language=speaker.language, context=facts)
    else:
        one = Recipient(None, speaker.assistant_name, speaker.assistant_email, speaker.language, "", facts)
    with recording():
        posted = post_notice(speaker.edition, NoticeKey.SPEAKER_PAGE, [one], by=by) is not None
        if posted:
            record("programme.speaker.link_sent", by=by, obj=speaker)
    return posted


def _tell(speaker: Speaker, by: Actor) -> None:
    announce(SpeakerChanged(by=by, edition_id=speaker.edition_id, speaker_id=speaker.pk))


_RENEWED = {Holder.SPEAKER: "link_renewed", Holder.ASSISTANT: "assistant_link_renewed"}
