"""What the readiness list says of translations, and that each line leads to exactly its texts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from summitry.editions.models import Deadline
from summitry.editions.queries.readiness import Asked, Line, Severity
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import languages
from summitry.translation.readiness import check
from tests.directory.make import SYSTEM, make_account
from tests.translation.make import AR, ZH, Desk, actor, make_assignment, make_desk, make_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def lines(desk: Desk, by: Actor = SYSTEM) -> dict[str, Line]:
    deadlines = {row.kind: row for row in Deadline.objects.filter(edition=desk.edition)}
    return {line.key: line for line in check(Asked(desk.edition, by, "en", deadlines))}


def test_each_line_counts_one_kind_of_gap_in_one_language(desk: Desk) -> None:
    counts = {key.removeprefix("translation."): line.count for key, line in lines(desk).items()}
    assert counts == {
        "title.programme.session.zh-hans": 1,
        "title.programme.contribution.zh-hans": 2,
        "name.editions.room.zh-hans": 1,
        "texts.zh-hans": 1,
        "stale.zh-hans": 1,
        "machine.zh-hans": 1,
        "name.editions.edition.ar": 1,
        "title.programme.forum.ar": 2,
        "title.programme.session.ar": 2,
        "title.programme.contribution.ar": 2,
        "name.editions.room.ar": 1,
        "texts.ar": 1,
    }
    assert lines(desk)["translation.title.programme.contribution.zh-hans"].title == (
        f"Contributions without a translation into {languages.name_in(ZH, 'en')} (Title)"
    )


def test_each_line_leads_to_exactly_its_texts(desk: Desk, client: Client) -> None:
    client.force_login(make_holder("viewer", "edition", desk.edition.pk))
    for key, line in lines(desk).items():
        assert client.get(line.url).context["count"] == line.count, key


def test_owner_and_due_date_come_from_the_assignment_else_from_the_deadline(desk: Desk) -> None:
    now = clock.now()
    Deadline.objects.create(edition=desk.edition, kind="translations", due_at=now - dt.timedelta(days=1))
    account = make_account("hanan@example.org")
    make_assignment(desk, account, ZH, source="programme.contribution", due_at=now - dt.timedelta(days=3))
    told = lines(desk)
    mine, other = (
        told[f"translation.title.programme.{kind}.zh-hans"] for kind in ("contribution", "session")
    )
    assert (mine.owner, mine.due_at) == ("hanan@example.org", now - dt.timedelta(days=3))
    assert (other.owner, other.due_at) == ("", now - dt.timedelta(days=1))
    assert {line.severity for line in (mine, other)} == {Severity.BLOCKER}
    assert told["translation.stale.zh-hans"].severity is Severity.DUE


def test_forum_editor_is_told_of_her_forum_only(desk: Desk) -> None:
    editor = actor(make_account(), ("forum_editor", "forum", desk.forums["trust"].pk))
    counts = {key.removeprefix("translation."): line.count for key, line in lines(desk, editor).items()}
    assert counts == {
        "title.programme.session.zh-hans": 1,
        "title.programme.contribution.zh-hans": 1,
        "machine.zh-hans": 1,
        "title.programme.forum.ar": 1,
        "title.programme.session.ar": 1,
        "title.programme.contribution.ar": 1,
    }
    assert lines(desk, actor(make_account(), ("partner", "edition", desk.edition.pk))) == {}


def test_language_that_is_complete_has_no_line(desk: Desk) -> None:
    assert not any(line.count == 0 for line in lines(desk).values())
    assert {key.rpartition(".")[2] for key in lines(desk)} == {ZH, AR}
