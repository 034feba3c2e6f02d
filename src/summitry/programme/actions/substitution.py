"""Somebody in a speaker's place: named by her, accepted or not by those who edit the forum."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.directory.actions.person import NewPerson, create_person
from summitry.directory.models import Person
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import refusal
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.programme.actions.answers import also_about, answered, asked, end_proposal
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.tenancy import is_secretariat
from summitry.programme.enums import AppearanceState, SubstitutionState
from summitry.programme.errors import AlreadyProposed
from summitry.programme.events import SubstituteNamed
from summitry.programme.models import Appearance, Substitution


@dataclass(frozen=True, slots=True)
class SubstituteGiven:
    """Somebody whom a speaker names: what she is called, her address, and her post and institution in words."""

    name: str
    email: str = ""
    post: str = ""


def name_substitute(part: Appearance, given: SubstituteGiven, *, by: Actor, word: str = "") -> Substitution:
    """Propose somebody for a part; whoever has not declined it yet does so with it. Announces SubstituteNamed.

    Raises InvalidInput, AlreadyProposed while another proposal waits, and StaleState where her answer changed meanwhile.
    """
    speaker = asked(part, by)
    proposal = Substitution(
        speaker=speaker,
        session=part.session,
        contribution=part.contribution,
        appearance=part,
        role=part.role,
        name=" ".join(given.name.split()),
        email=given.email.strip(),
        post=" ".join(given.post.split()),
        proposed_at=clock.now(),
    )
    _check(proposal)
    with recording():
        if part.state != AppearanceState.DECLINED:
            answered(part, speaker, AppearanceState.DECLINED, by, word=word.strip()[:1000])
        try:
            with transaction.atomic():
                proposal.save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyProposed from error
        record("programme.substitution.proposed", by=by, obj=proposal, after={"name": proposal.name})
        also_about(speaker, proposal)
        announce(
            SubstituteNamed(
                by=by,
                edition_id=speaker.edition_id,
                speaker_id=speaker.pk,
                substitution_id=proposal.pk,
                session_id=part.session_id,
            )
        )
    return proposal


def withdraw_substitute(proposal: Substitution, *, by: Actor) -> Substitution:
    """Take a proposal back. Announces SubstitutionDecided. Raises StaleState where it was decided meanwhile."""
    require(by, "edit", proposal.speaker if by.kind is ActorKind.LINK else proposal)
    end_proposal(proposal, SubstitutionState.WITHDRAWN, by)
    return proposal


def accept_substitute(proposal: Substitution, *, by: Actor) -> Appearance:
    """Put the proposed person in the speaker's place, with the same role and delivery; she is expected to answer.

    The secretariat's acceptance takes whom the directory has under the address already; an institution's adds a person,
    because whom the directory knows is not for it to learn. Announces SubstitutionDecided and SessionsChanged. Raises
    StaleState where it was decided meanwhile or the part is gone, and what the forum's state forbids.
    """
    require(by, "edit", proposal)
    session = proposal.session
    with recording():
        present = list(session.appearances.filter(contribution=proposal.contribution))
        old = next((row for row in present if row.pk == proposal.appearance_id), None)
        if old is None:
            raise StaleState
        person = _person(proposal, by)
        end_proposal(proposal, SubstitutionState.ACCEPTED, by, replaced_by=person)
        wanted = [_row(row, person if row.pk == old.pk else row.person) for row in present]
        rows = set_appearances(session, wanted, by=by, contribution=proposal.contribution)
    return next(row for row in rows if row.person_id == person.pk and row.role == old.role)


def refuse_substitute(proposal: Substitution, *, by: Actor, remarks: str = "") -> Substitution:
    """Do not accept the proposed person; `remarks` are for the speaker. Announces SubstitutionDecided.

    Raises StaleState where it was decided meanwhile.
    """
    require(by, "edit", proposal)
    remarks = remarks.strip()
    limit = Substitution._meta.get_field("remarks").max_length or 0
    if len(remarks) > limit:
        text = _("At most %(limit)d characters are possible.") % {"limit": limit}
        raise InvalidInput(fields={"remarks": [text]})
    end_proposal(proposal, SubstitutionState.REFUSED, by, remarks=remarks)
    return proposal


def _check(proposal: Substitution) -> None:
    if not proposal.name:
        raise InvalidInput(fields={"name": [_("Say who is to speak in your place.")]})
    try:
        proposal.clean_fields(exclude=["speaker", "session", "contribution", "appearance", "replaced_by"])
    except ValidationError as error:
        raise refusal(error) from error


def _person(proposal: Substitution, by: Actor) -> Person:
    if proposal.email and is_secretariat(by, proposal.session.forum):
        known = Person.objects.filter(email__iexact=proposal.email).order_by("pk").first()
        if known is not None:
            return known
    return create_person(NewPerson(reference_name=proposal.name, email=proposal.email), by=by)


def _row(row: Appearance, person: Person) -> Appearance:
    return Appearance(person=person, role=row.role, delivery=row.delivery, fallback=row.fallback)
