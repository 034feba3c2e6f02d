"""How long entries are kept, what translators and guests find of them, and files that frozen versions name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage

from summitry.calls.actions.entry import NewEntry, begin_entry, reopen_entry, submit_entry
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.actions.entry_keeping import KEEP_DAYS, erase_entries, forget_empty_drafts, keep_no_longer
from summitry.calls.actions.entry_translating import translate_entries
from summitry.calls.actions.freezing import freeze_call
from summitry.calls.actions.member import NewMember, add_member
from summitry.calls.actions.relation import declare_relation
from summitry.calls.entry_contributions import ENTRIES, HOLDINGS
from summitry.calls.models import Entry, EntryVersion, Member, Nomination, Relation
from summitry.calls.queries.entry_record import file_of, record_of
from summitry.calls.queries.repeats import entered_before
from summitry.foundation import clock
from summitry.foundation.errors import StaleState
from summitry.foundation.models import StoredFile
from summitry.translation.sources import SAVED
from tests.calls.entries.make import make_draft, make_question, make_submitted, pdf
from tests.calls.make import SYSTEM, make_call, make_entry
from tests.directory.make import make_person, name
from tests.editions.make import make_edition
from tests.guests.make import make_guest

pytestmark = pytest.mark.django_db


def test_empty_drafts_go_after_two_weeks_and_numbers_are_not_given_twice() -> None:
    call = make_call(closes_at=clock.now() + dt.timedelta(days=60))
    for n in range(3):
        begin_entry(call, NewEntry(contact_email=f"a{n}@a.example"), by=SYSTEM)
    make_draft(call)
    with clock.frozen(clock.now() + dt.timedelta(days=15)):
        last = begin_entry(call, NewEntry(contact_email="b@b.example"), by=SYSTEM)
        assert forget_empty_drafts(by=SYSTEM) == 3
    with clock.frozen(clock.now() + dt.timedelta(days=40)):
        assert forget_empty_drafts(by=SYSTEM) == 0
    assert list(Entry.objects.values_list("number", flat=True)) == [4, last.number]


def test_two_years_later_nothing_personal_is_left_but_the_digests() -> None:
    call = make_call()
    make_question(call, "plan", "file")
    entry = make_submitted(call, **{"q.plan": pdf()})
    reopen_entry(entry, by=SYSTEM)
    add_member(entry, NewMember("Bea", "bea@bea.example"), by=SYSTEM)
    declare_relation(entry, name="Dee", kind="adviser", by=SYSTEM)
    submit_entry(entry, by=SYSTEM)
    Nomination.objects.create(call=call, nominator_email="n@n.example", nominee_email="m@m.example")
    laureate = make_entry(call, "Won", state="announced")
    ends = dt.datetime.combine(call.edition.ends_on, dt.time(), dt.UTC)
    with clock.frozen(ends + dt.timedelta(days=KEEP_DAYS - 1)):
        keep_no_longer.call()
        assert Entry.objects.filter(contact_email="ada@ada.example").exists()
    with clock.frozen(ends + dt.timedelta(days=KEEP_DAYS + 2)):
        keep_no_longer.call()
    assert erase_entries(call, by=SYSTEM) == 0

    entry.refresh_from_db()
    laureate.refresh_from_db()
    assert (entry.contact_email, entry.answers, str(entry.title)) == (
        f"{entry.pk}@erased.invalid",
        {},
        "A tidal turbine",
    )
    versions = EntryVersion.objects.all()
    assert [(one.content["erased"], one.content["team"], len(one.digest)) for one in versions] == [
        (True, [], 64),
        (True, [], 64),
    ]
    assert record_of(entry, "en", 1).content.answers == ()
    assert list(Member.objects.values_list("name", flat=True)) == ["–"]
    assert (Relation.objects.count(), Nomination.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    assert laureate.contact_email.endswith("@example.org")


def test_a_file_that_a_version_names_stays_and_another_one_goes() -> None:
    call = make_call()
    make_question(call, "plan", "file")
    entry = make_draft(call, **{"q.plan": pdf()})
    save_draft(entry, {"q.plan": pdf(size=500)}, by=SYSTEM)
    assert StoredFile.objects.count() == 1
    submit_entry(entry, by=SYSTEM)
    reopen_entry(entry, by=SYSTEM)
    save_draft(entry, {"q.plan": pdf(size=900)}, by=SYSTEM)
    assert StoredFile.objects.count() == 2
    kept = entry.versions.get().content["files"]["plan"]["sha256"]
    found = file_of(entry, kept)
    assert found is not None
    assert found.size == 500
    assert default_storage.exists(str(found.content.name))


def test_entries_are_translated_once_they_are_frozen_and_what_is_frozen_stays() -> None:
    call = make_call()
    entry = make_submitted(call)
    make_draft(call, "bea@bea.example")
    edition = call.edition
    assert list(ENTRIES.rows(edition)) == []
    with clock.frozen(call.closes_at + dt.timedelta(days=1)):
        freeze_call(call)
    (row,) = ENTRIES.rows(edition)
    before = entry.versions.get().digest
    stale = ENTRIES.rows(edition)[0]
    translate_entries(
        edition, [(row, {"title": row.title.with_text("fr", "Une turbine")})], by=SYSTEM, audit=SAVED
    )
    with pytest.raises(StaleState):
        translate_entries(
            edition, [(stale, {"title": stale.title.with_text("fr", "Une autre")})], by=SYSTEM, audit=SAVED
        )
    entry.refresh_from_db()
    assert (entry.title.get("fr"), entry.versions.get().digest) == ("Une turbine", before)


def test_a_guest_is_told_what_is_kept_of_her_entries() -> None:
    call = make_call()
    guest = make_guest(
        call.edition, person=make_person(name("display", "en", "Ada"), email="ada@ada.example")
    )
    entry = make_draft(call, "ADA@ada.example")
    add_member(make_draft(call, "b@b.example"), NewMember("Ada", "ada@ada.example"), by=SYSTEM)
    held = {one.name: list(one.rows(guest)) for one in HOLDINGS}
    assert [row["number"] for row in held["entries"]] == [entry.number]
    assert len(held["memberships"]) == 1


def test_what_the_same_organisation_entered_in_earlier_editions_is_found() -> None:
    call = make_call()
    facts: dict[str, Any] = {
        "summit": call.edition.summit,
        "starts_on": dt.date(2025, 6, 1),
        "ends_on": dt.date(2025, 6, 2),
    }
    earlier = make_call(make_edition(**facts))
    by_name = make_entry(earlier, "Same name", organisation_name="ada ltd")
    by_domain = make_entry(earlier, "Same domain", contact_email="other@ada.example")
    make_entry(earlier, "Everybody’s domain", contact_email="x@gmail.com")
    make_entry(earlier, "Draft", organisation_name="Ada Ltd", state="draft")
    entry = make_draft(call)
    assert entered_before(entry) == [by_name, by_domain]
