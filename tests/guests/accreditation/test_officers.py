"""Officers of one category: where a category names its own, they alone decide about its guests, and the directors."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.grants import withdraw_role
from summitry.foundation.models import AuditEntry, Grant
from summitry.guests.actions.category import remove_category, set_officers
from summitry.guests.actions.deciding import agree, decide
from summitry.guests.actions.deciding_many import decide_many, plan_decisions, undo_decisions
from summitry.guests.enums import DecisionKind, GuestState
from summitry.guests.models import Category, Proposal
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE, officers_of
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, make_officer, officer
from tests.guests.accreditation.test_console import BASE, signed_in
from tests.guests.make import SYSTEM, make_category

pytestmark = pytest.mark.django_db
G, K = GuestState, DecisionKind
OTHERS = "Other officers decide about this category."


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


def heads(edition: Edition, *, needs_two: bool = False) -> Category:
    return make_category(edition, "Heads of state", slug="heads", needs_two=needs_two)


def test_only_officers_of_a_category_decide_about_its_guests(edition: Edition):
    category, other = heads(edition), make_category(edition)
    own = make_officer(edition, "own")
    set_officers(category, [own], by=SYSTEM)
    guest = make_applicant(edition, G.DECIDING, category)
    with pytest.raises(PermissionRefused):
        decide(guest, K.APPROVE, by=officer(edition, "another"))
    decide(fresh(guest), K.APPROVE, by=own.actor())
    decide(fresh(guest), K.RESET, by=officer(edition, "director", DIRECTOR.code), reason="A mistake")
    set_officers(category, [], by=SYSTEM)
    decide(fresh(guest), K.APPROVE, by=officer(edition, "third"))
    free = make_applicant(edition, G.DECIDING, other, who="Bo", email="")
    assert decide(free, K.APPROVE, by=officer(edition, "fourth")).kind == K.APPROVE


def test_the_second_person_is_an_officer_of_the_category_as_well(edition: Edition):
    category = heads(edition, needs_two=True)
    one, two = make_officer(edition, "one"), make_officer(edition, "two")
    set_officers(category, [one, two], by=SYSTEM)
    proposal = decide(make_applicant(edition, G.DECIDING, category), K.APPROVE, by=one.actor())
    assert isinstance(proposal, Proposal)
    with pytest.raises(PermissionRefused):
        agree(proposal, by=officer(edition, "another"))
    assert agree(proposal, by=two.actor()).kind == K.APPROVE


def test_decisions_about_many_leave_out_what_others_decide(edition: Edition):
    category, other = heads(edition), make_category(edition)
    own = make_officer(edition, "own")
    set_officers(category, [own], by=SYSTEM)
    theirs = make_applicant(edition, G.DECIDING, category)
    mine = make_applicant(edition, G.DECIDING, other, who="Bo", email="")
    by = officer(edition, "another")
    assert plan_decisions([theirs, mine], K.HOLD, by=by) == ([mine], [(theirs, OTHERS)])
    with pytest.raises(PermissionRefused):
        decide_many(edition, [theirs], K.HOLD, by=by, key=uuid.uuid4())
    run = decide_many(edition, [theirs], K.HOLD, by=own.actor(), key=uuid.uuid4())
    with pytest.raises(PermissionRefused):
        undo_decisions(edition, run, by=by)
    assert undo_decisions(edition, run, by=own.actor()).left == []


def test_who_leaves_the_office_is_no_officer_of_a_category(edition: Edition):
    category = heads(edition)
    own = make_officer(edition, "own")
    set_officers(category, [own], by=SYSTEM)
    assert officers_of(edition.pk, [category.pk]) == {category.pk: {own.pk}}
    withdraw_role(own, ACCREDITATION.code, Scope("edition", edition.pk), by=SYSTEM)
    assert officers_of(edition.pk, [category.pk]) == {}
    with pytest.raises(PermissionRefused):
        decide(make_applicant(edition, G.DECIDING, category), K.HOLD, by=own.actor())
    remove_category(heads_without_guests := make_category(edition), by=SYSTEM)
    assert not Grant.objects.filter(scope_kind="category", scope_id=heads_without_guests.pk or 0).exists()


def test_directors_say_who_the_officers_are(edition: Edition):
    category = heads(edition)
    own, nobody = make_officer(edition, "own"), make_account("nobody@example.org")
    for role in (ACCREDITATION.code, GUEST_OFFICE.code):
        with pytest.raises(PermissionRefused):
            set_officers(category, [own], by=officer(edition, role, role))
    with pytest.raises(InvalidInput) as refused:
        set_officers(category, [nobody], by=SYSTEM)
    assert list(refused.value.fields) == ["officers"]
    director = officer(edition, DIRECTOR.code, DIRECTOR.code)
    for _twice in range(2):
        set_officers(category, [own], by=director)
    entry = AuditEntry.objects.get(action="guests.category.officers_set")
    assert entry.params["officers"] == [str(own)]


def test_console_names_officers_and_shows_each_her_own(edition: Edition):
    category = heads(edition)
    own = make_officer(edition, "own")
    guest = make_applicant(edition, G.DECIDING, category, who="Ada Guest")
    director, another = signed_in(edition, "director", DIRECTOR.code), signed_in(edition, "another")
    url = f"{BASE}/categories/heads/"
    page = director.get(url)
    assert 'name="officers"' in page.content.decode()
    assert 'name="officers"' not in another.get(url).content.decode()
    form = page.context["form"]
    given = {
        name: form[name].value()
        for name in ("capacity", "colour", "position", "steps", "photo", "identity", "visa", "companions")
    }
    given |= {
        "name.en": "Heads of state",
        "counts": "on",
        "on_behalf": "on",
        "officers": [str(own.pk)],
        "seen": form["seen"].value(),
    }
    assert director.post(url, given).status_code == 302
    assert officers_of(edition.pk, [category.pk]) == {category.pk: {own.pk}}
    assert "Ada Guest" not in another.get(f"{BASE}/decisions/").content.decode()
    shown = another.get(f"{BASE}/decisions/{guest.pk}/").content.decode()
    assert OTHERS in shown
    assert 'name="kind"' not in shown
    mine = Client()
    mine.force_login(own, backend="django.contrib.auth.backends.ModelBackend")
    assert "Ada Guest" in mine.get(f"{BASE}/decisions/").content.decode()
