"""One call of the demo: its entries, its jury, and rounds that are given out, read and calibrated."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from summitry.calls.actions.assigning import approve_assignment, ask_assignment
from summitry.calls.actions.calibrating import approve_calibration, ask_calibration
from summitry.calls.actions.call import NewCall, create_call, publish_call
from summitry.calls.actions.deriving import derive_conflicts
from summitry.calls.actions.freezing import freeze_call
from summitry.calls.actions.juror import accept_appointment, appoint_juror, invite_juror
from summitry.calls.actions.moving import move_many
from summitry.calls.actions.recording import record_steps
from summitry.calls.actions.round import close_round, fill_round, open_round
from summitry.calls.enums import (
    AssignmentState,
    EntrySource,
    EntryState,
    JurorState,
    Preset,
    QuestionKind,
    StepKind,
)
from summitry.calls.models import Assignment, Call, Computation, Entry, Juror, Question, Review, Round
from summitry.calls.queries.review_content import digested, score_of
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.rehearsal.built import Built
from summitry.rehearsal.content import calls as content
from summitry.rehearsal.content.plan import SummitPlan
from summitry.rehearsal.content.reading import chance

Script = Generator[Computation, None, None]
"""What happens in a call; it waits wherever it yields a computation until that has its answer."""
DAY = dt.timedelta(days=1)
SIGNING_IN = 2
"""So many jurors of each call have an account, to be signed in as."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a call is and when it was open, in days before and after now."""

    entries: int
    jurors: int
    opened: int
    closed: int
    name: dict[str, str]


SIZES = {
    Preset.CASES: Size(
        208,
        30,
        120,
        25,
        {
            "en": "Outstanding Cases 2026",
            "zh-hans": "2026年优秀案例",
            "fr": "Cas remarquables 2026",
            "es": "Casos destacados 2026",
            "ru": "Лучшие практики 2026",
            "ar": "الحالات المتميزة 2026",
        },
    ),
    Preset.ACHIEVEMENTS: Size(
        312,
        40,
        160,
        70,
        {
            "en": "Leading Achievements 2026",
            "zh-hans": "2026年领先科技成果",
            "fr": "Réalisations majeures 2026",
            "es": "Logros destacados 2026",
            "ru": "Ведущие достижения 2026",
            "ar": "الإنجازات الرائدة 2026",
        },
    ),
    Preset.COMPETITION: Size(
        1043,
        150,
        170,
        80,
        {
            "en": "Direct to Rivertown 2026",
            "zh-hans": "2026直通河镇大赛",
            "fr": "Direct à Rivertown 2026",
            "es": "Directo a Rivertown 2026",
            "ru": "Прямо в Ривертаун 2026",
            "ar": "مباشرة إلى ريفرتاون 2026",
        },
    ),
}


class House:
    """One call of the demo as it is built: its rows, and how good its entries and how strict its jurors are."""

    def __init__(self, plan: SummitPlan, built: Built, preset: Preset, by: Actor) -> None:
        self.by, self.preset, self.size = by, preset, SIZES[preset]
        self.edition = built.edition
        self.rng = chance(content.SEED, f"judging:{preset}")
        self.call = self._call()
        areas = list(self.call.areas.order_by("position"))
        self.planned = content.entries(plan, str(preset), self.size.entries, len(areas))
        self._enter(built, areas)
        self.jurors = self._jury(plan, built, [area.slug for area in areas])
        with clock.frozen(self.call.closes_at + 2 * DAY):
            derive_conflicts(self.call, by=self.by)
        self.tempers = dict(
            zip(
                (juror.pk for juror in self.jurors),
                content.tempers(str(preset), len(self.jurors)),
                strict=True,
            )
        )

    def round(self, number: int) -> Round:
        """Return a round as it stands, with its call as it stands."""
        return Round.objects.select_related("call__edition").get(call=self.call, number=number)

    def given(self, number: int, days: int) -> Script:
        """Open a round so many days ago, with its entries given out."""
        at = clock.now() - days * DAY
        with clock.frozen(at):
            fill_round(self.round(number), by=self.by)
            computation = ask_assignment(self.round(number), by=self.by)
        yield computation
        with clock.frozen(at):
            approve_assignment(computation, by=self.by)
            open_round(self.round(number), by=self.by)

    def judged(self, number: int, days: int) -> Script:
        """Let a round be read by all, closed and calibrated."""
        yield from self.given(number, days)
        at = clock.now() - (days - 12) * DAY
        with clock.frozen(at):
            self.reviewed(number, lambda _n: True)
            close_round(self.round(number), by=self.by)
            computation = ask_calibration(self.round(number), by=self.by)
        yield computation
        with clock.frozen(at):
            approve_calibration(computation, by=self.by)

    def reviewed(self, number: int, is_in: Callable[[int], bool]) -> None:
        """Let jurors hand in the reviews that `is_in` chooses, and begin one of ten of the others."""
        round_ = self.round(number)
        criteria = list(round_.criteria.all())
        slugs = [criterion.slug for criterion in criteria]
        rows = list(
            Assignment.objects.filter(round=round_, state=AssignmentState.GIVEN)
            .select_related("round")
            .order_by("pk")
        )
        reviews, submitted, begun = [], [], []
        for n, row in enumerate(rows):
            if not is_in(n) and n % 10:
                continue
            merit = self.merits[row.entry_id]
            marks = content.marks(merit, self.tempers[row.juror_id], slugs, self.rng)
            words = content.remarks(merit, self.rng) if n % 3 == 0 else ""
            review = Review(assignment=row, marks=marks, remarks=words, version=1, saved_at=clock.now())
            if is_in(n):
                review.score = score_of(marks, criteria)
                review.feedback = content.feedback(merit, self.rng) if n % 2 == 0 else ""
                review.submitted_at = clock.now()
                review.salt = hashlib.sha256(f"{self.call.seed}:{row.pk}".encode()).hexdigest()
                review.digest = digest(digested(review))
                submitted.append(row.pk)
            else:
                review.marks = {slugs[0]: marks[slugs[0]]}
                begun.append(row.pk)
            reviews.append(review)
        Review.objects.bulk_create(reviews, batch_size=500)
        for state, ids in ((AssignmentState.SUBMITTED, submitted), (AssignmentState.BEGUN, begun)):
            Assignment.objects.filter(pk__in=ids).update(state=state, state_since=clock.now())
        record_steps(
            self.call.pk,
            [
                (
                    StepKind.REVIEW,
                    {
                        "round": round_.number,
                        "entry": review.assignment.entry_id,
                        "juror": review.assignment.juror_id,
                        "version": review.version,
                        "digest": review.digest,
                    },
                )
                for review in reviews
                if review.digest
            ],
        )

    def _call(self) -> Call:
        now = clock.now()
        with clock.frozen(now - (self.size.opened + 20) * DAY):
            new = NewCall(
                preset=self.preset,
                name=Text.of(self.size.name),
                opens_at=now - self.size.opened * DAY,
                closes_at=now - self.size.closed * DAY,
                slug=str(self.preset),
                languages=["en", "zh-hans"],
            )
            call = create_call(self.edition, new, by=self.by)
            return publish_call(call, by=self.by)

    def _enter(self, built: Built, areas: Sequence[Any]) -> None:
        """Enter everything, and freeze it after the deadline; all are eligible but a few whom the officers look at."""
        questions = list(self.call.questions.exclude(kind=QuestionKind.FILE))
        rules = self.call.rules_texts.order_by("-number").first()
        at = self.call.closes_at - 2 * DAY
        Entry.objects.bulk_create(
            [
                Entry(
                    call=self.call,
                    number=n + 1,
                    area=areas[n % len(areas)],
                    state=EntryState.SUBMITTED,
                    state_since=at,
                    source=EntrySource.NOMINATED if n % 7 == 0 else EntrySource.ENTRANT,
                    title=_text(plan.title, is_chinese=plan.is_chinese),
                    abstract=_text(plan.abstract, is_chinese=plan.is_chinese),
                    answers={
                        one.slug: _answer(one, plan, self.rng)
                        for one in questions
                        if not one.areas or areas[n % len(areas)].slug in one.areas
                    },
                    kind=plan.kind,
                    organisation=built.organisations[plan.organisation.slug],
                    organisation_name=plan.organisation.names["en"],
                    entity=built.entities.get(plan.organisation.entity),
                    contact_name=plan.contact.display_name,
                    contact_email=plan.contact.email,
                    language="zh-hans" if plan.is_chinese else "en",
                    rules_text=rules,
                    submitted_at=at,
                    created_at=at - 9 * DAY,
                    changed_at=at,
                )
                for n, plan in enumerate(self.planned)
            ],
            batch_size=500,
        )
        with clock.frozen(self.call.closes_at + DAY):
            freeze_call(self.call, by=self.by)
            rows = list(Entry.objects.filter(call=self.call).select_related("call").order_by("number"))
            move_many([row for row in rows if row.number % 97 != 5], EntryState.ELIGIBLE, by=self.by)
        merits = [plan.merit for plan in self.planned]
        self.merits = {row.pk: merits[row.number - 1] for row in rows}

    def _jury(self, plan: SummitPlan, built: Built, areas: Sequence[str]) -> list[Juror]:
        reads = sum(
            round_.reads * (self.size.entries if round_.number == 1 else round_.places)
            for round_ in self.call.rounds.exclude(kind="live")
        )
        most = max(12, -(-reads * 5 // (4 * self.size.jurors)))
        people = content.jury(plan, str(self.preset), self.size.jurors)
        now = clock.now()
        Juror.objects.bulk_create(
            [
                Juror(
                    call=self.call,
                    person=built.people[person.slug],
                    organisation=built.organisations[person.affiliations[0].organisation],
                    entity=built.entities.get(person.entity),
                    state=JurorState.ACCEPTED,
                    state_since=now - (self.size.closed + 10) * DAY,
                    most=most,
                    languages=list(dict.fromkeys(("en", *person.languages))),
                    expertise=self.rng.sample(list(areas), min(3, len(areas))),
                )
                for person in people[SIGNING_IN:]
            ]
        )
        for person in people[:SIGNING_IN]:
            juror = appoint_juror(
                self.call,
                built.people[person.slug],
                by=self.by,
                most=most,
                languages=["en", "zh-hans"],
                expertise=self.rng.sample(list(areas), min(3, len(areas))),
            )
            accept_appointment(invite_juror(juror, by=self.by), by=self.by)
        return list(Juror.objects.filter(call=self.call).order_by("pk"))


def _text(words: content.Words, *, is_chinese: bool) -> Text:
    if is_chinese:
        return Text.of({"zh-hans": words.zh, "en": words.en}, "zh-hans")
    return Text.of(words.en, "en")


def _answer(question: Question, plan: content.EntryPlan, rng: Random) -> Any:
    """Return an answer that the question takes."""
    words = plan.abstract.zh if plan.is_chinese else plan.abstract.en
    kinds: dict[str, Callable[[], Any]] = {
        QuestionKind.LINE: lambda: plan.organisation.names["en"],
        QuestionKind.TEXT: lambda: words,
        QuestionKind.CHOICE: lambda: rng.choice(question.options)["value"],
        QuestionKind.CHOICES: lambda: [rng.choice(question.options)["value"]],
        QuestionKind.YES_NO: lambda: True,
        QuestionKind.DATE: lambda: f"{rng.randint(2022, 2025)}-0{rng.randint(1, 9)}-15",
        QuestionKind.NUMBER: lambda: rng.randint(3, 60),
        QuestionKind.ENTITY: lambda: plan.organisation.entity,
        QuestionKind.PHONE: lambda: "+00 555 0100",
        QuestionKind.LINK: lambda: f"https://{plan.organisation.slug}.example/",
    }
    return kinds[question.kind]()
