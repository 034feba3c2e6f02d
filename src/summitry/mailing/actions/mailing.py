"""Writing a mailing: beginning, changing, copying and discarding one that has not left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.mailing.actions.checking import audience_for, checked_filters, word_problems
from summitry.mailing.audiences import audience_of
from summitry.mailing.enums import EDITABLE
from summitry.mailing.errors import NotEditable
from summitry.mailing.events import MailingChanged
from summitry.mailing.models import Mailing
from summitry.mailing.queries.recipients import author_of
from summitry.mailing.queries.writing import placeholders_for


class MailingFacts(TypedDict, total=False):
    """What can be said about a mailing; `filters` is what is chosen of the audience, `{"everyone": True}` all of it."""

    name: str
    kind: str
    audience: str
    filters: Mapping[str, Any]
    subject: Text
    body: Text
    sender_name: str
    reply_to: str
    pace: int


def create_mailing(edition: Edition, *, by: Actor, **facts: Unpack[MailingFacts]) -> Mailing:
    """Begin a mailing as a draft. Raises InvalidInput by field. Announces MailingChanged."""
    mailing = Mailing(edition=edition, by_system=by.is_system)
    require(by, "create", mailing)
    if by.account_id is not None:
        mailing.created_by = Account.objects.filter(pk=by.account_id).first()
    for name, value in _accepted(mailing, facts).items():
        setattr(mailing, name, value)
    if not mailing.audience:
        audience_for("", by, edition)
    checked(mailing)
    with recording():
        mailing.save(force_insert=True)
        record("mailing.mailing.created", by=by, obj=mailing)
        announce(MailingChanged(by=by, edition_id=edition.pk, mailing_id=mailing.pk))
    return mailing


def update_mailing(
    mailing: Mailing, *, by: Actor, expected: MailingFacts | None = None, **facts: Unpack[MailingFacts]
) -> Mailing:
    """Change a mailing that has not been released.

    Raises InvalidInput by field, NotEditable once it was released, StaleState where somebody changed the same first.
    Announces MailingChanged where anything differs.
    """
    require(by, "edit", mailing)
    accepted = _accepted(mailing, facts)
    with recording():
        present = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if not present.is_editable:
            raise NotEditable
        if change(mailing, accepted, by=by, audit="mailing.mailing.changed", expected=dict(expected or {})):
            announce(MailingChanged(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk))
    return mailing


def copy_mailing(mailing: Mailing, *, by: Actor, name: str = "") -> Mailing:
    """Begin a mailing with the words and the audience of another one. Announces MailingChanged."""
    require(by, "view", mailing)
    return create_mailing(
        mailing.edition,
        by=by,
        name=name or mailing.name,
        kind=mailing.kind,
        audience=mailing.audience,
        filters=mailing.filters,
        subject=mailing.subject,
        body=mailing.body,
        sender_name=mailing.sender_name,
        reply_to=mailing.reply_to,
        pace=mailing.pace,
    )


def discard_mailing(mailing: Mailing, *, by: Actor) -> None:
    """Delete a mailing of which nothing has left. Raises NotEditable. Announces MailingChanged."""
    require(by, "edit", mailing)
    with recording():
        present = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if present.state not in EDITABLE:
            raise NotEditable
        record("mailing.mailing.discarded", by=by, obj=present)
        announce(MailingChanged(by=by, edition_id=present.edition_id, mailing_id=present.pk))
        present.delete()


def _accepted(mailing: Mailing, facts: MailingFacts) -> dict[str, Any]:
    """Return the facts as they are stored. Raises InvalidInput by field."""
    accepted: dict[str, Any] = dict(facts)
    edition = mailing.edition
    author = author_of(mailing)
    audience = audience_of(mailing.audience)
    if "audience" in facts:
        audience = audience_for(facts["audience"], author, edition)
        if facts["audience"] != mailing.audience:
            accepted.setdefault("filters", {})
    if audience is not None and "filters" in accepted:
        accepted["filters"] = checked_filters(audience, accepted["filters"], author, edition)
    if {"subject", "body", "audience"} & set(facts):
        problems = word_problems(
            facts.get("subject", mailing.subject),
            facts.get("body", mailing.body),
            placeholders_for(audience),
        )
        if problems:
            raise InvalidInput(fields=problems)
    return accepted
