"""A speaker's biography and portrait: written by her or for her, and approved by her, language by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from summitry.directory.actions.portrait import set_portrait
from summitry.directory.actions.translating import translate_people
from summitry.directory.models import Person
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.files.store import PORTRAIT, store_file
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest
from summitry.programme.enums import BiographyState
from summitry.programme.events import BiographySigned, SpeakerChanged
from summitry.programme.models import Speaker


def state_of(biography: Text, signed: Mapping[str, str]) -> BiographyState:
    """Return how far a biography is approved: in the language of its source, for which its owner can vouch."""
    words = biography.get(biography.source) or next(iter(biography.texts.values()), "")
    if not words:
        return BiographyState.MISSING
    lang = biography.source if biography.get(biography.source) else next(iter(biography.texts))
    return BiographyState.SIGNED if signed.get(lang) == digest(words) else BiographyState.OPEN


def write_biography(speaker: Speaker, lang: str, words: str, *, by: Actor, seen: str) -> Speaker:
    """Write the biography in one language; what the speaker writes by her link counts as approved by her.

    `seen` is the digest of the words that she had before her. Raises StaleState where they are others by now, and
    InvalidInput for too long a text or a language that the edition does not have. Announces PeopleChanged.
    """
    require(by, "edit", speaker)
    person = Person.objects.get(pk=speaker.person_id)
    words = words.replace("\r\n", "\n").strip()
    text = person.biography
    if lang not in {*speaker.edition.languages, *text.texts}:
        raise InvalidInput(fields={"words": [_("The edition is not held in this language.")]})
    if digest(text.get(lang)) != seen:
        raise StaleState
    limit = Person._meta.get_field("biography").max_length or 0
    if len(words) > limit:
        refusal = _("At most %(limit)d characters are possible; these are %(count)d.")
        raise InvalidInput(fields={"words": [refusal % {"limit": limit, "count": len(words)}]})
    with recording():
        if words != text.get(lang):
            new = text.with_text(lang, words) if text else Text.of({lang: words}, lang)
            audit = "programme.biographies.written"
            translate_people(
                [(person, {"biography": new})], by=by, audit=audit, edition_id=speaker.edition_id
            )
            _record(speaker, by, "programme.speaker.biography_written")
        if by.kind is ActorKind.LINK and words:
            _sign(speaker, lang, digest(words), by)
    speaker.person = Person.objects.select_related("portrait").get(pk=speaker.person_id)
    return speaker


def sign_biography(speaker: Speaker, lang: str, *, by: Actor, seen: str) -> Speaker:
    """Approve the biography in one language, as it reads now: `seen` is the digest of the words that were shown.

    Raises StaleState where they are others by now. Announces BiographySigned.
    """
    require(by, "sign", speaker)
    words = Person.objects.get(pk=speaker.person_id).biography.get(lang)
    if not words or digest(words) != seen:
        raise StaleState
    with recording():
        _sign(speaker, lang, seen, by)
    return speaker


def hand_in_portrait(speaker: Speaker, upload: UploadedFile[bytes], *, by: Actor) -> Speaker:
    """Take in a portrait. By her link it is approved with it, and public; from anybody else it waits for her approval.

    Raises InvalidInput for what is no picture, is too large or damaged. Announces PeopleChanged.
    """
    require(by, "edit", speaker)
    with recording():
        try:
            stored = store_file(upload, PORTRAIT, by=by, edition_id=speaker.edition_id)
        except InvalidInput as refusal:
            raise InvalidInput(fields={"portrait": [str(refusal)]}) from refusal
        set_portrait(speaker.person, stored, by=by, edition_id=speaker.edition_id)
        Speaker.objects.filter(pk=speaker.pk).update(portrait_signed_at=None)
        _record(speaker, by, "programme.speaker.portrait_handed_in")
        if by.kind is ActorKind.LINK:
            sign_portrait(speaker, by=by)
    return speaker


def sign_portrait(speaker: Speaker, *, by: Actor) -> Speaker:
    """Approve the portrait: it may be shown in public from here on. Announces PeopleChanged."""
    require(by, "sign", speaker)
    person = Person.objects.select_related("portrait").get(pk=speaker.person_id)
    if person.portrait is None:
        raise StaleState
    with recording():
        set_portrait(person, person.portrait, by=by, edition_id=speaker.edition_id, is_public=True)
        speaker.portrait_signed_at = clock.now()
        Speaker.objects.filter(pk=speaker.pk).update(portrait_signed_at=speaker.portrait_signed_at)
        _record(speaker, by, "programme.speaker.portrait_signed")
    speaker.person = person
    return speaker


def refresh_biography_states(people: Iterable[int]) -> None:
    """Bring the states in step with biographies that have changed."""
    rows = Speaker.objects.filter(person__in=set(people)).select_related("person")
    changed = []
    for row in rows.only("pk", "signed", "biography_state", "person__biography"):
        state = state_of(row.person.biography, row.signed)
        if state != row.biography_state:
            row.biography_state = state
            changed.append(row)
    Speaker.objects.bulk_update(changed, ["biography_state"], batch_size=500)


def _sign(speaker: Speaker, lang: str, mark: str, by: Actor) -> None:
    row = Speaker.objects.select_for_update().select_related("person").get(pk=speaker.pk)
    row.signed = {**row.signed, lang: mark}
    row.biography_state = state_of(row.person.biography, row.signed)
    row.save(update_fields=["signed", "biography_state"])
    speaker.signed, speaker.biography_state = row.signed, row.biography_state
    record("programme.speaker.biography_signed", by=by, obj=speaker, lang=lang)
    announce(BiographySigned(by=by, edition_id=speaker.edition_id, speaker_id=speaker.pk, lang=lang))


def _record(speaker: Speaker, by: Actor, audit: str) -> None:
    record(audit, by=by, obj=speaker)
    announce(SpeakerChanged(by=by, edition_id=speaker.edition_id, speaker_id=speaker.pk))
