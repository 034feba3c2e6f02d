from __future__ import annotations

import pytest

from summitry.directory.models import Person
from summitry.foundation.access import Scope
from summitry.foundation.audit import sentence
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.answers import (
    confirm_appearance,
    decline_appearance,
    grant_wish,
    wish_delivery,
)
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.speaker import name_assistant
from summitry.programme.actions.substitution import (
    SubstituteGiven,
    accept_substitute,
    name_substitute,
    refuse_substitute,
    withdraw_substitute,
)
from summitry.programme.enums import AppearanceState, Delivery, SpeakerRole, SubstitutionState
from summitry.programme.errors import AlreadyProposed, PartNotOpen
from summitry.programme.models import Appearance, Speaker, Substitution
from summitry.programme.permissions import FORUM_EDITOR
from summitry.programme.queries.speaker_links import Holder
from tests.directory.make import make_person, name
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, appear, in_forum
from tests.programme.speaking.make import holder, part_of, speaker

pytestmark = pytest.mark.django_db
AMARA = SubstituteGiven("Amara Diallo", "amara@example.org", "Observatory")


@pytest.fixture
def house() -> House:
    return make_house()


def editor(house: House, forum: str = "water"):
    return in_forum(FORUM_EDITOR.code, house.forums[forum])


def test_everybody_with_a_public_role_has_a_record(house: House) -> None:
    ghost = make_person(name("display", "en", "Interpreter"))
    appear(house.sessions["well"], ghost, role=SpeakerRole.INTERPRETER)
    assert set(Speaker.objects.values_list("person__reference_name", flat=True)) == {
        "Chen Sihan",
        "Leïla Benslimane",
    }


def test_record_in_which_nothing_was_said_goes_with_the_last_role(house: House) -> None:
    set_appearances(house.sessions["lamp"], [], by=SYSTEM)
    assert not Speaker.objects.filter(person=house.people["leila"]).exists()


def test_record_with_an_assistant_outlasts_the_last_role(house: House) -> None:
    name_assistant(speaker(house, "leila"), by=SYSTEM, name="Marie", email="")
    set_appearances(house.sessions["lamp"], [], by=SYSTEM)
    assert Speaker.objects.filter(person=house.people["leila"]).exists()


def test_answer_is_given_once_and_told_on_both_trails(house: House) -> None:
    part = part_of(house)
    confirm_appearance(part, by=holder(speaker(house)))
    entry = AuditEntry.objects.latest("pk")
    assert sentence(entry) == "Chen Sihan confirmed a part: Chen Sihan (Speaker)."
    assert {(s.object_type, s.object_id) for s in entry.subjects.all()} == {
        ("programme.speaker", str(speaker(house).pk))
    }
    stale = part_of(house)
    stale.state = AppearanceState.EXPECTED
    with pytest.raises(StaleState):
        decline_appearance(stale, by=holder(speaker(house)))
    assert part_of(house).state == AppearanceState.CONFIRMED


def test_assistant_acts_on_behalf_and_the_log_says_so(house: House) -> None:
    one = speaker(house)
    name_assistant(one, by=holder(one), name="Marie Dupont", email="")
    confirm_appearance(part_of(house), by=holder(one, Holder.ASSISTANT))
    assert AuditEntry.objects.latest("pk").actor_label == "Marie Dupont on behalf of Chen Sihan"
    assert AuditEntry.objects.latest("pk").actor_kind == "link"


def test_link_gives_nothing_but_its_own_record(house: House) -> None:
    mine, theirs = holder(speaker(house)), part_of(house, "leila")
    for act in (
        lambda: confirm_appearance(theirs, by=mine),
        lambda: name_substitute(theirs, AMARA, by=mine),
        lambda: wish_delivery(theirs, by=mine, wished=Delivery.RECORDED, fallback=""),
        lambda: name_assistant(speaker(house, "leila"), by=mine, name="X", email=""),
        lambda: grant_wish(theirs, by=mine),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_editor_of_another_forum_has_no_say_in_a_part(house: House) -> None:
    appear(house.sessions["lamp"], house.people["chen"])
    part = part_of(house, session=house.sessions["lamp"])
    with pytest.raises(PermissionRefused):
        confirm_appearance(part, by=editor(house))
    confirm_appearance(part, by=editor(house, "light"))


def test_interpreters_part_takes_no_answer(house: House) -> None:
    person = make_person()
    row = appear(house.sessions["well"], person, role=SpeakerRole.INTERPRETER)[0]
    with pytest.raises(NotFound):
        confirm_appearance(row, by=SYSTEM)


def test_substitute_takes_the_place_role_and_delivery(house: House) -> None:
    part = part_of(house)
    proposal = name_substitute(part, AMARA, by=holder(speaker(house)), word="Ill")
    declined = part_of(house)
    assert (declined.state, declined.word) == (AppearanceState.DECLINED, "Ill")
    new = accept_substitute(proposal, by=editor(house))
    assert (new.person.reference_name, new.role, new.delivery, new.state) == (
        "Amara Diallo", SpeakerRole.SPEAKER, Delivery.LIVE_LINK, AppearanceState.EXPECTED,
    )  # fmt: skip
    assert Appearance.objects.filter(contribution=house.contributions["rain"]).count() == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.replaced_by) == (SubstitutionState.ACCEPTED, new.person)
    assert Speaker.objects.filter(person=new.person).exists()
    with pytest.raises(StaleState):
        accept_substitute(Substitution.objects.get(), by=editor(house))


def test_institution_never_learns_whom_the_directory_knows(house: House) -> None:
    known = make_person(name("display", "en", "Amara D."), email="amara@example.org")
    proposal = name_substitute(part_of(house), AMARA, by=SYSTEM)
    assert accept_substitute(proposal, by=editor(house)).person != known
    other = name_substitute(part_of(house, "leila"), AMARA, by=SYSTEM)
    Person.objects.exclude(pk=known.pk).filter(email="amara@example.org").update(email="")
    assert accept_substitute(other, by=SYSTEM).person == known


def test_second_proposal_waits_for_the_decision_about_the_first(house: House) -> None:
    part, me = part_of(house), holder(speaker(house))
    first = name_substitute(part, AMARA, by=me)
    with pytest.raises(AlreadyProposed):
        name_substitute(part, SubstituteGiven("Other"), by=me)
    withdraw_substitute(first, by=me)
    second = name_substitute(part, SubstituteGiven("Other"), by=me)
    refuse_substitute(second, by=editor(house), remarks="Not this year")
    assert [(one.name, one.state) for one in Substitution.objects.order_by("pk")] == [
        ("Amara Diallo", "withdrawn"),
        ("Other", "refused"),
    ]


def test_coming_after_all_withdraws_the_proposal(house: House) -> None:
    part, me = part_of(house), holder(speaker(house))
    proposal = name_substitute(part, AMARA, by=me)
    confirm_appearance(part, by=me)
    proposal.refresh_from_db()
    assert proposal.state == SubstitutionState.WITHDRAWN


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (SubstituteGiven(" "), "name"),
        (SubstituteGiven("A", "no-address"), "email"),
        (SubstituteGiven("A", "", "x" * 301), "post"),
    ],
)
def test_bad_proposal_is_refused_beside_its_field_and_declines_nothing(
    house: House, given: SubstituteGiven, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        name_substitute(part_of(house), given, by=SYSTEM)
    assert list(refused.value.fields) == [field]
    assert part_of(house).state == AppearanceState.EXPECTED


def test_wish_waits_for_the_forums_editors_and_the_fallback_holds_at_once(house: House) -> None:
    part = part_of(house)
    wish_delivery(part, by=holder(speaker(house)), wished=Delivery.IN_PERSON, fallback=Delivery.RECORDED)
    row = part_of(house)
    assert (row.delivery, row.wished, row.fallback) == ("live_link", "in_person", "recorded")
    grant_wish(row, by=editor(house))
    row = part_of(house)
    assert (row.delivery, row.wished, row.fallback) == ("in_person", "", "recorded")


def test_wish_for_a_declined_part_is_refused(house: House) -> None:
    part = decline_appearance(part_of(house), by=SYSTEM)
    with pytest.raises(PartNotOpen):
        wish_delivery(part, by=SYSTEM, wished=Delivery.RECORDED, fallback="")


def test_roles_of_links_cannot_be_granted() -> None:
    from summitry.foundation.access import roles  # noqa: PLC0415 - only here

    assert not {"speaker_self", "speaker_assistant"} & set(roles())
    assert Scope("speaker", 1).kind not in {scope for role in roles().values() for scope in role.scopes}
