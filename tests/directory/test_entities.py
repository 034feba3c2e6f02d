from __future__ import annotations

import datetime as dt

import pytest

from summitry.directory.actions.naming import (
    EntityNameGiven,
    add_flag,
    create_entity,
    create_profile,
    new_version_of,
    publish_profile,
    set_entity_name,
    set_entity_names,
)
from summitry.directory.actions.seed import flag_ratio, seed_entities
from summitry.directory.enums import EntityKind, NameForm
from summitry.directory.errors import FlagsOverlap, NameMissing, ProfileFrozen
from summitry.directory.models import Entity, EntityName, FlagAsset, NamingProfile
from summitry.directory.queries.entities import (
    EntityNames,
    Flag,
    entity_names,
    flag_for,
    flags_for,
    latest_profile,
)
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Shown
from summitry.foundation.models import AuditEntry
from tests.directory.make import STRANGER, SYSTEM, actor_with, make_entity, make_profile

pytestmark = pytest.mark.django_db


def test_two_profiles_name_one_entity_differently():
    entity = make_entity("MK")
    ours = make_profile("ours", (EntityNameGiven(entity, "en", "North Macedonia"),))
    theirs = make_profile("theirs", (EntityNameGiven(entity, "en", "Republic of North Macedonia"),))
    assert EntityNames(ours, "en").short(entity) == Shown("North Macedonia", "en", fallback=False)
    assert EntityNames(theirs, "en").short(entity) == Shown(
        "Republic of North Macedonia", "en", fallback=False
    )


def test_names_fall_back_by_language_form_and_code():
    entity = make_entity("CI")
    profile = make_profile(
        names=(
            EntityNameGiven(entity, "fr", "Côte d’Ivoire"),
            EntityNameGiven(entity, "fr", "République de Côte d’Ivoire", NameForm.FORMAL),
        )
    )
    unnamed = make_entity("XX")
    french, russian = EntityNames(profile, "fr"), EntityNames(profile, "ru", ("fr",))
    assert french.formal(entity) == Shown("République de Côte d’Ivoire", "fr", fallback=False)
    assert russian.short(entity.pk) == Shown("Côte d’Ivoire", "fr", fallback=True)
    assert EntityNames(profile, "en").short(entity) == Shown("CI", "", fallback=False)
    assert french.formal(unnamed) == Shown("XX", "", fallback=False)
    assert EntityNames(None, "fr").short(entity) == Shown("CI", "", fallback=False)


def test_entities_sort_in_the_readers_language():
    seed_entities(by=SYSTEM)
    profile = latest_profile("cldr")
    some = list(Entity.objects.filter(code__in=["CN", "DE", "AE", "ES", "EG", "SE"]))
    orders = {
        lang: [entity.code for entity in EntityNames(profile, lang).in_order(some)]
        for lang in ("en", "fr", "es", "ru")
    }
    assert orders == {
        "en": ["CN", "EG", "DE", "ES", "SE", "AE"],
        "fr": ["DE", "CN", "EG", "AE", "ES", "SE"],
        "es": ["DE", "CN", "EG", "AE", "ES", "SE"],
        "ru": ["DE", "EG", "ES", "CN", "AE", "SE"],
    }


def test_sort_form_decides_where_the_profile_gives_one():
    china, germany = make_entity("CN"), make_entity("DE")
    profile = make_profile(
        names=(
            EntityNameGiven(china, "zh-hans", "中国"),
            EntityNameGiven(china, "zh-hans", "zhongguo", NameForm.SORT),
            EntityNameGiven(germany, "zh-hans", "德国"),
            EntityNameGiven(germany, "zh-hans", "deguo", NameForm.SORT),
        )
    )
    assert EntityNames(profile, "zh-hans").in_order([china, germany]) == [germany, china]


@pytest.mark.parametrize("count", [1, 3])
def test_entity_names_take_one_query(count, django_assert_num_queries):
    entities = [make_entity(f"X{n}") for n in range(count)]
    profile = make_profile(
        names=tuple(EntityNameGiven(entity, "en", entity.code.lower()) for entity in entities)
    )
    with django_assert_num_queries(1):
        names = EntityNames(profile, "en", ("fr",))
        shown = [names.short(entity).text for entity in names.in_order(entities)]
    assert shown == [f"x{n}" for n in range(count)]
    with django_assert_num_queries(1):
        by_id = entity_names(profile, [entity.pk for entity in entities], langs=["en"])
    assert by_id == {entity.pk: {"en": entity.code.lower()} for entity in entities}


def test_frozen_profile_refuses_and_its_next_version_does_not():
    entity = make_entity("TR")
    profile = make_profile("host", (EntityNameGiven(entity, "en", "Turkey"),))
    publish_profile(profile, by=actor_with("directory_editor"))
    with pytest.raises(ProfileFrozen):
        set_entity_name(profile, entity, "en", "Türkiye", by=SYSTEM)
    with pytest.raises(ProfileFrozen):
        publish_profile(profile, by=SYSTEM)
    newer = new_version_of(profile, by=SYSTEM)
    set_entity_name(newer, entity, "en", "Türkiye", by=SYSTEM)
    assert (newer.version, newer.frozen_at) == (2, None)
    assert EntityNames(profile, "en").short(entity).text == "Turkey"
    assert EntityNames(newer, "en").short(entity).text == "Türkiye"
    assert latest_profile("host") == newer


def test_names_are_written_in_bulk_with_one_entry():
    one, two, three = (make_entity(code) for code in ("AA", "BB", "CC"))
    profile = make_profile(names=(EntityNameGiven(one, "en", "One"), EntityNameGiven(two, "en", "Two")))
    AuditEntry.objects.all().delete()
    changes = [
        EntityNameGiven(one, "en", "One"),
        EntityNameGiven(two, "en", ""),
        EntityNameGiven(three, "en", " Three  of them "),
    ]
    assert set_entity_names(profile, changes, by=SYSTEM) == 2
    assert set_entity_names(profile, changes, by=SYSTEM) == 0
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == (
        {"BB:en:short": "Two"},
        {"BB:en:short": "", "CC:en:short": "Three of them"},
    )
    assert entity_names(profile, Entity.objects.values_list("pk", flat=True), langs=["en"]) == {
        one.pk: {"en": "One"},
        three.pk: {"en": "Three of them"},
    }


def test_names_entities_and_profiles_are_the_keepers():
    entity, profile = make_entity("AA"), make_profile()
    contributor = actor_with("directory_contributor")
    for attempt in (
        lambda: create_entity("BB", by=contributor),
        lambda: create_profile("mine", "Mine", by=contributor),
        lambda: set_entity_name(profile, entity, "en", "A", by=contributor),
        lambda: publish_profile(profile, by=contributor),
        lambda: new_version_of(profile, by=STRANGER),
        lambda: add_flag(entity, "a.svg", by=STRANGER),
        lambda: seed_entities(by=STRANGER),
    ):
        with pytest.raises(PermissionRefused):
            attempt()
    assert list(Entity.objects.values_list("code", flat=True)) == ["AA"]
    assert NamingProfile.objects.count() == 1
    keeper = actor_with("directory_editor")
    set_entity_name(profile, entity, "en", "A", by=keeper)
    assert create_entity(" bb ", by=keeper, kind=EntityKind.REGION).code == "BB"


def test_bad_names_are_refused():
    entity, profile = make_entity("AA"), make_profile()
    with pytest.raises(NameMissing):
        set_entity_name(profile, entity, "en", " ", by=SYSTEM)
    with pytest.raises(InvalidInput):
        set_entity_name(profile, entity, "en", "x" * 201, by=SYSTEM)
    with pytest.raises(InvalidInput):
        create_entity("AA", by=SYSTEM)


def test_flag_is_the_one_valid_on_the_day():
    entity = make_entity("AF")
    change = dt.date(2021, 8, 15)
    add_flag(entity, "old.svg", by=SYSTEM, ratio="1:2")
    add_flag(entity, "new.svg", by=SYSTEM, ratio="2:3", valid_from=change)
    assert flag_for(entity, dt.date(2021, 8, 14)) == Flag("old.svg", 1, 2)
    assert flag_for(entity, change) == Flag("new.svg", 2, 3)
    assert Flag("new.svg", 2, 3).ratio == "2:3"
    assert flag_for(make_entity("ZZ"), change) is None


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [(None, None), (None, dt.date(2000, 1, 2)), (dt.date(2009, 1, 1), dt.date(2009, 2, 1))],
)
def test_two_flags_on_one_day_are_refused(valid_from, valid_to):
    entity = make_entity("AA")
    add_flag(entity, "a.svg", by=SYSTEM, valid_from=dt.date(2000, 1, 1), valid_to=dt.date(2010, 1, 1))
    with pytest.raises(FlagsOverlap):
        add_flag(entity, "b.svg", by=SYSTEM, valid_from=valid_from, valid_to=valid_to)
    add_flag(entity, "c.svg", by=SYSTEM, valid_from=dt.date(2010, 1, 1))
    add_flag(entity, "d.svg", by=SYSTEM, valid_to=dt.date(2000, 1, 1))
    assert flag_for(entity, dt.date(2010, 1, 1)) == Flag("c.svg", 2, 3)


@pytest.mark.parametrize("count", [1, 3])
def test_flags_of_many_take_one_query(count, django_assert_num_queries):
    entities = [make_entity(f"X{n}") for n in range(count)]
    for entity in entities:
        add_flag(entity, f"{entity.code}.svg", by=SYSTEM)
    with django_assert_num_queries(1):
        flags = flags_for([entity.pk for entity in entities], dt.date(2026, 1, 1))
    assert flags == {entity.pk: Flag(f"{entity.code}.svg", 2, 3) for entity in entities}


@pytest.mark.parametrize(
    ("width", "height", "ratio"),
    [
        (3, 2, "2:3"),
        (320, 320, "1:1"),
        (7410, 3900, "10:19"),
        (1400, 550, "11:28"),
        (450, 390, "13:15"),
        (500, 300, "3:5"),
    ],
)
def test_drawings_give_the_official_ratio(width, height, ratio):
    assert flag_ratio(width, height) == ratio


def test_seed_names_every_entity_in_six_languages_and_repeats_harmlessly(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        profile = seed_entities(by=SYSTEM)
    kinds = {kind: Entity.objects.filter(kind=kind).count() for kind in EntityKind}
    assert kinds == {
        EntityKind.COUNTRY: 195,
        EntityKind.REGION: 54,
        EntityKind.IGO: 7,
        EntityKind.UNION: 1,
        EntityKind.NONE: 0,
    }
    assert EntityName.objects.filter(profile=profile).count() == 257 * 6
    assert set(EntityName.objects.values_list("form", flat=True)) == {"short"}
    chinese = EntityNames(profile, "zh-hans")
    shown = {
        code: chinese.short(Entity.objects.get(code=code)).text for code in ("CN", "MK", "EU", "IGO-ITU")
    }
    assert shown == {"CN": "中国", "MK": "北马其顿", "EU": "欧盟", "IGO-ITU": "国际电信联盟"}
    before = (Entity.objects.count(), FlagAsset.objects.count(), AuditEntry.objects.count())
    set_entity_name(profile, Entity.objects.get(code="CN"), "en", "People’s Republic of China", by=SYSTEM)
    assert seed_entities(by=SYSTEM) == profile
    assert (
        EntityNames(profile, "en").short(Entity.objects.get(code="CN")).text == "People’s Republic of China"
    )
    assert (Entity.objects.count(), FlagAsset.objects.count(), AuditEntry.objects.count()) == (
        *before[:2],
        before[2] + 1,
    )


def test_seed_leaves_a_frozen_profile_alone():
    profile = publish_profile(seed_entities(by=SYSTEM), by=SYSTEM)
    Entity.objects.filter(code="CN").delete()
    assert seed_entities(by=SYSTEM) == profile
    assert not profile.names.filter(entity__code="CN").exists()
