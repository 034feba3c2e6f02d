"""What mailings look like in the API."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema

from summitry.foundation.api import Localised


class ChoiceOut(Schema):
    """One value of a filter."""

    value: str
    label: str


class FilterOut(Schema):
    """A filter; several of its values widen the audience, several filters narrow it."""

    key: str
    label: str
    choices: list[ChoiceOut]


class AudienceOut(Schema):
    """A sort of people who can be written to."""

    key: str
    label: str
    filters: list[FilterOut]
    placeholders: list[str]


class ReachIn(Schema):
    """A choice: values by filter, or {"everyone": true}. Nothing chosen is nobody."""

    filters: dict[str, list[str] | bool] = {}


class ReachOut(Schema):
    """Whom a choice reaches now."""

    count: int
    sample: list[str]
    without_address: list[str]


class MailingOut(Schema):
    """A mailing; `letters` are those that were to leave."""

    id: int
    name: str
    kind: str
    audience: str
    filters: dict[str, Any]
    notice: str
    subject: Localised
    body: Localised
    sender_name: str
    reply_to: str
    state: str
    pace: int
    release_at: dt.datetime | None
    ended_at: dt.datetime | None
    letters: int
    sent: int
    failed: int


class MailingIn(Schema):
    """What a mailing says and to whom; leave out what is not to change. Texts are words by language."""

    name: str | None = None
    kind: str | None = None
    audience: str | None = None
    filters: dict[str, list[str] | bool] | None = None
    subject: dict[str, str] | None = None
    body: dict[str, str] | None = None
    sender_name: str | None = None
    reply_to: str | None = None
    pace: int | None = None


class ReleaseIn(Schema):
    """When it leaves; without `at` in five minutes, until when it can be recalled."""

    at: dt.datetime | None = None


class RecalledOut(Schema):
    """How many letters did not leave."""

    recalled: int
