"""Public registration: asked for by anybody, stored as a guest only once the link in a letter to her address is followed.

Whether an address is known is told to its owner alone, by letter; whoever fills in the form learns nothing by it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from summitry.directory.actions.person import NameGiven, NewPerson, create_person
from summitry.directory.enums import NameUse
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.editions.actions.reminding import moment
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, system
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.jobs import job
from summitry.foundation.sealing import SealBroken, seal, unseal
from summitry.guests.actions.guest import put_guest
from summitry.guests.actions.links import send_link_again
from summitry.guests.actions.moving import move
from summitry.guests.enums import Attendance, GuestState, Source, Step
from summitry.guests.errors import WindowClosed
from summitry.guests.models import Category, Guest, Registration
from summitry.guests.queries.guest_links import page_address
from summitry.guests.queries.registering import LASTS, confirm_address, opening_of
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, person_recipient, post_notice

USE = "registration"
REGISTRATION = system("registration")
LONGEST_NAME = 120
LETTERS_A_DAY = 3
"""How many letters an address gets within a day, however often it is typed."""
NO_NAME = frozenset("@/\\<>{}[]|:;=")
"""Signs of addresses and of programs: letters go to strangers in the name of the summit and carry no advertisement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registering:
    """What somebody types who registers."""

    name: str
    email: str
    native_name: str = ""
    native_lang: str = ""
    language: str = ""
    attendance: str = Attendance.ON_SITE


def register(category: Category, given: Registering) -> None:
    """Write to the address that was given: a link that confirms the registration, or, to a guest, that of her own page.

    Nothing tells the one who asks which of the two. Raises WindowClosed and InvalidInput by field.
    """
    if not opening_of(category).is_open:
        raise WindowClosed
    given = _checked(given)
    if not _may_write(category, given.email):
        return
    facts: dict[str, Fact] = {"category": category.name}
    with recording():
        known = _known(category, given.email)
        registration = Registration.objects.create(
            category=category, sealed=seal(json.dumps(asdict(given)), USE), created_at=clock.now()
        )
        if known is not None:
            registration.delete()  # made in any case, so that both take the same time
            facts["link"] = lambda lang: page_address(known, lang)
            recipient = person_recipient(known.person, language=known.language, context=facts)
            post_notice(category.edition, NoticeKey.REGISTRATION_KNOWN, [recipient], by=REGISTRATION)
            return
        facts["due"] = moment(category.edition, registration.created_at + LASTS)
        facts["link"] = lambda lang: confirm_address(registration, lang)
        stranger = Recipient(None, given.name, given.email, given.language, "", facts)
        post_notice(category.edition, NoticeKey.REGISTRATION_CONFIRM, [stranger], by=REGISTRATION)


def confirm_registration(registration: Registration) -> Guest:
    """Make whoever holds the link a guest, or put her on the waiting list, and write her the link of her page.

    Of two who follow one link at once, or two links to one address, one is made; the other finds the same guest. Raises
    NotFound where the link was used. Announces GuestsChanged.
    """
    category = registration.category
    with recording():
        Category.objects.select_for_update(no_key=True).get(pk=category.pk)
        deleted, _rows = Registration.objects.filter(pk=registration.pk).delete()
        if not deleted:
            raise NotFound
        try:
            given = Registering(**json.loads(unseal(registration.sealed, USE)))
        except SealBroken as error:
            raise NotFound from error
        guest = _known(category, given.email)
        if guest is None:
            guest = _made(category, given)
            send_link_again(guest, by=REGISTRATION)
    return guest


@job()
def drop_registrations() -> None:
    """Delete what nobody confirmed in time."""
    Registration.objects.filter(created_at__lte=clock.now() - LASTS).delete()


def begin(guest: Guest) -> None:
    """Bring somebody who applies to the first step that her category has."""
    if Step.APPLICATION not in guest.category.steps:
        move(guest, GuestState.SUBMITTED, by=REGISTRATION)


def _made(category: Category, given: Registering) -> Guest:
    names = [_name(given)]
    if given.native_name:
        names.append(NameGiven(NameUse.NATIVE, given.native_lang, given.native_name))
    languages = [given.language] if given.language else []
    person = create_person(NewPerson(names=names, email=given.email, languages=languages), by=REGISTRATION)
    is_full = opening_of(category).is_full
    guest = put_guest(
        category.edition,
        person,
        category,
        by=REGISTRATION,
        source=Source.REGISTERED,
        state=GuestState.WAITING if is_full else GuestState.APPLYING,
        attendance=given.attendance,
        language=given.language,
    )
    record("guests.registration.confirmed", by=PUBLIC, obj=guest)
    if not is_full:
        begin(guest)
        guest.refresh_from_db(fields=["state", "state_since"])
    return guest


def _name(given: Registering) -> NameGiven:
    is_latin = script_of(given.name) in ("", LATIN)
    return NameGiven(NameUse.DISPLAY, "en" if is_latin else given.language or "en", given.name)


def _known(category: Category, email: str) -> Guest | None:
    """Return the guest of the edition to whom an address belongs."""
    rows = Guest.objects.filter(edition=category.edition_id, person__email__iexact=email)
    return rows.select_related("edition", "category", "person__account").order_by("pk").first()


def _may_write(category: Category, email: str) -> bool:
    """Return whether the address has not had its letters of the day; it is kept as a digest only."""
    digest = hashlib.sha256(
        f"{settings.SECRET_KEY} {category.edition_id} {email.casefold()}".encode()
    ).hexdigest()
    key = f"guests.registering.{digest}"
    cache.add(key, 0, 24 * 3600)
    return bool(cache.incr(key) <= LETTERS_A_DAY)


def _checked(given: Registering) -> Registering:
    name, native = " ".join(given.name.split()), " ".join(given.native_name.split())
    problems: dict[str, list[str]] = {}
    for field, text in (("name", name), ("native_name", native)):
        if (
            len(text) > LONGEST_NAME
            or (text and not any(char.isalpha() for char in text))
            or NO_NAME & set(text)
        ):
            problems[field] = [_("Please give the name alone.")]
    if not name:
        problems["name"] = [_("Please give a name.")]
    if native and not given.native_lang:
        problems["native_lang"] = [_("Please say in which language this name is.")]
    email = given.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        problems["email"] = [_("This is no e-mail address.")]
    if given.attendance not in (Attendance.ON_SITE, Attendance.ONLINE):
        problems["attendance"] = [_("Choose one of the list.")]
    if given.language and given.language not in dict(settings.LANGUAGES):
        problems["language"] = [_("Choose a language of the list.")]
    if problems:
        raise InvalidInput(fields=problems)
    return Registering(
        name=name,
        email=email,
        native_name=native,
        native_lang=given.native_lang,
        language=given.language,
        attendance=str(given.attendance),
    )
