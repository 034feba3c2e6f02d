"""What a speaker says about one of her parts: whether she comes, and how she would rather take part."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.models import AuditEntry, AuditSubject
from summitry.foundation.states import transition
from summitry.programme.actions.session import sessions_changed
from summitry.programme.actions.tenancy import change_in_forum, check_open
from summitry.programme.enums import (
    APPEARANCE_STEPS,
    PUBLIC_ROLES,
    SUBSTITUTION_STEPS,
    AppearanceState,
    Delivery,
    SubstitutionState,
)
from summitry.programme.errors import PartNotOpen
from summitry.programme.events import SpeakerAnswered, SpeakerChanged, SubstitutionDecided
from summitry.programme.models import Appearance, Speaker, Substitution


def speaker_of(part: Appearance) -> Speaker:
    """Return the record of whoever takes a part. Raises NotFound where the part is no public one."""
    found = Speaker.objects.filter(edition=part.session.edition_id, person=part.person_id)
    speaker = found.select_related("edition", "person").first() if part.role in PUBLIC_ROLES else None
    if speaker is None:
        raise NotFound
    return speaker


def confirm_appearance(part: Appearance, *, by: Actor) -> Appearance:
    """Say that she takes the part; whom she had named in her place is no longer needed. Announces SpeakerAnswered.

    Raises StaleState where her answer is another by now, TransitionRefused where it is this one already.
    """
    speaker = asked(part, by)
    with recording():
        answered(part, speaker, AppearanceState.CONFIRMED, by, word="")
        for proposal in part.substitutions.filter(state=SubstitutionState.PROPOSED):
            end_proposal(proposal, SubstitutionState.WITHDRAWN, by)
    return part


def decline_appearance(part: Appearance, *, by: Actor, word: str = "") -> Appearance:
    """Say that she does not take the part, with a word if she likes. Announces SpeakerAnswered.

    Raises like `confirm_appearance`, and InvalidInput for a word that is too long.
    """
    speaker = asked(part, by)
    word = word.strip()
    limit = Appearance._meta.get_field("word").max_length or 0
    if len(word) > limit:
        text = _("At most %(limit)d characters are possible.") % {"limit": limit}
        raise InvalidInput(fields={"word": [text]})
    with recording():
        answered(part, speaker, AppearanceState.DECLINED, by, word=word)
    return part


def wish_delivery(part: Appearance, *, by: Actor, wished: str, fallback: str) -> Appearance:
    """Note how she would rather take part, for the forum's editors to decide, and her fallback, which holds at once.

    Announces SpeakerChanged. Raises PartNotOpen for a part that she declined, InvalidInput for what is no way.
    """
    speaker = asked(part, by)
    if part.state == AppearanceState.DECLINED:
        raise PartNotOpen
    known = {"", *Delivery.values}
    for name, value in (("wished", wished), ("fallback", fallback)):
        if value not in known:
            raise InvalidInput(fields={name: [_("Choose one of the ways in the list.")]})
    if fallback and fallback == (wished or part.delivery):
        raise InvalidInput(fields={"fallback": [_("Choose a fallback that is another way.")]})
    values = {"wished": "" if wished == part.delivery else wished, "fallback": fallback}
    before = {name: getattr(part, name) for name in values}
    if before == values:
        return part
    with recording():
        Appearance.objects.filter(pk=part.pk).update(**values)
        for name, value in values.items():
            setattr(part, name, value)
        record(
            "programme.speaker.wished",
            by=by,
            obj=speaker,
            before=before,
            after=values,
            part=str(part.session),
        )
        announce(SpeakerChanged(by=by, edition_id=speaker.edition_id, speaker_id=speaker.pk))
    return part


def grant_wish(part: Appearance, *, by: Actor, is_granted: bool = True) -> Appearance:
    """Let somebody take part as she wished, or let the wish rest. Announces SessionsChanged.

    Raises what `check_open` raises, and StaleState where the part is another by now.
    """
    session = part.session
    require(by, "edit", session)
    if not part.wished:
        return part
    values: dict[str, Any] = {"wished": ""}
    if is_granted:
        values |= {"delivery": part.wished}
        if part.fallback == part.wished:
            values |= {"fallback": ""}
    with recording():
        check_open(session.forum, by)
        if change_in_forum(session.forum, part, values, by=by, audit="programme.appearance.updated"):
            sessions_changed(session.edition_id, [session], by)
    return part


def answered(part: Appearance, speaker: Speaker, state: AppearanceState, by: Actor, *, word: str) -> None:
    """Move a part to an answer, for an action that has asked for permission. Announces SpeakerAnswered."""
    changes = {"answered_at": clock.now(), "word": word}
    with recording():
        transition(
            part, APPEARANCE_STEPS, state, by=by, audit=f"programme.appearance.{state}", changes=changes
        )
        also_about(speaker, part)
        announce(
            SpeakerAnswered(
                by=by,
                edition_id=speaker.edition_id,
                speaker_id=speaker.pk,
                appearance_id=part.pk,
                session_id=part.session_id,
                state=str(state),
            )
        )


def end_proposal(proposal: Substitution, state: SubstitutionState, by: Actor, **changes: Any) -> None:
    """Move a proposal to its end, for an action that has asked for permission. Announces SubstitutionDecided.

    Raises StaleState or TransitionRefused where it has ended already.
    """
    with recording():
        values = {"decided_at": clock.now(), **changes}
        audit = f"programme.substitution.{state}"
        transition(proposal, SUBSTITUTION_STEPS, state, by=by, audit=audit, changes=values)
        also_about(proposal.speaker, proposal)
        announce(
            SubstitutionDecided(
                by=by,
                edition_id=proposal.edition_id,
                speaker_id=proposal.speaker_id,
                substitution_id=proposal.pk,
                session_id=proposal.session_id,
                state=str(state),
            )
        )


def asked(part: Appearance, by: Actor) -> Speaker:
    """Return the record of whoever takes the part, if `by` may answer for this part.

    By a link that is its speaker; else who edits the part's own forum: editors of another forum in which she appears have
    no say in it. Raises PermissionRefused, and NotFound where the part is no public one.
    """
    speaker = speaker_of(part)
    require(by, "edit", speaker if by.kind is ActorKind.LINK else part)
    return speaker


def also_about(speaker: Speaker, obj: Model) -> None:
    """Let the speaker's trail find what was just recorded about something of hers."""
    entry = AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    AuditSubject.objects.create(
        entry=entry.latest("pk"), object_type=speaker._meta.label_lower, object_id=str(speaker.pk)
    )
