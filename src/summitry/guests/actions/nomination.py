"""Nomination: a delegation names its guests, one or many, replaces one by another, and takes one back.

A place is taken in the same transaction in which it was found free, one nomination after the other, so that the last
place goes to one. Whoever nominates need not see the directory: a name is taken as it is given, and becomes a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Unpack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from summitry.directory.actions.person import NewPerson, create_person
from summitry.directory.models import Person
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, NotFound, StaleState, SummitryError
from summitry.guests.actions.guest import GuestFacts, put_guest
from summitry.guests.actions.moving import move
from summitry.guests.actions.quota import Place, find_place
from summitry.guests.enums import GONE, Attendance, GuestState, Source
from summitry.guests.errors import AlreadyGuest, WindowClosed
from summitry.guests.events import GuestsChanged
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.queries.windows import edition_end, nomination_window

MOST_AT_ONCE = 500
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """Somebody who is named: a new person, or (for the guest office) one of the directory, and how she takes part."""

    person: NewPerson | Person
    attendance: str = Attendance.ON_SITE
    language: str = ""

    @property
    def email(self) -> str:
        """Her address, if one was given."""
        return self.person.email.strip()

    @property
    def name(self) -> str:
        """What she is called."""
        if isinstance(self.person, Person):
            return self.person.reference_name
        first = self.person.names[0].text if self.person.names else ""
        return " ".join((self.person.reference_name or first).split())


class Refusal(NamedTuple):
    """Why one of many cannot be nominated: her number among them, from one, and the sentence."""

    number: int
    name: str
    sentence: str


def nominate(delegation: Delegation, category: Category, nominee: Nominee, *, by: Actor) -> Guest:
    """Name a guest of the delegation; she takes a place of the category, of its overflow, or waits.

    The guest office may do so outside the window. Announces GuestsChanged, or GuestMoved for somebody who was withdrawn
    before. Raises QuotaFull, WindowClosed, AlreadyGuest, and InvalidInput by field.
    """
    require(by, "nominate", delegation)
    _check_window(delegation, by)
    check_nominee(nominee, category)
    with recording():
        place = find_place(delegation, category)
        known = _known(delegation, nominee, by)
        if known is not None:
            return _again(known, place, by)
        state = GuestState.WAITING if place.is_waiting else GuestState.NOMINATED
        return seat(nominee, place.category, by=by, delegation=delegation, state=state)


def nominate_many(
    delegation: Delegation, nominees: Sequence[tuple[Category, Nominee]], *, by: Actor
) -> list[Guest]:
    """Name many guests, all or none. Raises InvalidInput with a sentence for each that cannot be named, by its number."""
    require(by, "nominate", delegation)
    if len(nominees) > MOST_AT_ONCE:
        raise InvalidInput(_("At most %(most)s at once."), most=MOST_AT_ONCE)
    guests, refused = [], list[Refusal]()
    with recording():
        for number, (category, nominee) in enumerate(nominees, 1):
            try:
                with recording():
                    guests.append(nominate(delegation, category, nominee, by=by))
            except SummitryError as error:
                refused.append(Refusal(number, nominee.name, told(error)))
        if refused:
            raise InvalidInput(fields={str(one.number): [one.sentence] for one in refused})
    return guests


def substitute(guest: Guest, nominee: Nominee, *, by: Actor) -> Guest:
    """Put somebody in a guest's place: her credential ends first, and only then the other takes the same place.

    The place is hers whatever the quota says by now; on a waiting list it is her place in the line. It is possible until
    the edition's end, after nominations have closed as well. Announces GuestMoved, then GuestsChanged. Raises
    TransitionRefused for a guest who does not come anyway, StaleState, AlreadyGuest and InvalidInput.
    """
    require(by, "nominate", guest)
    if guest.delegation is None or guest.principal_id is not None:
        raise InvalidInput(_("Only guests of a delegation can be replaced."))
    _check_open(guest, by)
    check_nominee(nominee, guest.category)
    delegation = guest.delegation
    was, since = guest.state, guest.state_since
    with recording():
        move(guest, GuestState.REPLACED, by=by)
        if _known(delegation, nominee, by) is not None:
            raise AlreadyGuest(person=nominee.name)
        waits = was == GuestState.WAITING
        state = GuestState.WAITING if waits else GuestState.NOMINATED
        new = seat(nominee, guest.category, by=by, delegation=delegation, state=state, replaces=guest)
        if waits:
            Guest.objects.filter(pk=new.pk).update(state_since=since)
            new.state_since = since
        Delegation.objects.filter(pk=delegation.pk, head=guest).update(head=new)
        record("guests.guest.substituted", by=by, obj=new, former=str(guest))
    return new


def withdraw(guest: Guest, *, by: Actor, reason: str = "") -> Guest:
    """Take a guest back, at any time; her place is free, and her companions go with her. Announces GuestMoved.

    A guest may do so herself, and whoever brings a companion may for that one.
    """
    policy = policy_for(Guest)
    is_own = guest.pk in by.scope_ids("guest", frozenset({"guest_self"}))
    brings = guest.principal is not None and policy.may(by, "complete", guest.principal)
    if not (is_own or brings):
        require(by, "nominate", guest)
    return move(guest, GuestState.WITHDRAWN, by=by, reason=reason.strip()[:2000])


def take_from_waiting(guest: Guest, *, by: Actor) -> Guest:
    """Give a waiting guest a free place of the quota. Announces GuestMoved. Raises QuotaFull and WindowClosed."""
    require(by, "nominate", guest)
    if guest.state != GuestState.WAITING:
        raise StaleState
    _check_open(guest, by)
    return move(guest, GuestState.APPLYING, by=by)


def check_nominee(nominee: Nominee, category: Category) -> None:
    """Raise InvalidInput where what was given of a nominee cannot be taken."""
    problems: dict[str, list[str]] = {}
    if not nominee.name:
        problems["name"] = [_("Give a name.")]
    elif len(nominee.name) > LONGEST_NAME:
        problems["name"] = [_("At most %(limit)d characters are possible.") % {"limit": LONGEST_NAME}]
    if nominee.attendance not in Attendance.values:
        problems["attendance"] = [_("Choose one of the list.")]
    if nominee.email:
        try:
            validate_email(nominee.email)
        except ValidationError:
            problems["email"] = [_("This is no e-mail address.")]
    elif not category.on_behalf:
        problems["email"] = [_("Guests of this category apply themselves: give an e-mail address.")]
    if problems:
        raise InvalidInput(fields=problems)


def seat(nominee: Nominee, category: Category, *, by: Actor, **facts: Unpack[GuestFacts]) -> Guest:
    """Write the row of a named guest, and her person; the caller has asked for permission and found the place.

    Raises AlreadyGuest, and InvalidInput by field.
    """
    person, delegation = nominee.person, facts.get("delegation")
    if not isinstance(person, Person):
        # Whoever names guests keeps no directory: whom she names becomes a person by the house.
        person = create_person(person, by=system(by.label))
    known = [nominee.language, *person.languages, delegation.language if delegation else ""]
    all_facts: GuestFacts = {
        "source": Source.NOMINATED,
        "attendance": nominee.attendance,
        "language": next((lang for lang in known if lang in dict(settings.LANGUAGES)), ""),
        "zone_name": delegation.zone_name if delegation else "",
        **facts,
    }
    return put_guest(category.edition, person, category, by=by, **all_facts)


def told(error: SummitryError) -> str:
    """Return a refusal as one sentence, with what it says of single fields."""
    if isinstance(error, InvalidInput) and error.fields:
        return " ".join(line for lines in error.fields.values() for line in lines)
    return str(error)


def _known(delegation: Delegation, nominee: Nominee, by: Actor) -> Guest | None:
    """Return the withdrawn guest whom this nominee is; whom other delegations bring is not for this one to learn."""
    rows = Guest.objects.filter(edition=delegation.edition_id).select_related("category", "person")
    if isinstance(nominee.person, Person):
        if not policy_for(Delegation).may(by, "edit", delegation):
            raise NotFound
        found = rows.filter(person=nominee.person).first()
    else:
        same = rows.filter(delegation=delegation, person__email__iexact=nominee.email)
        if not nominee.email:
            same = same.filter(person__reference_name__iexact=nominee.name).exclude(state__in=GONE)
        found = same.order_by("pk").last()
    if found is None:
        return None
    if found.state == GuestState.WITHDRAWN and found.delegation_id == delegation.pk:
        return found
    raise AlreadyGuest(person=str(found))


def _again(guest: Guest, place: Place, by: Actor) -> Guest:
    if place.is_waiting:
        raise AlreadyGuest(person=str(guest))
    if guest.category_id != place.category.pk:
        Guest.objects.filter(pk=guest.pk).update(category=place.category)
        guest.category = place.category
        announce(GuestsChanged(by=by, edition_id=guest.edition_id, guest_ids=(guest.pk,)))
    return move(guest, GuestState.NOMINATED, by=by)


def _check_window(delegation: Delegation, by: Actor) -> None:
    if policy_for(Delegation).may(by, "edit", delegation):
        return
    if not nomination_window(delegation).is_open(clock.now()):
        raise WindowClosed


def _check_open(guest: Guest, by: Actor) -> None:
    if not policy_for(Delegation).may(by, "edit", guest.delegation) and clock.now() >= edition_end(
        guest.edition
    ):
        raise WindowClosed
