"""Conflicts of interest found in the data: what is found, and that finding it again changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from summitry.calls.actions.conflict import decide_conflict, declare_conflict
from summitry.calls.actions.deriving import Derivation, derive_conflicts, derive_soon
from summitry.calls.models import (
    Call,
    Conflict,
    Entry,
    Juror,
    Member,
    Nomination,
    OrganisationGroup,
    Relation,
)
from summitry.calls.queries.conflicts import barring
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror
from tests.directory.make import make_entity, make_organisation, make_person, name
from tests.editions.make import make_edition

pytestmark = pytest.mark.django_db


def _juror(call: Call, who: str, email: str = "", **facts: Any) -> Juror:
    return make_juror(call, make_person(name("display", "en", who), email=email), **facts)


def _found(call: Call) -> set[tuple[int, int, str, str]]:
    derive_conflicts(call, by=SYSTEM)
    rows = Conflict.objects.filter(juror__call=call)
    return set(rows.values_list("juror_id", "entry_id", "kind", "source"))


def _member(entry: Entry, email: str, who: str = "Somebody Else", **facts: Any) -> Member:
    return Member.objects.create(entry=entry, name=who, email=email, **facts)


def test_deriving_finds_each_kind() -> None:
    call = make_call(bars_same_entity=True)
    peru = make_entity("PE")
    house = make_organisation("Tsinghua University")
    lima = _juror(call, "Ana Lima", "ana.lima@gmail.com", organisation=house)
    okafor = _juror(call, "Jane Okafor", "jane@cs.uni.ac.uk", entity=peru)
    by_id = make_entry(call, organisation=house)
    by_name = make_entry(call, organisation_name="UNIVERSITY, Tsinghua")
    own = make_entry(call, contact_email="Ana.Lima+prize@googlemail.com")
    namesake = make_entry(call, contact_name="LIMA Ana")
    domain = make_entry(call, contact_email="who@med.uni.ac.uk")
    entity = make_entry(call, entity=peru)
    make_entry(call, contact_email="other@gmail.com")
    make_entry(call, state="draft", contact_email="ana.lima@gmail.com")
    assert _found(call) == {
        (lima.pk, by_id.pk, "same_organisation", "derived"),
        (lima.pk, by_name.pk, "same_organisation", "derived"),
        (lima.pk, own.pk, "self", "derived"),
        (lima.pk, namesake.pk, "self", "derived"),
        (okafor.pk, domain.pk, "same_domain", "derived"),
        (okafor.pk, entity.pk, "country", "derived"),
    }
    assert barring(call)[own.pk, lima.pk] == ("self",)


def test_deriving_looks_at_all_entries_of_the_edition() -> None:
    call = make_call()
    other = make_call(call.edition)
    elsewhere = make_call(make_edition("elsewhere"))
    juror = _juror(call, "Ana Lima", "ana@lima.example")
    together = make_entry(other, contact_email="partner@mail.ru")
    _member(together, "ana@lima.example")
    advised = make_entry(other, contact_email="pupil@qq.com")
    _member(advised, "ana@lima.example", part="Scientific adviser")
    _member(make_entry(elsewhere, contact_email="far@qq.com"), "ana@lima.example")
    denied = make_entry(other, contact_email="liar@qq.com")
    _member(denied, "ana@lima.example", state="denied")
    by_partner = make_entry(call, contact_email="PARTNER@mail.ru")
    by_pupil = make_entry(call, contact_email="team@qq.com")
    _member(by_pupil, "pupil@qq.com")
    make_entry(call, contact_email="far@qq.com")
    make_entry(call, contact_email="liar@qq.com")
    assert _found(call) == {
        (juror.pk, by_partner.pk, "co_entrant", "derived"),
        (juror.pk, by_pupil.pk, "adviser", "derived"),
    }


def test_deriving_follows_groups_nominators_and_what_was_declared() -> None:
    call = make_call()
    OrganisationGroup.objects.create(call=call, name="Acme Holding", members=["Acme Cloud Ltd", "Beta GmbH"])
    juror = _juror(call, "Ana Lima", "ana@gmail.com", organisation=make_organisation("Acme Cloud"))
    group = make_entry(call, organisation_name="Beta")
    nominated = make_entry(call)
    Nomination.objects.create(call=call, entry=nominated, nominator_email="ana@gmail.com")
    funded = make_entry(call, contact_email="start@up.example")
    again = make_entry(call, contact_email="start@up.example")
    declare_conflict(juror, funded, "funder", by=SYSTEM)
    assert _found(call) == {
        (juror.pk, group.pk, "same_group", "derived"),
        (juror.pk, nominated.pk, "other", "derived"),
        (juror.pk, funded.pk, "funder", "office"),
        (juror.pk, again.pk, "funder", "derived"),
    }


def test_deriving_matches_whom_entrants_name() -> None:
    call = make_call()
    wang = make_juror(call, make_person(name("native", "zh-hans", "王伟"), name("display", "en", "Wei Wang")))
    okafor = _juror(call, "Jane Okafor", organisation=make_organisation("Acme Ltd"))
    entries = {
        said: make_entry(call)
        for said in ("王伟", "WANG Wei", "J. Okafor", "Jane Okafo", "Acme", "Jan Ochs", "Okafor-Smith, B.")
    }
    for said, entry in entries.items():
        Relation.objects.create(entry=entry, name=said, kind="adviser")
    assert _found(call) == {
        (wang.pk, entries["王伟"].pk, "adviser", "entrant"),
        (wang.pk, entries["WANG Wei"].pk, "adviser", "entrant"),
        (okafor.pk, entries["J. Okafor"].pk, "adviser", "entrant"),
        (okafor.pk, entries["Jane Okafo"].pk, "adviser", "entrant"),
        (okafor.pk, entries["Acme"].pk, "adviser", "entrant"),
    }


def test_deriving_again_changes_nothing_and_respects_decisions() -> None:
    call = make_call()
    juror = _juror(call, "Ana Lima", "ana@acme.example", organisation=make_organisation("Acme"))
    entry = make_entry(call, organisation_name="Acme Ltd")
    assert derive_conflicts(call, by=SYSTEM) == Derivation(new=1)
    assert derive_conflicts(call, by=SYSTEM) == Derivation()
    conflict = Conflict.objects.get()
    decide_conflict(conflict, "dismissed", by=SYSTEM, words="Another Acme")
    assert derive_conflicts(call, by=SYSTEM) == Derivation()
    assert barring(call) == {}
    Entry.objects.filter(pk=entry.pk).update(contact_email="who@acme.example")
    assert derive_conflicts(call, by=SYSTEM) == Derivation(again=1)
    assert barring(call) == {(entry.pk, juror.pk): ("same_organisation",)}
    Entry.objects.filter(pk=entry.pk).update(contact_email="who@else.example")
    assert derive_conflicts(call, by=SYSTEM) == Derivation(changed=1)
    Entry.objects.filter(pk=entry.pk).update(organisation_name="")
    assert derive_conflicts(call, by=SYSTEM) == Derivation(gone=1)


def test_a_change_is_looked_at_once() -> None:
    call = make_call()
    DBTaskResult.objects.all().delete()
    derive_soon(call.pk)
    derive_soon(call.pk)
    assert DBTaskResult.objects.count() == 1
