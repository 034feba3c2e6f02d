"""Conflicts of interest found in the data: what is found, and that finding it again changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
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
from summitry.calls.permissions import MANAGER
from summitry.calls.queries.conflict_lines import conflict_lines
from summitry.calls.queries.conflicts import barring
from summitry.calls.queries.deriving import Case, Facts, Human, Judge, found_in
from summitry.foundation.models import AuditEntry
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror
from tests.calls.rounds.house import office
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


def test_deriving_looks_at_earlier_editions_of_the_summit() -> None:
    """Who entered something together years ago, or advised, does not judge; another summit's entries say nothing."""
    edition = make_edition()
    call, earlier = make_call(edition), make_call(make_edition(summit=edition.summit))
    foreign = make_call(make_edition())
    ana = make_person(name("display", "en", "Ana Lima"), email="ana@lima.example")
    juror = make_juror(call, ana)
    former = make_juror(earlier, ana)
    together = make_entry(earlier, contact_email="partner@mail.ru", state="not_selected")
    _member(together, "ana@lima.example")
    pupils = make_entry(earlier, contact_email="pupil@qq.com", state="announced")
    declare_conflict(former, pupils, "adviser", by=SYSTEM)
    _member(make_entry(foreign, contact_email="far@qq.com"), "ana@lima.example")
    for n in range(2):
        erased = make_entry(earlier, contact_email=f"{n}@erased.invalid", state="not_selected")
        _member(erased, f"{n}@erased.invalid", who="–")
    by_partner = make_entry(call, contact_email="partner@mail.ru")
    by_pupil = make_entry(call, contact_email="team@qq.com")
    _member(by_pupil, "pupil@qq.com")
    make_entry(call, contact_email="far@qq.com")
    assert _found(call) == {
        (juror.pk, by_partner.pk, "co_entrant", "derived"),
        (juror.pk, by_pupil.pk, "adviser", "derived"),
    }
    row = Conflict.objects.select_related("juror", "entry").get(juror=juror, kind="co_entrant")
    line = conflict_lines(call, [row], SYSTEM, "en")[0]
    assert line.evidence == (f"Together on {earlier.edition.name}: {earlier.name} {together.number}.",)


def _crowd(call: Call, entries: int, domain: str = "crowd.example", others: int = 0) -> None:
    for n in range(entries + others):
        make_entry(call, contact_email=f"who{n}@{domain if n < entries else f'house{n}.example'}")


def test_a_domain_that_everybody_has_bars_nobody_and_is_named() -> None:
    call = make_call(make_edition())
    account = office(call, MANAGER.code)
    _juror(call, "Ana Lima", "ana@crowd.example")
    _juror(call, "Jane Okafor", "jane@okafor.example")
    _crowd(call, 25, others=75)
    own = make_entry(call, contact_email="who@okafor.example")
    found = {pair[1:] for pair in _found(call)}
    assert found == {(own.pk, "same_domain", "derived")}
    call.refresh_from_db()
    assert call.common_domains == ["crowd.example"]
    assert AuditEntry.objects.filter(action="calls.conflicts.domains_set_aside").count() == 1
    client = Client()
    client.force_login(account)
    address = reverse("calls:conflicts", args=[call.edition.slug, call.slug])
    assert "crowd.example" in client.get(address).content.decode()
    answer = client.post(address, {"look": "1"}, follow=True).content.decode()
    assert "Set aside, because so many have it: crowd.example" in answer
    assert derive_conflicts(call, by=SYSTEM) == Derivation(common=("crowd.example",))


def test_a_domain_of_a_house_bars_as_long_as_it_tells_something() -> None:
    """At most a fifth of the entries, or fewer than twenty of them, and no more conflicts than people can look at."""
    call = make_call()
    _juror(call, "Ana Lima", "ana@crowd.example")
    _crowd(call, 19)
    assert derive_conflicts(call, by=SYSTEM) == Derivation(new=19)
    _crowd(call, 1)
    assert derive_conflicts(call, by=SYSTEM) == Derivation(gone=19, common=("crowd.example",))
    _crowd(call, 0, others=80)
    assert derive_conflicts(call, by=SYSTEM) == Derivation(new=20)
    assert Call.objects.get(pk=call.pk).common_domains == []


def test_no_domain_makes_more_conflicts_than_its_bound() -> None:
    human = [Human(None, (), (f"j{n}@big.example",)) for n in range(201)]
    judges = tuple(Judge(n, one) for n, one in enumerate(human))
    cases = tuple(
        Case(n, (Human(None, (), (f"c{n}@{'big' if n < 10 else f'small{n}'}.example",)),)) for n in range(100)
    )
    assert found_in(Facts(judges, cases)).common == ("big.example",)
    few = found_in(Facts(judges[:200], cases))
    assert (len(few.pairs), few.common) == (2000, ())


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
