"""After every action that the public may notice, the very next request shows it, in pages that were kept a moment ago."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from summitry.directory.actions.affiliation import add_affiliation
from summitry.directory.actions.merge import merge_people, undo_merge
from summitry.directory.actions.organisation import update_organisation
from summitry.directory.actions.person import set_names, update_person
from summitry.directory.actions.topic import update_topic
from summitry.directory.models import Merge, Topic
from summitry.editions.actions.edition import update_edition
from summitry.editions.actions.room import update_room
from summitry.foundation.i18n import Text
from summitry.programme.actions.forum import update_forum
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.actions.session import (
    add_contribution,
    remove_contribution,
    update_contribution,
    update_session,
)
from summitry.programme.models import Contribution, ForumOrganiser
from tests.directory.make import make_organisation, make_person, name
from tests.editions.make import make_edition
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish
from tests.programme.summit import Summit, make_organised, make_summit_programme

pytestmark = pytest.mark.django_db
Action = Callable[[Summit], object]


@pytest.fixture
def summit() -> Summit:
    summit = make_summit_programme()
    make_organised(summit)
    add_contribution(summit.sessions["opening"], by=SYSTEM, title=Text.of("Old contribution"))
    return summit


def _moved(summit: Summit) -> None:
    place(summit.sessions["opening"], summit.rooms["lotus"], at(15))
    publish(summit.edition)


def _new_session(summit: Summit) -> None:
    place(make_session(summit.forums["cafe"], "Brand new", code="brand-new"), None, at(11))
    publish(summit.edition)


def _cancelled(summit: Summit) -> None:
    unplace_session(draft_of(summit.edition), summit.sessions["cafe"], by=SYSTEM)
    publish(summit.edition)


def _merged_and_undone(summit: Summit) -> None:
    duplicate = make_person(name("display", "en", "L. Benslimane"))
    appear(summit.sessions["night"], duplicate)
    merge_people(summit.people["leila"], duplicate, by=SYSTEM)
    undo_merge(Merge.objects.get(), by=SYSTEM)


WRITES: dict[str, tuple[Action, str, str]] = {
    "session renamed": (
        lambda s: update_session(s.sessions["opening"], by=SYSTEM, title=Text.of("Renamed session")),
        "programme/", "Renamed session",
    ),
    "session described": (
        lambda s: update_session(s.sessions["opening"], by=SYSTEM, abstract=Text.of("Another abstract")),
        "sessions/opening/", "Another abstract",
    ),
    "forum renamed": (
        lambda s: update_forum(s.forums["memory"], by=SYSTEM, title=Text.of("Renamed forum")), "forums/", "Renamed forum",
    ),
    "forum chaired": (
        lambda s: update_forum(s.forums["memory"], by=SYSTEM, chair=s.people["chen"]), "forums/memory/", "Chen Sihan",
    ),
    "contribution added": (
        lambda s: add_contribution(s.sessions["opening"], by=SYSTEM, title=Text.of("Keynote on memory")),
        "sessions/opening/", "Keynote on memory",
    ),
    "contribution changed": (
        lambda _s: update_contribution(Contribution.objects.get(), by=SYSTEM, title=Text.of("New contribution")),
        "sessions/opening/", "New contribution",
    ),
    "people set": (lambda s: appear(s.sessions["opening"], s.people["chen"]), "sessions/opening/", "Chen Sihan"),
    "moved": (_moved, "programme/", "15:00"),
    "added": (_new_session, "programme/", "Brand new"),
    "cancelled": (_cancelled, "programme/?view=list", "Cancelled"),
    "room renamed": (
        lambda s: update_room(s.rooms["moon"], by=SYSTEM, name=Text.of("Sun Bridge")), "programme/", "Sun Bridge",
    ),
    "person renamed": (
        lambda s: set_names(s.people["leila"], [name("display", "en", "Leïla B.")], by=SYSTEM), "speakers/", "Leïla B.",
    ),
    "person described": (
        lambda s: update_person(s.people["leila"], by=SYSTEM, biography=Text.of("Keeps archives.")),
        "speakers/leila-benslimane/", "Keeps archives.",
    ),
    "person promoted": (
        lambda s: add_affiliation(s.people["leila"], make_organisation("Ministry"), by=SYSTEM, title=Text.of("Minister")),
        "speakers/", "Minister",
    ),
    "person merged": (_merged_and_undone, "programme/?day=all", "L. Benslimane"),
    "organisation renamed": (
        lambda _s: update_organisation(ForumOrganiser.objects.get().organisation, by=SYSTEM, name=Text.of("House of Archives")),
        "forums/memory/", "House of Archives",
    ),
    "topic renamed": (
        lambda _s: update_topic(Topic.objects.get(), by=SYSTEM, name=Text.of("Good governance")),
        "forums/", "Good governance",
    ),
    "edition renamed": (
        lambda s: update_edition(s.edition, by=SYSTEM, name=Text.of("Riverside Summit")), "programme/", "Riverside Summit",
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
def test_next_request_shows_what_was_written(client: Client, summit: Summit, write: str) -> None:
    action, path, words = WRITES[write]
    url = summit.url(path)
    assert words not in client.get(url).content.decode()
    action(summit)
    assert words in client.get(url).content.decode()


def test_removed_contribution_is_gone(client: Client, summit: Summit) -> None:
    url = summit.url("sessions/opening/")
    assert "Old contribution" in client.get(url).content.decode()
    remove_contribution(Contribution.objects.get(), by=SYSTEM)
    assert "Old contribution" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "hide",
    [
        lambda s: update_session(s.sessions["opening"], by=SYSTEM, is_public=False),
        lambda s: update_forum(s.forums["memory"], by=SYSTEM, is_public=False),
        lambda s: update_edition(s.edition, by=SYSTEM, is_public=False),
    ],
)
def test_what_is_hidden_disappears_at_once(client: Client, summit: Summit, hide: Action) -> None:
    paths = (
        "programme/",
        "programme/?q=opening",
        "sessions/opening/",
        "forums/memory/",
        "rooms/moon/",
        "speakers/",
    )
    assert [client.get(summit.url(path)).status_code for path in paths] == [200] * 6
    hide(summit)
    for path in paths:
        assert "Opening of the archives" not in client.get(summit.url(path)).content.decode()


def test_draft_changes_nothing_for_the_public(client: Client, summit: Summit) -> None:
    before = client.get(summit.url())
    place(summit.sessions["opening"], summit.rooms["lotus"], at(15))
    unplace_session(draft_of(summit.edition), summit.sessions["cafe"], by=SYSTEM)
    assert client.get(summit.url())["ETag"] == before["ETag"]


def test_editions_do_not_mix(client: Client, summit: Summit) -> None:
    other = make_edition("other")
    place(make_session(make_forum(other), "Another summit", code="opening"), None, at(9))
    publish(other)
    assert "Another summit" not in client.get(summit.url()).content.decode()
    assert "Another summit" in client.get("/en/other/sessions/opening/").content.decode()
    assert "Opening of the archives" not in client.get("/en/other/programme/").content.decode()
