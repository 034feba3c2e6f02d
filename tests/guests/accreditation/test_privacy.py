"""Data protection: consents in a ledger, retention with counts, erasure that keeps what was public, and a receipt."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from summitry.directory.models import Person, PersonName
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.files.store import Purpose as FilePurpose
from summitry.foundation.files.store import store_file
from summitry.foundation.i18n import formats
from summitry.foundation.models import StoredFile
from summitry.guests.actions.consent import give_consent, withdraw_consent
from summitry.guests.actions.deciding import decide
from summitry.guests.actions.erasing import ask_for_erasure, erase, refuse_erasure
from summitry.guests.actions.shredding import shred_purpose, shred_what_is_over
from summitry.guests.actions.unsealing import look_at
from summitry.guests.enums import DecisionKind, FieldKind, GuestState
from summitry.guests.errors import WindowClosed
from summitry.guests.models import Answer, Consent, Guest, RetentionRun
from summitry.guests.permissions import DATA_PROTECTION
from summitry.guests.queries.answers import sealed_value
from summitry.guests.queries.consents import holds, wording
from summitry.guests.queries.guest_links import Opened, page_path
from summitry.guests.queries.privacy import copy_of
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, make_officer, officer
from tests.guests.make import SYSTEM, make_field, make_purpose
from tests.programme.make import appear, make_forum, make_session

pytestmark = pytest.mark.django_db
G, K = GuestState, DecisionKind
AFTER = dt.datetime(2026, 12, 24, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _before_the_edition() -> Iterator[None]:
    with clock.frozen(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


def herself(guest: Guest):
    return Opened(guest, is_current=True).actor


def stored(edition: Edition) -> StoredFile:
    upload = ContentFile(b"%PDF-1.4 words", name="letter.pdf")
    return store_file(upload, FilePurpose("test", ("application/pdf",)), by=SYSTEM, edition_id=edition.pk)


def test_consent_is_given_and_withdrawn_by_the_guest_alone(edition):
    guest = make_applicant(edition)
    diet = make_purpose(edition, "Diet", needs_consent=True)
    field = make_field(edition, "diet", purpose=diet)
    seen = wording(diet, "en").digest
    with pytest.raises(PermissionRefused):
        give_consent(guest, diet, by=officer(edition), lang="en", seen=seen)
    with pytest.raises(StaleState):
        give_consent(guest, diet, by=herself(guest), lang="en", seen="other words")
    give_consent(guest, diet, by=herself(guest), lang="en", seen=seen)
    Answer.objects.create(guest=guest, field=field, value="Vegan")
    withdraw_consent(guest, diet, by=herself(guest), lang="en")
    assert list(Consent.objects.values_list("is_given", "digest")) == [(True, seen), (False, seen)]
    assert (holds(guest, diet), Answer.objects.exists()) == (False, False)
    with pytest.raises(StaleState):
        withdraw_consent(guest, diet, by=herself(guest), lang="en")
    with pytest.raises(InvalidInput):
        give_consent(guest, make_purpose(edition), by=herself(guest), lang="en", seen="")


def test_what_is_over_is_shredded_with_its_files_and_counted(edition, django_capture_on_commit_callbacks):
    guest = make_applicant(edition)
    soon = make_purpose(edition, "Soon", keep_days=30)
    late = make_purpose(edition, "Late", keep_days=180)
    letter = stored(edition)
    Answer.objects.create(
        guest=guest, field=make_field(edition, "letter", kind=FieldKind.FILE, purpose=soon), file=letter
    )
    Answer.objects.create(guest=guest, field=make_field(edition, "post", purpose=late), value="Minister")
    Guest.objects.filter(pk=guest.pk).update(photo=stored(edition))
    make_field(edition, "photo", kind=FieldKind.PHOTO, purpose=soon)
    with pytest.raises(WindowClosed):
        shred_purpose(soon, by=officer(edition, "dpo", DATA_PROTECTION.code))
    with clock.frozen(AFTER), django_capture_on_commit_callbacks(execute=True):
        shred_what_is_over.func()
        shred_what_is_over.func()
    runs = list(RetentionRun.objects.values_list("purpose__slug", "answers", "files", "photos", "letters"))
    assert runs == [("soon", 1, 1, 1, 0)]
    assert [answer.field.slug for answer in Answer.objects.all()] == ["post"]
    assert (StoredFile.objects.count(), letter.content.storage.exists(str(letter.content.name))) == (0, False)


def test_erasure_keeps_the_stub_and_nothing_else(edition):
    guest = make_applicant(edition, G.CONFIRMED, who="Ada Lovelace")
    Answer.objects.create(guest=guest, field=make_field(edition, "post"), value="Analyst")
    Guest.objects.filter(pk=guest.pk).update(badge_name="Ada", deskword="A friend")
    dpo = officer(edition, "dpo", DATA_PROTECTION.code)
    wish = ask_for_erasure(guest, by=herself(guest))
    with pytest.raises(StaleState):
        ask_for_erasure(guest, by=herself(guest))
    with pytest.raises(InvalidInput):
        refuse_erasure(wish, " ", by=dpo)
    with pytest.raises(PermissionRefused):
        erase(wish, by=officer(edition))
    erase(wish, by=dpo)
    guest = fresh(guest)
    assert (guest.state, guest.badge_name, guest.deskword, guest.generation) == (G.WITHDRAWN, "", "", 2)
    assert (guest.person.reference_name, guest.person.email, PersonName.objects.exists()) == (
        "Erased",
        "",
        False,
    )
    assert (Answer.objects.exists(), RetentionRun.objects.get().answers) == (False, 1)


def test_erasure_keeps_who_spoke_in_public(edition):
    guest = make_applicant(edition, G.CONFIRMED, who="Ada Lovelace")
    appear(make_session(make_forum(edition)), guest.person)
    wish = ask_for_erasure(guest, by=herself(guest))
    erase(wish, by=officer(edition, "dpo", DATA_PROTECTION.code))
    assert Person.objects.get(pk=guest.person_id).reference_name == "Ada Lovelace"


def test_receipt_says_what_why_until_when_and_who_looked(edition):
    guest = make_applicant(edition)
    sealed = make_purpose(edition, "Passport", sealed=True, keep_days=30)
    field = make_field(edition, "passport", purpose=sealed)
    Answer.objects.create(guest=guest, field=field, sealed=sealed_value("E1234567"))
    page = Client().get(page_path(guest, "en", "guest:privacy"))
    assert b"Nobody has opened what is sealed." in page.content
    assert look_at(guest, by=officer(edition)) == {field.pk: "E1234567"}
    page = Client().get(page_path(guest, "en", "guest:privacy"))
    for words in (
        "Passport",
        formats.date(dt.date(2026, 12, 11), "en", "long"),
        "officer@example.org looked at what Ada Guest answered under seal.",
    ):
        assert words in page.content.decode()
    assert "E1234567" not in page.content.decode()


def test_copy_says_nothing_of_screening(edition):
    guest = make_applicant(edition, G.SCREENING)
    by = officer(edition)
    decide(guest, K.OBJECT, by=by)
    copy = copy_of(fresh(guest))
    assert (copy["guest"]["state"], copy["guest"]["since"], copy["decisions"]) == (G.SUBMITTED, None, [])
    decide(fresh(guest), K.ASK, by=by, told="A photo, please.")
    told = [(each["kind"], each["now"], each["told"]) for each in copy_of(fresh(guest))["decisions"]]
    assert told == [(K.ASK, G.INCOMPLETE, "A photo, please.")]


def test_copy_has_everything_and_is_a_look(edition):
    guest = make_applicant(edition)
    sealed = make_field(edition, "passport", purpose=make_purpose(edition, sealed=True))
    Answer.objects.create(guest=guest, field=sealed, sealed=sealed_value("E1234567"))
    Answer.objects.create(
        guest=guest, field=make_field(edition, "press", kind=FieldKind.FILE), file=stored(edition)
    )
    base = page_path(guest, "en", "guest:privacy")
    copy = json.loads(Client().get(f"{base}copy.json").content)
    assert {each["question"]: each["value"] for each in copy["answers"]} == {
        "passport": "E1234567",
        "press": None,
    }
    with zipfile.ZipFile(io.BytesIO(Client().get(f"{base}copy.zip").content)) as archive:
        assert archive.namelist() == ["data.json", "files/1-letter.pdf"]
        assert len(json.loads(archive.read("data.json"))["looks"]) == 1


def test_pages_of_privacy_do_what_they_say(edition):
    guest = make_applicant(edition)
    diet = make_purpose(edition, "Diet", needs_consent=True)
    base, client = page_path(guest, "en", "guest:privacy"), Client()
    answers = [
        client.post(
            f"{base}consent/", {"purpose": diet.slug, "seen": wording(diet, "en").digest}
        ).status_code,
        client.post(f"{base}consent/", {"purpose": diet.slug, "seen": "old"}).status_code,
        client.post(f"{base}withdraw/", {"purpose": diet.slug}).status_code,
        client.post(f"{base}withdraw/", {"purpose": "nothing"}).status_code,
        client.post(f"{base}erase/").status_code,
        client.post(f"{base}nothing/").status_code,
    ]
    assert answers == [302, 409, 302, 404, 302, 404]
    dpo = Client()
    dpo.force_login(
        make_officer(edition, "dpo", DATA_PROTECTION.code),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    console = "/en/console/rivertown/guests/data-protection/"
    page = dpo.get(console)
    assert (page.status_code, b"Ada Guest" in page.content) == (200, True)
    wish = guest.erasures.get()
    assert dpo.post(f"{console}erasures/{wish.pk}/", {"then": "refuse", "answer": ""}).status_code == 422
    assert dpo.post(f"{console}purposes/{diet.slug}/").status_code == 409
    assert dpo.post(f"{console}erasures/{wish.pk}/", {"then": "erase"}).status_code == 302
    assert client.get(base).status_code == 410
    assert dpo.get(console).status_code == 200
    other = Client()
    other.force_login(make_officer(edition), backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(console).status_code == 403
