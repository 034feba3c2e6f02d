"""Letters over the API: what became of each, sending one again, and a provider's word that one came back."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema, Status

from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.mail.sealing import withheld
from summitry.foundation.web.actor import actor_of
from summitry.mailing.actions.bounce import note_bounce
from summitry.mailing.actions.resending import resend_letters
from summitry.mailing.dsn import Fate, Report
from summitry.mailing.models import Letter
from summitry.mailing.queries.outbox import letter_by_id

router = Router()


class LetterOut(Schema):
    """One recipient's letter."""

    id: int
    mailing: int
    name: str
    address: str
    language: str
    subject: str
    state: str
    attempts: int
    sent_at: dt.datetime | None
    error: str
    message_id: str


class BounceIn(Schema):
    """A provider's word that a letter came back; `message_id` is the one that the letter bears."""

    message_id: str
    is_permanent: bool = True
    detail: str = ""


@router.get("/{slug}/letters", response=CursorPage[LetterOut], url_name="letters")
def list_letters(
    request: HttpRequest,
    slug: str,
    mailing: int | None = None,
    state: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[LetterOut]:
    """The letters of an edition, or of one mailing, perhaps of one state."""
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    rows = within(actor, Letter.objects.filter(mailing__edition=edition)).defer("text", "html", "sealed")
    rows = rows.filter(mailing_id=mailing) if mailing else rows
    rows = rows.filter(state=state) if state else rows
    letters, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage[LetterOut](items=[_letter(letter) for letter in letters], next=following)


@router.post("/{slug}/letters/{letter_id}/resend", response=LetterOut, url_name="resend_letter")
def resend(request: HttpRequest, slug: str, letter_id: int) -> LetterOut:
    """Send one letter again, under the same Message-ID."""
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    letter = letter_by_id(edition, actor, letter_id)
    resend_letters(letter.mailing, [letter], by=actor)
    return _letter(letter_by_id(edition, actor, letter_id))


@router.post("/{slug}/bounces", response={200: LetterOut, 202: None}, url_name="bounce")
def bounce(request: HttpRequest, slug: str, body: BounceIn) -> Status[LetterOut | None]:
    """Take note that a letter came back; 202 where there is nothing to note (a delay, or noted already)."""
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    token = body.message_id.strip().strip("<>").partition("@")[0]
    letter = within(actor, Letter.objects.filter(mailing__edition=edition, token=token)).first()
    if letter is None:
        raise NotFound
    report = Report(token, Fate.FAILED if body.is_permanent else Fate.DELAYED, " ".join(body.detail.split()))
    noted = note_bounce(report, edition=edition, by=actor)
    return Status(200, _letter(noted)) if noted is not None else Status(202, None)


def _letter(letter: Letter) -> LetterOut:
    return LetterOut(
        id=letter.pk,
        mailing=letter.mailing_id,
        name=letter.name,
        address=letter.address,
        language=letter.lang,
        subject=withheld(letter.subject),
        state=letter.state,
        attempts=letter.attempts,
        sent_at=letter.sent_at,
        error=letter.error,
        message_id=letter.message_id,
    )
