"""What people do around the demo's calls: ask, nominate, use codes, wish for entries to read, declare conflicts of interest."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from random import Random

from summitry.calls.actions.access_code import create_codes, use_code
from summitry.calls.actions.bid import place_bids
from summitry.calls.actions.call import NewCall, create_call, publish_call
from summitry.calls.actions.conflict import decide_conflicts, declare_conflict
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.actions.entry_importing import apply_import, plan_import
from summitry.calls.actions.entry_importing.columns import guess_targets
from summitry.calls.actions.freezing import freeze_call
from summitry.calls.actions.inquiry import ask, dismiss_inquiry, update_inquiry, write_inquiry
from summitry.calls.actions.nomination import NewNomination, dismiss_nomination, invite_nominated, nominate
from summitry.calls.actions.organisation_group import set_groups
from summitry.calls.enums import (
    IN_PLAY,
    BidValue,
    ConflictKind,
    ConflictSource,
    ConflictState,
    Preset,
    QuestionKind,
)
from summitry.calls.models import Call, Conflict, Entry, Juror, Question
from summitry.calls.queries.conflicts import barring
from summitry.calls.queries.entry_form import form_of
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.foundation.tables import read_table
from summitry.rehearsal.built import of
from summitry.rehearsal.content import call_life as content
from summitry.rehearsal.content import calls as planned
from summitry.rehearsal.content.plan import SummitPlan

DAY = dt.timedelta(days=1)
BIDDERS, BIDS = 15, 8
DECIDED = 5
"""So many of the conflicts that the data show are decided; the others wait."""


def build_questions(call: Call, by: Actor) -> None:
    """Let people ask about a call while it is open: two are answered for all, one waits, one is set aside."""
    for asked, said in content.often_asked():
        write_inquiry(call, of(asked), of(said), by=by)
    for one in content.inquiries():
        inquiry = ask(call, one.asked[one.lang], email=one.email, language=one.lang)
        if one.is_dismissed:
            dismiss_inquiry(inquiry, by=by)
        elif one.answer:
            question, answer = Text.of(dict(one.asked), one.lang), Text.of(dict(one.answer), one.lang)
            update_inquiry(inquiry, by=by, asked=question, answer=answer, is_public=True)


def build_nominations(call: Call, by: Actor) -> None:
    """Let people be nominated: one has begun her entry, one is invited, one waits, one is left aside; and make codes."""
    for note in content.words()["codes"]:
        codes = create_codes(call, 3, by=by, note=note, most_uses=5)
        use_code(call, codes[0])
    for one in content.nominations():
        made = nominate(
            call,
            NewNomination(
                nominator_name=one.nominator[0],
                nominator_email=one.nominator[1],
                nominator_organisation=one.nominator[2],
                nominee_name=one.nominee[0],
                nominee_email=one.nominee[1],
                nominee_organisation=one.nominee[2],
                language="en",
                words=one.words,
            ),
        )
        if one.fate == "dismissed":
            dismiss_nomination(made, by=by)
        if one.fate in {"invited", "taken_up"}:
            entry = invite_nominated(made, by=by).entry
            if one.fate == "taken_up" and entry is not None:
                save_draft(entry, {"title": {"en": one.nominee[2]}}, by=by)


def build_groups(call: Call, plan: SummitPlan, by: Actor) -> None:
    """Let two institutions that enter count as one house."""
    names = list(
        dict.fromkeys(
            Entry.objects.filter(call=call).order_by("number").values_list("organisation_name", flat=True)
        )
    )
    house = next(one.names["en"] for one in plan.organisations if one.names["en"] not in names[:2])
    set_groups(call, {house: names[:2]}, by=by)


def build_wishes(call: Call, jurors: Sequence[Juror], rng: Random, by: Actor) -> None:
    """Let jurors say which entries they would like to read; none of those from which a conflict bars them."""
    bars = barring(call)
    entries = list(
        Entry.objects.filter(call=call, state__in=IN_PLAY).order_by("number").values_list("pk", flat=True)
    )
    values = [BidValue.WANT, BidValue.WANT, BidValue.WILLING, BidValue.WILLING, BidValue.UNWILLING]
    for juror in jurors[-BIDDERS:]:
        free = [pk for pk in rng.sample(entries, BIDS) if (pk, juror.pk) not in bars]
        place_bids(juror, {pk: str(rng.choice(values)) for pk in free}, by=by)


def build_conflicts(call: Call, jurors: Sequence[Juror], officer: Actor) -> None:
    """Let jurors declare conflicts, and an officer decide: those upheld and dismissed say why, the others wait."""
    words = content.words()
    bars = barring(call)
    entries = list(Entry.objects.filter(call=call, state__in=IN_PLAY).order_by("number")[20:60])
    for juror in jurors:
        if juror.account is None:
            continue
        mine = [entry for entry in entries if (entry.pk, juror.pk) not in bars][:3]
        by = juror.account.actor()
        advised = declare_conflict(juror, mine[0], ConflictKind.ADVISER, by=by, words=words["adviser"])
        once = declare_conflict(juror, mine[1], ConflictKind.OTHER, by=by, words=words["other"])
        declare_conflict(juror, mine[2], ConflictKind.FUNDER, by=by)
        decide_conflicts([advised], ConflictState.UPHELD, by=officer, words=words["upheld"])
        decide_conflicts([once], ConflictState.DISMISSED, by=officer, words=words["dismissed"])
    found = Conflict.objects.filter(juror__call=call, state=ConflictState.OPEN).exclude(
        source=ConflictSource.JUROR
    )
    open_ = list(found.select_related("juror__call", "entry").order_by("pk")[:DECIDED])
    decide_conflicts(open_[1:], ConflictState.UPHELD, by=officer)
    decide_conflicts(open_[:1], ConflictState.DISMISSED, by=officer, words=words["dismissed"])


def build_earlier_call(plan: SummitPlan, last: Edition, by: Actor) -> Call:
    """Build last year's call for cases from a table of its entries: of institutions that enter this year again."""
    now = clock.now()
    with clock.frozen(now - 400 * DAY):
        new = NewCall(
            preset=Preset.CASES,
            name=Text.of("Outstanding Cases 2025"),
            opens_at=clock.now(),
            closes_at=clock.now() + 60 * DAY,
            slug="cases",
            languages=["en"],
        )
        call = publish_call(create_call(last, new, by=by), by=by)
    areas = list(call.areas.order_by("position").values_list("slug", flat=True))
    entries = planned.entries(plan, str(Preset.CASES), len(content.words()["last_year"]), len(areas))
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    asked = list(call.questions.filter(is_required=True))
    head = ["Title", "Abstract", "Area", "Kind", "Organisation", "Country", "Contact", "E-mail"]
    writer.writerow([*head, *(one.slug for one in asked)])
    for n, (title, entry) in enumerate(zip(content.words()["last_year"], entries, strict=True)):
        house, contact = entry.organisation, entry.contact
        facts = [areas[n % len(areas)], entry.kind, house.names["en"], house.entity]
        answers = [_in_a_table(one, entry.abstract.en) for one in asked]
        writer.writerow([title, entry.abstract.en, *facts, contact.display_name, contact.email, *answers])
    with clock.frozen(call.closes_at - DAY):
        table = read_table(sheet.getvalue().encode(), "cases-2025.csv")
        table_plan = plan_import(call, table, guess_targets(form_of(call), table.columns), by=by)
        apply_import(table_plan, by=by, hands_in=True)
    with clock.frozen(call.closes_at + DAY):
        freeze_call(call, by=by)
    return call


def _in_a_table(question: Question, words: str) -> str:
    """Return an answer as a table holds it."""
    if question.kind == QuestionKind.CHOICE:
        return str(question.options[0]["value"])
    return "no" if question.kind == QuestionKind.YES_NO else words
