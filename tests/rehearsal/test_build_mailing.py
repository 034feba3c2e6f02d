"""The demonstration's post: what was to leave at once has left, what waits for a person waits."""

from __future__ import annotations

import pytest

from summitry.mailing.enums import LetterState, MailingState
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.notices import NoticeKey, post_notice
from summitry.rehearsal.build_mailing import deliver_notices
from tests.editions.make import make_edition
from tests.mailing.make import SYSTEM, friend

pytestmark = pytest.mark.django_db


def test_demonstration_writes_to_nobody_when_it_begins() -> None:
    edition = make_edition()
    held = post_notice(
        edition, NoticeKey.SPEAKER_PAGE, [friend("Ada")], {"link": "https://x.org/1"}, by=SYSTEM
    )
    sent = post_notice(
        edition, NoticeKey.FORUM_SIGNED, [friend("Ada")], {"forum": "A", "link": "/f"}, by=SYSTEM
    )
    deliver_notices(edition)
    assert held is not None
    assert sent is not None
    states = dict(Letter.objects.values_list("mailing", "state"))
    assert states == {held.pk: LetterState.QUEUED, sent.pk: LetterState.SENT}
    assert dict(Mailing.objects.values_list("pk", "state")) == {
        held.pk: MailingState.HELD,
        sent.pk: MailingState.SENT,
    }
