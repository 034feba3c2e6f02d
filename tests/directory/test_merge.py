"""Merging and undoing: in many generated worlds, an undone merge leaves every row of every table as it was."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.apps import apps

from summitry.directory.actions.affiliation import add_affiliation
from summitry.directory.actions.merge import merge_organisations, merge_people, undo_merge
from summitry.directory.actions.organisation import update_organisation
from summitry.directory.actions.person import update_person
from summitry.directory.actions.references import references_to
from summitry.directory.enums import NameUse
from summitry.directory.errors import MergeAlreadyUndone, MergeWithItself, TwoAccounts, UndoRefused
from summitry.directory.events import MergeUndone, PeopleChanged, RecordsMerged
from summitry.directory.models import Affiliation, Merge, Organisation, Person, PersonName
from summitry.directory.queries.merges import kept_in_place_of
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import EditionOrganiser
from summitry.foundation import bus
from summitry.foundation.errors import PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.programme.enums import SpeakerRole
from summitry.programme.models import Appearance, Contribution, Forum, ForumOrganiser, Session
from tests.directory.make import (
    STRANGER,
    SYSTEM,
    actor_with,
    make_account,
    make_entity,
    make_organisation,
    make_person,
    name,
)
from tests.editions.make import make_edition

pytestmark = pytest.mark.django_db
UNTOUCHED = {"foundation.auditentry", "directory.merge"}
ROLES = list(SpeakerRole)[:3]


def everything():
    """All rows of all our tables, but for the log and the running number of an edition's content."""
    rows = set()
    for model in apps.get_models():
        if model.__module__.startswith("summitry.") and model._meta.label_lower not in UNTOUCHED:
            columns = [c.attname for c in model._meta.concrete_fields if c.attname != "content_version"]
            rows |= {
                (model._meta.label_lower, *map(repr, row))
                for row in model._base_manager.values_list(*columns)
            }
    return rows


class World:
    """A few people and organisations with everything that can hang on them, drawn by chance."""

    def __init__(self, seed: int) -> None:
        self.dice = dice = random.Random(seed)
        self.organisations = [
            make_organisation(
                f"Body {n}",
                short_name=self.maybe(Text.of(f"B{n}"), Text()),
                website=self.maybe("https://b.example/", ""),
            )
            for n in range(3)
        ]
        self.people = [self.person(n) for n in range(4)]
        edition = make_edition()
        self.forums = [
            Forum.objects.create(
                edition=edition, slug=f"f{n}", title=Text.of("F"), chair=dice.choice([None, *self.people])
            )
            for n in range(2)
        ]
        for n in range(3):
            session = Session.objects.create(edition=edition, forum=dice.choice(self.forums), code=f"s{n}")
            contributions = [None, Contribution.objects.create(session=session, title=Text.of("C"))]
            for person in self.people:
                for contribution in contributions:
                    for role in dice.sample(ROLES, dice.randint(0, 2)):
                        Appearance.objects.create(
                            session=session, contribution=contribution, person=person, role=role
                        )
        for forum in self.forums:
            for organisation in dice.sample(self.organisations, dice.randint(0, 3)):
                ForumOrganiser.objects.create(
                    forum=forum, organisation=organisation, role=dice.choice(list(OrganiserRole))
                )
        roles = [(o, r) for o in self.organisations for r in OrganiserRole if dice.random() < 0.5]
        set_organisers(edition, [OrganiserGiven(*role) for role in roles], by=SYSTEM)

    def maybe(self, one, other):
        return one if self.dice.random() < 0.5 else other

    def person(self, n):
        forms = [(use, lang) for use in NameUse for lang in ("en", "zh-hans", "ar")]
        person = make_person(
            *(
                name(use, lang, f"Name {n}", self.maybe("key", ""))
                for use, lang in self.dice.sample(forms, 4)
            ),
            reference_name=f"Person {n}",
            biography=self.maybe(Text.of({"en": f"Life {n}", "zh-hans": "传"}), Text()),
            email=self.maybe(f"p{n}@example.org", ""),
            languages=self.maybe(["en"], []),
            account=make_account() if n == 0 else None,
        )
        for _ in range(self.dice.randint(0, 3)):
            add_affiliation(
                person,
                self.dice.choice(self.organisations),
                by=SYSTEM,
                title=self.maybe(Text.of("Director"), Text.of("Fellow")),
                starts_on=self.maybe(dt.date(2020, 1, 1), None),
            )
        return person


@pytest.mark.parametrize("seed", range(10))
def test_merges_undone_in_the_opposite_order_restore_every_row(seed):
    world = World(seed)
    states, merges = [], []
    for pool, model, merge in (
        (world.people, Person, merge_people),
        (world.organisations, Organisation, merge_organisations),
        (world.people, Person, merge_people),
    ):
        kept, absorbed = world.dice.sample(pool, 2)
        states.append(everything())
        merges.append(merge(kept, absorbed, by=SYSTEM))
        pool.remove(absorbed)
        for reference in references_to(model):
            assert not reference.model._base_manager.filter(**{reference.attname: absorbed.pk}).exists()
    for state, done in zip(reversed(states), reversed(merges), strict=True):
        undo_merge(done, by=SYSTEM)
        assert everything() == state


def names_in(person):
    return set(PersonName.objects.filter(person=person).values_list("use", "lang", "text"))


def test_merge_unites_names_posts_and_what_was_left_empty():
    organisation, country = make_organisation(), make_entity()
    kept = make_person(name("display", "en", "Wei Zhang"), email="wei@example.org")
    account = make_account()
    absorbed = make_person(
        name("display", "en", "Zhang Wei"),
        name("native", "zh-hans", "张伟"),
        email="other@example.org",
        entity=country,
        biography=Text.of("A life."),
        account=account,
    )
    for person in (kept, absorbed):
        add_affiliation(person, organisation, by=SYSTEM, title=Text.of("Director"))
    add_affiliation(absorbed, organisation, by=SYSTEM, title=Text.of("Fellow"))
    merge_people(kept, absorbed, by=actor_with("directory_editor"))
    assert names_in(kept) == {("display", "en", "Wei Zhang"), ("native", "zh-hans", "张伟")}
    assert [str(row.title) for row in kept.affiliations.order_by("pk")] == ["Director", "Fellow"]
    facts = (kept.reference_name, kept.email, kept.entity, kept.biography, kept.account)
    assert facts == ("Wei Zhang", "wei@example.org", country, Text.of("A life."), account)
    assert Person.objects.get() == kept


def test_merge_of_organisations_completes_languages_and_turns_over_posts():
    kept, absorbed = make_organisation("Ministry"), make_organisation("Ministry")
    update_organisation(absorbed, by=SYSTEM, name=Text.of({"en": "The Ministry", "fr": "Le Ministère"}))
    person = make_person()
    add_affiliation(person, absorbed, by=SYSTEM)
    edition = make_edition()
    roles = [(kept, OrganiserRole.HOST), (absorbed, OrganiserRole.HOST), (absorbed, OrganiserRole.SUPPORTER)]
    set_organisers(edition, [OrganiserGiven(*role) for role in roles], by=SYSTEM)
    merge_organisations(kept, absorbed, by=SYSTEM)
    assert kept.name.texts == {"en": "Ministry", "fr": "Le Ministère"}
    assert Affiliation.objects.get().organisation == kept
    assert list(EditionOrganiser.objects.values_list("organisation", "role")) == [
        (kept.pk, "host"),
        (kept.pk, "supporter"),
    ]


@pytest.mark.parametrize("actor", [STRANGER, actor_with("directory_contributor"), actor_with("editor")])
def test_merging_is_the_keepers(actor):
    one, two = make_person(), make_person()
    with pytest.raises(PermissionRefused):
        merge_people(one, two, by=actor)
    merge = merge_people(one, two, by=actor_with("directory_editor"))
    with pytest.raises(PermissionRefused):
        undo_merge(merge, by=actor)
    assert Person.objects.get() == one


def test_impossible_merges_are_refused():
    one, two = make_person(account=make_account()), make_person(account=make_account())
    with pytest.raises(TwoAccounts):
        merge_people(one, two, by=SYSTEM)
    with pytest.raises(MergeWithItself):
        merge_organisations(*[make_organisation()] * 2, by=SYSTEM)
    assert not Merge.objects.exists()


def test_second_merge_of_the_same_record_loses_with_a_reason():
    one, two, three = (make_person() for _ in range(3))
    merge_people(one, two, by=SYSTEM)
    for kept, absorbed in ((three, two), (two, one)):
        with pytest.raises(StaleState):
            merge_people(kept, absorbed, by=SYSTEM)
    assert set(Person.objects.all()) == {one, three}


def test_merge_is_undone_once():
    one, two = make_person(), make_person()
    merge = merge_people(one, two, by=SYSTEM)
    undo_merge(merge, by=SYSTEM)
    with pytest.raises(MergeAlreadyUndone):
        undo_merge(merge, by=SYSTEM)
    assert set(Person.objects.all()) == {one, two}


def test_earlier_merge_waits_for_the_later_one():
    one, two, three = (make_person() for _ in range(3))
    first = merge_people(two, three, by=SYSTEM)
    second = merge_people(one, two, by=SYSTEM)
    with pytest.raises(UndoRefused, match="later merge"):
        undo_merge(first, by=SYSTEM)
    undo_merge(second, by=SYSTEM)
    undo_merge(first, by=SYSTEM)
    assert set(Person.objects.all()) == {one, two, three}


def test_undo_is_refused_where_the_old_place_is_taken():
    one, two = make_person(name("display", "en", "One")), make_person(name("display", "en", "Two"))
    merge = merge_people(one, two, by=SYSTEM)
    newcomer = make_person(name("display", "en", "Two"))
    before = everything()
    with pytest.raises(UndoRefused):
        undo_merge(merge, by=SYSTEM)
    assert everything() == before
    assert (newcomer.slug, Merge.objects.get().undone_at) == ("two", None)


def test_undo_leaves_what_came_since_and_does_without_what_has_gone():
    organisation = make_organisation()
    one = make_person(name("display", "en", "One"))
    two = make_person(name("display", "en", "Two"), email="two@example.org", entity=make_entity())
    for person in (one, two):
        add_affiliation(person, organisation, by=SYSTEM, title=Text.of("Director"))
    merge = merge_people(one, two, by=SYSTEM)
    update_person(one, by=SYSTEM, email="since@example.org")
    add_affiliation(one, make_organisation("New"), by=SYSTEM)
    Affiliation.objects.filter(organisation=organisation).delete()
    organisation.delete()
    undo_merge(merge, by=SYSTEM)
    one.refresh_from_db()
    assert (one.email, one.entity) == ("since@example.org", None)
    assert [str(row.organisation) for row in one.affiliations.all()] == ["New"]
    restored = Person.objects.get(slug="two")
    assert (restored.pk, restored.email, restored.affiliations.count()) == (two.pk, "two@example.org", 0)
    assert AuditEntry.objects.latest("pk").params == {"absorbed": "Two", "lost": 1}


def test_merge_and_undo_are_recorded_and_announced(monkeypatch):
    heard: list[bus.Event] = []
    monkeypatch.setattr(bus, "_inside", {bus.Event: [heard.append]})
    one, two = make_person(name("display", "en", "One")), make_person(name("display", "en", "Two"))
    heard.clear()
    merge = merge_people(one, two, by=SYSTEM)
    undo_merge(merge, by=SYSTEM)
    ids: dict[str, Any] = {"model": "directory.person", "kept_id": one.pk, "absorbed_id": two.pk}
    changed = PeopleChanged(by=SYSTEM, person_ids=(one.pk, two.pk))
    assert heard == [RecordsMerged(by=SYSTEM, **ids), changed, MergeUndone(by=SYSTEM, **ids), changed]
    entries = AuditEntry.objects.order_by("-pk").values_list("action", "object_label")[:2]
    assert list(entries) == [("directory.merge.undone", "One"), ("directory.records.merged", "One")]


def test_address_of_an_absorbed_record_leads_to_the_kept_one():
    one, two, three = (make_person(name("display", "en", title)) for title in ("One", "Two", "Three"))
    merge_people(two, three, by=SYSTEM)
    last = merge_people(one, two, by=SYSTEM)
    assert kept_in_place_of(Person, "three") == one.pk
    assert kept_in_place_of(Person, "two") == one.pk
    assert kept_in_place_of(Person, "one") is None
    assert kept_in_place_of(Organisation, "two") is None
    undo_merge(last, by=SYSTEM)
    assert kept_in_place_of(Person, "three") == two.pk
    assert kept_in_place_of(Person, "two") is None
