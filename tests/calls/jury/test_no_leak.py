"""What a conflict hides: rows, and every count and page from which somebody in conflict could tell how an entry is judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from summitry.calls import urls
from summitry.calls.enums import ConflictKind
from summitry.calls.models import (
    Assignment,
    Award,
    Bid,
    Call,
    Conflict,
    Decision,
    Entry,
    Juror,
    Laureate,
    Member,
    Remark,
    Review,
    Round,
    Standing,
)
from summitry.calls.permissions import CHAIR, MANAGER
from summitry.calls.permissions_judging import JudgingPolicy
from summitry.directory.models import Person
from summitry.foundation.access import Actor, Scope, policy_for, visible, within
from summitry.foundation.access.policy import policies
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from tests.calls.make import SYSTEM, make_area, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account, make_person

pytestmark = pytest.mark.django_db


class World(NamedTuple):
    """A call with two entries that one juror reads: somebody in conflict with the second must not learn how it fares."""

    call: Call
    round: Round
    open: Entry
    hidden: Entry
    reader: Juror


def _world() -> World:
    call = make_call()
    area = make_area(call, "water")
    round_ = make_round(call, state="reading")
    open_, hidden = (make_entry(call, title, area=area, state="judged") for title in ("Open", "Hidden"))
    reader = make_juror(call, "Ruth Reader", account=make_account())
    world = World(call, round_, open_, hidden, reader)
    for entry in (open_, hidden):
        _judged(world, entry)
    return world


def _judged(world: World, entry: Entry) -> None:
    """Give an entry to the reader, who has handed in a review, and let everything else be said of it that can be."""
    given = Assignment.objects.create(round=world.round, entry=entry, juror=world.reader, state="submitted")
    Review.objects.create(assignment=given, score=7.5, version=1)
    Standing.objects.create(round=world.round, entry=entry, reads=1, rank=1)
    Remark.objects.create(round=world.round, entry=entry, juror=world.reader, words="Fine")
    Decision.objects.create(entry=entry, verdict="selected", decided_by="The chair")
    Bid.objects.create(juror=world.reader, entry=entry, value="want")
    award, _made = Award.objects.get_or_create(
        call=world.call, slug="prize", defaults={"name": Text.of("Prize")}
    )
    Laureate.objects.create(entry=entry, award=award, number=f"P-{entry.pk}", code=f"C{entry.pk}")
    other = make_juror(world.call)
    Conflict.objects.create(
        juror=other, entry=entry, kind=ConflictKind.OTHER, source="office", state="upheld"
    )


def _somebody(world: World, role: str) -> Account:
    """Return somebody with a role who is a juror, too, and in conflict with the hidden entry."""
    account = make_account()
    juror = make_juror(world.call, "Conny Conflict", account=account)
    if role:
        put_grant(account, role, Scope("call", world.call.pk), by=SYSTEM)
    Conflict.objects.create(juror=juror, entry=world.hidden, kind=ConflictKind.FUNDER, source="derived")
    return account


ABOUT: dict[type[Model], Callable[[Entry], dict[str, Any]]] = {
    Assignment: lambda entry: {"entry": entry},
    Review: lambda entry: {"assignment__entry": entry},
    Standing: lambda entry: {"entry": entry},
    Remark: lambda entry: {"entry": entry},
    Decision: lambda entry: {"entry": entry},
    Bid: lambda entry: {"entry": entry},
    Conflict: lambda entry: {"entry": entry},
    Entry: lambda entry: {"pk": entry.pk},
    Laureate: lambda entry: {"entry": entry},
}
ROLES = ("", MANAGER.code, CHAIR.code)
JUDGED = sorted(
    (model for model, policy in policies().items() if isinstance(policy, JudgingPolicy)),
    key=lambda model: model.__name__,
)


def test_every_model_of_judging_is_looked_at() -> None:
    assert set(JUDGED) == set(ABOUT)


@pytest.mark.parametrize("role", ROLES)
def test_rows_of_an_entry_are_hidden_from_whom_a_conflict_bars(role: str) -> None:
    world = _world()
    actor: Actor = _somebody(world, role).actor()
    for model in JUDGED:
        policy, rows = policy_for(model), model._default_manager.all()
        hidden = model._default_manager.filter(**ABOUT[model](world.hidden))
        assert hidden.exists()
        for seen in (visible(actor, rows), within(actor, rows)):
            assert not seen.filter(pk__in=hidden.values("pk")).exists(), model
        for row in hidden:
            assert not any(policy.may(actor, verb, row) for verb in policy.verbs), model
        if role and "view" in policy.verbs and role in policy.allowed["view"]:  # type: ignore[attr-defined]
            assert within(actor, rows).filter(**ABOUT[model](world.open)).exists(), model


def test_a_dismissed_conflict_hides_nothing() -> None:
    world = _world()
    actor = _somebody(world, CHAIR.code).actor()
    Conflict.objects.filter(juror__account=actor.account_id).update(state="dismissed")
    assert within(actor, Review.objects.all()).count() == 2


LOGGED = {"record_file"}
"""Files whose every download is told of in the call's own trail."""


def _pages(world: World) -> list[str]:
    """Return the addresses of all console pages of a call that need nothing but the call."""
    place = [world.call.edition.slug, world.call.slug]
    names = [one.name for one in urls.console if one.pattern.converters.keys() == {"call"}]
    assert set(names) >= LOGGED
    names = [name for name in names if name not in LOGGED]
    record = reverse("calls:juror", args=[*place, world.reader.pk])
    return [*(reverse(f"calls:{name}", args=place) for name in names), record]


def _shown(client: Client, address: str) -> str:
    page = client.get(address)
    if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
        return str(page.status_code)
    text = page.content.decode()
    main = text[text.find("<main") : text.find("</main>")]
    return re.sub(
        r"csrfmiddlewaretoken\" value=\"[^\"]+|nonce=\"[^\"]+|data-[a-z-]+=\"[^\"]*\"|name=\"(seen|key)\" value=\"[^\"]*",
        "",
        main,
    )


@pytest.mark.parametrize("role", ROLES)
def test_pages_tell_nothing_of_how_an_entry_is_judged(role: str) -> None:
    """Whatever was judged of the hidden entry, somebody in conflict reads the very same pages."""
    world = _world()
    client = Client()
    client.force_login(_somebody(world, role))
    before = {address: _shown(client, address) for address in _pages(world)}
    for model in (Laureate, Review, Remark, Decision, Bid, Assignment):
        model._default_manager.filter(**ABOUT[model](world.hidden)).delete()
    Conflict.objects.filter(entry=world.hidden, source="office").delete()
    Entry.objects.filter(pk=world.hidden.pk).update(state="not_advanced")
    after = {address: _shown(client, address) for address in _pages(world)}
    assert [address for address in before if before[address] != after[address]] == []


@pytest.mark.parametrize("part", ["contact", "member", "person"])
def test_nobody_in_office_sees_how_her_own_entry_is_judged(part: str) -> None:
    """A chair who is no juror, but an entrant: as if a conflict barred her."""
    world = _world()
    account = make_account()
    put_grant(account, CHAIR.code, Scope("call", world.call.pk), by=SYSTEM)
    actor = account.actor()
    reviews = Review.objects.filter(assignment__entry=world.hidden)
    assert within(actor, reviews).exists()
    if part == "contact":
        Entry.objects.filter(pk=world.hidden.pk).update(contact_email=account.email)
    elif part == "member":
        Member.objects.create(entry=world.hidden, name="Chair", email=account.email)
    else:
        person = make_person(email="home@home.example")
        Person.objects.filter(pk=person.pk).update(account=account)
        Member.objects.create(entry=world.hidden, name="Chair", email="home@home.example", person=person)
    for model in JUDGED:
        hidden = model._default_manager.filter(**ABOUT[model](world.hidden))
        assert not within(actor, hidden).exists(), model
    Member.objects.update(state="denied")
    assert within(actor, reviews).exists() is (part != "contact")


def test_a_conflict_bars_an_officer_who_was_proposed_for_the_jury_and_has_no_account_there_yet() -> None:
    world = _world()
    account = make_account()
    put_grant(account, MANAGER.code, Scope("call", world.call.pk), by=SYSTEM)
    person = make_person()
    Person.objects.filter(pk=person.pk).update(account=account)
    juror = make_juror(world.call, person, state="proposed")
    Conflict.objects.create(juror=juror, entry=world.hidden, kind=ConflictKind.FUNDER, source="derived")
    rows = within(account.actor(), Assignment.objects.all())
    assert set(rows.values_list("entry", flat=True)) == {world.open.pk}
