from __future__ import annotations

import pytest

from summitry.editions.enums import OrganiserRole
from summitry.foundation.access import PUBLIC, visible
from summitry.foundation.audit import sentence
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.forum import (
    add_forum_organisers,
    create_forum,
    create_forums,
    set_forum_organisers,
    update_forum,
)
from summitry.programme.errors import AddressTaken, ForeignObject
from summitry.programme.models import Forum
from tests.directory.make import make_organisation
from tests.editions.make import in_edition, make_edition
from tests.programme.make import SYSTEM, at, in_forum, make_forum, make_session, place, publish


@pytest.mark.django_db
def test_forum_is_created_with_an_audit_sentence_and_a_new_content_version() -> None:
    edition = make_edition()
    content = edition.content_version
    forum = make_forum(edition, "Digital memory")
    edition.refresh_from_db()
    assert edition.content_version == content + 1
    assert sentence(AuditEntry.objects.latest("pk")) == "tests created the forum “Digital memory”."
    assert str(forum.title) == "Digital memory"


@pytest.mark.django_db
def test_many_forums_are_one_entry_and_keep_their_order() -> None:
    edition = make_edition()
    forums = create_forums(
        edition, [Forum(slug=f"f{n}", title=Text.of(f"F{n}")) for n in range(3)], by=SYSTEM
    )
    assert [(forum.slug, forum.position) for forum in Forum.objects.all()] == [
        ("f0", 0),
        ("f1", 1),
        ("f2", 2),
    ]
    assert all(forum.pk for forum in forums)
    assert sentence(AuditEntry.objects.latest("pk")) == "tests created 3 forums."


@pytest.mark.django_db
def test_taken_slug_is_refused_and_nothing_is_created() -> None:
    edition = make_edition()
    make_forum(edition, slug="one")
    with pytest.raises(AddressTaken):
        create_forums(edition, [Forum(slug="two"), Forum(slug="one")], by=SYSTEM)
    assert list(Forum.objects.values_list("slug", flat=True)) == ["one"]


@pytest.mark.django_db
def test_too_long_title_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput) as refused:
        make_forum(make_edition(), "x" * 301)
    assert list(refused.value.fields) == ["title"]


@pytest.mark.django_db
def test_update_records_only_what_differs() -> None:
    forum = make_forum(make_edition(), "Old")
    update_forum(forum, by=SYSTEM, title=Text.of("New"), kind=forum.kind)
    entry = AuditEntry.objects.latest("pk")
    assert (set(entry.before), entry.before["title"]["en"], entry.after["title"]["en"]) == (
        {"title"},
        "Old",
        "New",
    )
    entries = AuditEntry.objects.count()
    update_forum(forum, by=SYSTEM, title=Text.of("New"))
    assert AuditEntry.objects.count() == entries


@pytest.mark.django_db
def test_forum_editor_edits_her_forum_and_no_other() -> None:
    edition = make_edition()
    forum, other = make_forum(edition), make_forum(edition)
    editor = in_forum("forum_editor", forum)
    update_forum(forum, by=editor, abstract=Text.of("What is kept"))
    with pytest.raises(PermissionRefused):
        update_forum(other, by=editor, abstract=Text.of("x"))
    with pytest.raises(PermissionRefused):
        create_forum(edition, by=editor, slug="mine", title=Text.of("Mine"))


@pytest.mark.django_db
def test_organisers_are_replaced_in_order() -> None:
    forum = make_forum(make_edition())
    first, second = make_organisation("First"), make_organisation("Second")
    set_forum_organisers(forum, [(first, OrganiserRole.CO_ORGANISER)], by=SYSTEM)
    set_forum_organisers(forum, [(second, OrganiserRole.HOST), (first, OrganiserRole.SUPPORTER)], by=SYSTEM)
    assert list(forum.organisers.values_list("organisation", "role")) == [
        (second.pk, "host"),
        (first.pk, "supporter"),
    ]
    entries = AuditEntry.objects.count()
    set_forum_organisers(forum, [(second, OrganiserRole.HOST), (first, OrganiserRole.SUPPORTER)], by=SYSTEM)
    assert AuditEntry.objects.count() == entries


@pytest.mark.django_db
def test_organisers_of_many_forums_come_at_once_but_not_of_another_edition() -> None:
    edition = make_edition()
    forums = [make_forum(edition), make_forum(edition)]
    organisation = make_organisation()
    role = OrganiserRole.CO_ORGANISER
    add_forum_organisers(edition, [(forum, organisation, role) for forum in forums], by=SYSTEM)
    assert [forum.organisers.count() for forum in forums] == [1, 1]
    with pytest.raises(AddressTaken):
        add_forum_organisers(edition, [(forums[0], organisation, role)], by=SYSTEM)
    with pytest.raises(ForeignObject):
        add_forum_organisers(make_edition(), [(forums[0], organisation, role)], by=SYSTEM)


@pytest.mark.django_db
def test_public_sees_a_forum_once_one_of_its_sessions_is_published() -> None:
    edition = make_edition()
    forum, hidden = make_forum(edition), make_forum(edition, is_public=False)
    for each in (forum, hidden):
        place(make_session(each), None, at(9))
    editor, forum_editor = in_edition("viewer", edition), in_forum("forum_editor", hidden)
    everything = Forum.objects.order_by("pk")
    assert list(visible(PUBLIC, everything)) == []
    publish(edition)
    assert list(visible(PUBLIC, everything)) == [forum]
    assert list(visible(editor, everything)) == [forum, hidden]
    assert list(visible(forum_editor, everything)) == [forum, hidden]
    assert list(visible(SYSTEM, everything)) == [forum, hidden]
