"""Audiences and mailings over the API, with every step of the console."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, require
from summitry.foundation.api import CursorPage, localised, page_of
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.web.actor import actor_of
from summitry.mailing.actions.checking import audience_for
from summitry.mailing.actions.mailing import create_mailing, discard_mailing, update_mailing
from summitry.mailing.actions.release import (
    hold_mailing,
    recall_mailing,
    release_mailing,
    unschedule_mailing,
    withdraw_mailing,
)
from summitry.mailing.api.schemas import (
    AudienceOut,
    ChoiceOut,
    FilterOut,
    MailingIn,
    MailingOut,
    ReachIn,
    ReachOut,
    RecalledOut,
    ReleaseIn,
)
from summitry.mailing.audiences import Question, audiences_for
from summitry.mailing.models import Mailing
from summitry.mailing.queries.outbox import mailing_by_id, mailings_of
from summitry.mailing.queries.recipients import reach, reach_of

router = Router()
SAMPLE = 20


@router.get("/{slug}/audiences", response=list[AudienceOut], url_name="audiences")
def list_audiences(request: HttpRequest, slug: str) -> list[AudienceOut]:
    """The audiences to which you may write."""
    edition, actor = _asked(request, slug)
    require(actor, "create", Mailing(edition=edition))
    question = Question(edition, actor)
    return [
        AudienceOut(
            key=audience.key,
            label=str(audience.label),
            filters=[
                FilterOut(
                    key=one.key,
                    label=str(one.label),
                    choices=[ChoiceOut(value=v, label=str(label)) for v, label in one.choices(question)],
                )
                for one in audience.filters
            ],
            placeholders=[placeholder.key for placeholder in audience.placeholders],
        )
        for audience in audiences_for(actor, edition)
    ]


@router.post("/{slug}/audiences/{key}/count", response=ReachOut, url_name="audience_count")
def count_audience(request: HttpRequest, slug: str, key: str, body: ReachIn) -> ReachOut:
    """Whom a choice would reach now, by the same question that sends."""
    edition, actor = _asked(request, slug)
    require(actor, "create", Mailing(edition=edition))
    found = reach(audience_for(key, actor, edition), edition, actor, body.filters)
    return ReachOut(
        count=found.count,
        sample=[addressee.name for addressee in found.addressees[:SAMPLE]],
        without_address=list(found.without_address),
    )


@router.get("/{slug}/mailings", response=CursorPage[MailingOut], url_name="mailings")
def list_mailings(
    request: HttpRequest, slug: str, state: str = "", cursor: str | None = None, limit: int = 50
) -> CursorPage[MailingOut]:
    """The mailings that you may see."""
    edition, actor = _asked(request, slug)
    rows = mailings_of(edition, actor)
    rows = rows.filter(state=state) if state else rows
    mailings, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage[MailingOut](items=[_mailing(mailing) for mailing in mailings], next=following)


@router.post("/{slug}/mailings", response={201: MailingOut}, url_name="create_mailing")
def begin_mailing(request: HttpRequest, slug: str, body: MailingIn) -> Status[MailingOut]:
    """Begin a mailing as a draft."""
    edition, actor = _asked(request, slug)
    mailing = create_mailing(edition, by=actor, **_facts(body))
    return Status(201, _mailing(mailing_by_id(edition, actor, mailing.pk)))


@router.get("/{slug}/mailings/{mailing_id}", response=MailingOut, url_name="mailing")
def get_mailing(request: HttpRequest, slug: str, mailing_id: int) -> MailingOut:
    """One mailing."""
    edition, actor = _asked(request, slug)
    return _mailing(mailing_by_id(edition, actor, mailing_id))


@router.patch("/{slug}/mailings/{mailing_id}", response=MailingOut, url_name="update_mailing")
def change_mailing(request: HttpRequest, slug: str, mailing_id: int, body: MailingIn) -> MailingOut:
    """Change a mailing that has not been released; a language that you do not name keeps its words."""
    edition, actor = _asked(request, slug)
    mailing = mailing_by_id(edition, actor, mailing_id)
    update_mailing(mailing, by=actor, **_facts(body, mailing))
    return _mailing(mailing_by_id(edition, actor, mailing_id))


@router.delete("/{slug}/mailings/{mailing_id}", response={204: None}, url_name="discard_mailing")
def remove_mailing(request: HttpRequest, slug: str, mailing_id: int) -> Status[None]:
    """Discard a mailing of which nothing has left."""
    edition, actor = _asked(request, slug)
    discard_mailing(mailing_by_id(edition, actor, mailing_id), by=actor)
    return Status(204, None)


@router.get("/{slug}/mailings/{mailing_id}/reach", response=ReachOut, url_name="mailing_reach")
def get_reach(request: HttpRequest, slug: str, mailing_id: int) -> ReachOut:
    """Whom a mailing would reach now."""
    edition, actor = _asked(request, slug)
    found = reach_of(mailing_by_id(edition, actor, mailing_id))
    return ReachOut(
        count=found.count,
        sample=[addressee.name for addressee in found.addressees[:SAMPLE]],
        without_address=list(found.without_address),
    )


@router.post("/{slug}/mailings/{mailing_id}/hold", response=MailingOut, url_name="hold_mailing")
def hold(request: HttpRequest, slug: str, mailing_id: int) -> MailingOut:
    """Put a draft in the outbox."""
    edition, actor = _asked(request, slug)
    hold_mailing(mailing_by_id(edition, actor, mailing_id), by=actor)
    return _mailing(mailing_by_id(edition, actor, mailing_id))


@router.post("/{slug}/mailings/{mailing_id}/withdraw", response=MailingOut, url_name="withdraw_mailing")
def withdraw(request: HttpRequest, slug: str, mailing_id: int) -> MailingOut:
    """Take a held mailing back as a draft."""
    edition, actor = _asked(request, slug)
    withdraw_mailing(mailing_by_id(edition, actor, mailing_id), by=actor)
    return _mailing(mailing_by_id(edition, actor, mailing_id))


@router.post("/{slug}/mailings/{mailing_id}/release", response=MailingOut, url_name="release_mailing")
def release(request: HttpRequest, slug: str, mailing_id: int, body: ReleaseIn) -> MailingOut:
    """Let a mailing leave, in five minutes or at an instant."""
    edition, actor = _asked(request, slug)
    release_mailing(mailing_by_id(edition, actor, mailing_id), by=actor, at=body.at)
    return _mailing(mailing_by_id(edition, actor, mailing_id))


@router.post("/{slug}/mailings/{mailing_id}/unschedule", response=MailingOut, url_name="unschedule_mailing")
def unschedule(request: HttpRequest, slug: str, mailing_id: int) -> MailingOut:
    """Take a scheduled mailing off the schedule."""
    edition, actor = _asked(request, slug)
    unschedule_mailing(mailing_by_id(edition, actor, mailing_id), by=actor)
    return _mailing(mailing_by_id(edition, actor, mailing_id))


@router.post("/{slug}/mailings/{mailing_id}/recall", response=RecalledOut, url_name="recall_mailing")
def recall(request: HttpRequest, slug: str, mailing_id: int) -> RecalledOut:
    """Recall a released mailing, or stop the rest of one that is being sent."""
    edition, actor = _asked(request, slug)
    return RecalledOut(recalled=recall_mailing(mailing_by_id(edition, actor, mailing_id), by=actor))


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    actor = actor_of(request)
    return edition_by_slug(actor, slug), actor


def _facts(body: MailingIn, mailing: Mailing | None = None) -> Any:
    """Return what was given, as the action takes it. Raises InvalidInput for words in what is no language."""
    facts: dict[str, Any] = {name: value for name, value in body.dict().items() if value is not None}
    for name in ("subject", "body"):
        if name not in facts:
            continue
        text: Text = getattr(mailing, name) if mailing is not None else Text()
        for lang, words in facts[name].items():
            if not lang or lang.startswith("_") or len(lang) > 20:
                raise InvalidInput(fields={name: [lang]})
            text = text.with_text(lang, words) if text else Text.of({lang: words}, lang)
        facts[name] = text
    return facts


def _mailing(mailing: Any) -> MailingOut:
    return MailingOut(
        id=mailing.pk,
        name=mailing.name,
        kind=mailing.kind,
        audience=mailing.audience,
        filters=mailing.filters,
        notice=mailing.notice,
        subject=localised(mailing.subject),
        body=localised(mailing.body),
        sender_name=mailing.sender_name,
        reply_to=mailing.reply_to,
        state=mailing.state,
        pace=mailing.pace,
        release_at=mailing.release_at,
        ended_at=mailing.ended_at,
        letters=mailing.total,
        sent=mailing.sent,
        failed=mailing.given_up,
    )
