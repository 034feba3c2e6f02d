"""Putting the program's own notices into the outbox, and wording them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.mail import Message, Value, post, write
from summitry.foundation.mail.sealing import WITHHELD, seal
from summitry.mailing.actions.checking import word_problems
from summitry.mailing.actions.sending import plan, start_mailing
from summitry.mailing.audiences import Fact, Recipient
from summitry.mailing.enums import LetterState, MailingState, NoticeKey, NoticeMode, SuppressionReason
from summitry.mailing.events import MailingChanged, MailingReleased
from summitry.mailing.models import Letter, Mailing, NoticeWording, Suppression
from summitry.mailing.models.letter import new_token
from summitry.mailing.queries.notices import NOTICES, Wording, wording_of
from summitry.mailing.queries.recipients import language_for, spoken
from summitry.mailing.queries.salutations import PLACE, Salutations, opened_with, salutations_of
from summitry.mailing.queries.writing import Written, general_values, parted

_STORED_NOWHERE = frozenset({NoticeKey.SIGN_IN})
"""What these say signs somebody in: no outbox keeps it."""


def post_notice(
    edition: Edition,
    key: str,
    recipients: Iterable[Recipient],
    context: Mapping[str, Fact] | None = None,
    *,
    by: Actor,
) -> Mailing | None:
    """Write a notice to each recipient, in the caller's transaction.

    `context` are facts for all of them, beside each recipient's own. The edition's setting decides whether the letters
    leave at once, wait in the outbox (together with those of the same notice that wait already), or are not written;
    then, and where nobody has an address, None is returned. The caller has asked for permission. Announces
    MailingReleased or MailingChanged.
    """
    wording = wording_of(edition, NoticeKey(key).value)
    found = [one for one in recipients if one.address.strip()]
    if wording.mode == NoticeMode.OFF or not found:
        return None
    names = _known(edition, found)
    if wording.spec.key in _STORED_NOWHERE:
        for one in found:
            message, sealed = _written(edition, wording, one, context or {}, names)
            post(message, [one.address], sealed=sealed)
        return None
    written = [(one, _written(edition, wording, one, context or {}, names)) for one in found]
    with recording():
        mailing = _mailing(edition, wording)
        _add_letters(mailing, written, names)
        record("mailing.notice.posted", by=by, obj=mailing, count=len(written))
        if mailing.state == MailingState.RELEASED:
            plan(start_mailing, clock.now(), mailing.pk)
            announce(MailingReleased(by=by, edition_id=edition.pk, mailing_id=mailing.pk, count=len(written)))
        else:
            announce(MailingChanged(by=by, edition_id=edition.pk, mailing_id=mailing.pk))
    return mailing


def preview_notice(
    edition: Edition, key: str, one: Recipient, context: Mapping[str, Fact] | None = None
) -> Message:
    """Return what a recipient would read in a notice; what only she should open is withheld. Nothing is written."""
    wording = wording_of(edition, NoticeKey(key).value)
    names = _known(edition, [one])
    lang, values = _values(edition, wording, one, context or {}, names)
    secret = {placeholder.key for placeholder in wording.spec.placeholders if placeholder.is_secret}
    values |= dict.fromkeys(secret & values.keys(), WITHHELD)
    return _letter(wording, one, lang, values, names)


def word_notice(
    edition: Edition,
    key: str,
    *,
    by: Actor,
    mode: str = "",
    subject: Text | None = None,
    body: Text | None = None,
) -> NoticeWording:
    """Set how the edition words a notice; a language left empty has the shipped words. An empty `mode` is the default.

    Raises InvalidInput by field (`subject_fr`, `body_fr`, `mode`).
    """
    spec = NOTICES.get(key)
    if spec is None:
        raise InvalidInput(fields={"key": []})
    own = NoticeWording(edition=edition, key=key)
    require(by, "edit", own)
    words = {"subject": subject or Text(), "body": body or Text()}
    problems = word_problems(words["subject"], words["body"], wording_of(edition, key).placeholders)
    if mode and mode not in NoticeMode.values:
        problems["mode"] = [str(InvalidInput.message)]
    if problems:
        raise InvalidInput(fields=problems)
    with recording():
        own, _created = NoticeWording.objects.update_or_create(
            edition=edition, key=key, defaults={"mode": mode, **words}
        )
        record("mailing.notice.worded", by=by, obj=own)
    return own


class _Known(NamedTuple):
    names: NamesIndex
    salutations: Salutations


def _known(edition: Edition, recipients: Iterable[Recipient]) -> _Known:
    people = {one.person_id for one in recipients if one.person_id is not None}
    return _Known(names_of(people), salutations_of(edition, people))


def _letter(
    wording: Wording, one: Recipient, lang: str, values: Mapping[str, Value], known: _Known
) -> Message:
    body, salutation = opened_with(wording.body.get(lang), known.salutations.get(one.person_id or 0), lang)
    return write(wording.subject.get(lang), body, {**values, PLACE: salutation}, lang)


def _written(
    edition: Edition, wording: Wording, one: Recipient, context: Mapping[str, Fact], names: _Known
) -> Written:
    lang, values = _values(edition, wording, one, context, names)
    secret = {placeholder.key for placeholder in wording.spec.placeholders if placeholder.is_secret}
    values, secrets = parted(values, secret)
    message = _letter(wording, one, lang, values, names)
    return Written(message, seal(secrets))


def _values(
    edition: Edition, wording: Wording, one: Recipient, context: Mapping[str, Fact], names: _Known
) -> tuple[str, dict[str, Value]]:
    """Return the language in which somebody is written to, and what the placeholders stand for in it."""
    lang = language_for(one.language, wording.languages, edition.fallback, also=one.also)
    values = general_values(edition, _name(one, lang, edition, names), lang)
    for key, fact in {**context, **one.context}.items():
        values[key] = spoken(fact, lang, edition.fallback)
    return lang, values


def _name(one: Recipient, lang: str, edition: Edition, names: _Known) -> str:
    if one.person_id is None or one.person_id not in names.names:
        return one.name or one.address
    return names.names.shown(one.person_id, lang, edition.fallback).text


def _mailing(edition: Edition, wording: Wording) -> Mailing:
    """Return the mailing that takes the letters: the one that is held already, or a new one."""
    key = wording.spec.key.value
    if wording.mode == NoticeMode.HELD:
        held = Mailing.objects.select_for_update().filter(
            edition=edition, notice=key, state=MailingState.HELD
        )
        found = held.first()
        if found is not None:
            return found
    now = clock.now()
    is_sent = wording.mode == NoticeMode.SENT
    return Mailing.objects.create(
        edition=edition,
        name=str(wording.spec.key.label),
        notice=key,
        by_system=True,
        subject=wording.subject,
        body=wording.body,
        state=MailingState.RELEASED if is_sent else MailingState.HELD,
        release_at=now if is_sent else None,
        created_at=now,
    )


def _add_letters(mailing: Mailing, written: Iterable[tuple[Recipient, Written]], names: _Known) -> None:
    blocked = set(
        Suppression.objects.filter(edition=mailing.edition_id, reason=SuppressionReason.BOUNCED).values_list(
            "address", flat=True
        )
    )
    letters = []
    for one, (message, sealed) in written:
        token, address = new_token(), one.address.strip()
        is_blocked = address.lower() in blocked
        letters.append(
            Letter(
                mailing=mailing,
                key=f"notice {token}",
                token=token,
                person_id=one.person_id,
                name=_name(one, message.lang, mailing.edition, names)[:200],
                address=address,
                lang=message.lang,
                subject=message.subject[:1000],
                text=message.text,
                html=message.html,
                sealed=sealed,
                state=LetterState.SUPPRESSED if is_blocked else LetterState.QUEUED,
                error=str(SuppressionReason.BOUNCED.label) if is_blocked else "",
            )
        )
    Letter.objects.bulk_create(letters)
