"""What people ask about a call: taken from anybody, answered by letter, and published where it helps others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.setting_up import tell_changed
from summitry.calls.enums import InquiryState
from summitry.calls.models import Call, Inquiry
from summitry.calls.queries.addresses import call_address
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, Actor, policy_for, require, system
from summitry.foundation.audit import record, record_many, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, NotFound, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import job
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, post_notice

KEPT_DAYS = 30
"""How long an address is kept after the answer, in case the asker writes back."""
MOST_WAITING = 500
"""How many unanswered questions a call takes: whoever floods it does not fill the database."""


def ask(call: Call, words: str, *, email: str = "", language: str = "en") -> Inquiry:
    """Take a question that somebody asks on a call's public page.

    Raises NotFound for a call that the public cannot see, InvalidInput for no words, too many, or no address, and where too
    many questions wait already.
    """
    if not policy_for(Call).may(PUBLIC, "view", call):
        raise NotFound
    if not words.strip():
        raise InvalidInput(fields={"words": [_("Write your question.")]})
    waiting = Inquiry.objects.filter(call=call, state=InquiryState.ASKED).count()
    if waiting >= MOST_WAITING:
        raise InvalidInput(_("Many questions wait to be answered. Please try again in some days."))
    asked = Text.of({language: words.strip()}, language)
    inquiry = Inquiry(call=call, asked=asked, email=email, language=language, asked_at=clock.now())
    with recording():
        checked(inquiry).save(force_insert=True)
        record("calls.inquiry.asked", by=PUBLIC, obj=call)
    return inquiry


def write_inquiry(call: Call, asked: Text, answer: Text, *, is_public: bool = True, by: Actor) -> Inquiry:
    """Write a question that is often asked, with its answer. Raises InvalidInput."""
    require(by, "edit", Inquiry(call=call))
    _check(asked, answer)
    now = clock.now()
    facts = {"state": InquiryState.ANSWERED, "asked_at": now, "answered_at": now, "is_public": is_public}
    inquiry = Inquiry(call=call, asked=asked, answer=answer, **facts)
    with recording():
        checked(inquiry).save(force_insert=True)
        record("calls.inquiry.written", by=by, obj=inquiry)
        tell_changed(call, by=by)
    return inquiry


def update_inquiry(
    inquiry: Inquiry, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Inquiry:
    """Change `asked`, `answer` or `is_public`; with its first answer a question is answered, and the asker has a letter.

    Raises InvalidInput, and StaleState like `change`: of two who answer at once, one is told that the other has.
    """
    require(by, "edit", inquiry)
    is_answer = not inquiry.answer and bool(changes.get("answer"))
    if inquiry.state == InquiryState.ANSWERED or is_answer:
        _check(changes.get("asked", inquiry.asked), changes.get("answer", inquiry.answer))
    elif changes.get("is_public"):
        raise InvalidInput(fields={"is_public": [_("What is not answered is not published.")]})
    if is_answer:
        changes |= {"state": InquiryState.ANSWERED, "answered_at": clock.now()}
    audit = "calls.inquiry.answered" if is_answer else "calls.inquiry.updated"
    with recording():
        if is_answer and inquiry.answer != Inquiry.objects.values_list("answer", flat=True).get(
            pk=inquiry.pk
        ):
            raise StaleState
        if change(inquiry, changes, by=by, audit=audit, expected=expected):
            if is_answer:
                _tell_asker(inquiry, by)
            tell_changed(inquiry.call, by=by)
    return inquiry


def dismiss_inquiry(inquiry: Inquiry, *, by: Actor) -> Inquiry:
    """Set a question aside: nobody answers it, and its address is removed."""
    require(by, "edit", inquiry)
    values = {"state": InquiryState.DISMISSED, "is_public": False, "email": "", "answered_at": clock.now()}
    with recording():
        change(inquiry, values, by=by, audit="calls.inquiry.dismissed", withhold=frozenset({"email"}))
        tell_changed(inquiry.call, by=by)
    return inquiry


@job()
def forget_askers() -> None:
    """Remove the addresses of those who had their answer long ago."""
    before = clock.now() - dt.timedelta(days=KEPT_DAYS)
    rows = Inquiry.objects.filter(answered_at__lt=before).exclude(email="").select_related("call")
    by_edition: dict[int, list[Inquiry]] = {}
    for row in rows:
        by_edition.setdefault(row.edition_id, []).append(row)
    for edition_id, inquiries in by_edition.items():
        with recording():
            Inquiry.objects.filter(pk__in=[row.pk for row in inquiries]).update(email="")
            told: list[tuple[Inquiry, dict[str, str], dict[str, str]]] = [(row, {}, {}) for row in inquiries]
            record_many(
                "calls.inquiries.forgotten", by=system("reminders"), changes=told, edition_id=edition_id
            )


def _tell_asker(inquiry: Inquiry, by: Actor) -> None:
    if not inquiry.email:
        return
    facts: dict[str, Fact] = {
        "call": inquiry.call.name,
        "question": inquiry.asked,
        "answer": inquiry.answer,
        "link": lambda lang: call_address(inquiry.call, lang),
    }
    one = Recipient(None, "", inquiry.email, inquiry.language, "", facts)
    post_notice(inquiry.call.edition, NoticeKey.CALL_ANSWER, [one], by=by)


def _check(asked: Text, answer: Text) -> None:
    errors = {}
    if not asked:
        errors["asked"] = [_("Write the question.")]
    if not answer:
        errors["answer"] = [_("Write the answer.")]
    if errors:
        raise InvalidInput(fields=errors)
