"""One call of the demo: its entries, its jury, and rounds that are given out, read and calibrated."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Sequence
from random import Random
from typing import Any

from summitry.calls.actions.assigning import approve_assignment, ask_assignment
from summitry.calls.actions.calibrating import approve_calibration, ask_calibration
from summitry.calls.actions.call import NewCall, create_call, publish_call, update_call
from summitry.calls.actions.deriving import derive_conflicts
from summitry.calls.actions.eligibility_rule import remove_rule
from summitry.calls.actions.freezing import freeze_call
from summitry.calls.actions.juror import accept_appointment, appoint_juror, invite_juror
from summitry.calls.actions.recording import record_steps
from summitry.calls.actions.round import close_round, fill_round, open_round
from summitry.calls.enums import (
    AssignmentState,
    EntrySource,
    EntryState,
    JurorState,
    Preset,
    QuestionKind,
    RuleKind,
    StepKind,
)
from summitry.calls.models import (
    Assignment,
    Call,
    Computation,
    EligibilityRule,
    Entry,
    Juror,
    Question,
    Review,
    Round,
)
from summitry.calls.queries.review_content import digested, score_of
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.rehearsal.build_calls_entries import (
    IN_QUEUE,
    ROLES,
    Scene,
    complete,
    enter,
    look_over,
    translate,
)
from summitry.rehearsal.build_calls_life import (
    build_conflicts,
    build_groups,
    build_nominations,
    build_questions,
    build_wishes,
)
from summitry.rehearsal.build_calls_sizes import SIZES
from summitry.rehearsal.built import Built
from summitry.rehearsal.content import calls as content
from summitry.rehearsal.content.plan import PersonPlan, SummitPlan
from summitry.rehearsal.content.reading import chance

Script = Generator[Computation, None, None]
"""What happens in a call; it waits wherever it yields a computation until that has its answer."""
DAY = dt.timedelta(days=1)
LANGUAGES = ("en", "zh-hans", "fr", "es", "ru", "ar")
SIGNING_IN = 2
"""So many jurors of each call have an account, to be signed in as."""


class House:
    """One call of the demo as it is built: its rows, and how good its entries and how strict its jurors are."""

    def __init__(
        self, plan: SummitPlan, built: Built, preset: Preset, by: Actor, officers: Sequence[Actor]
    ) -> None:
        self.by, self.preset, self.size = by, preset, SIZES[preset]
        self.edition = built.edition
        self.rng = chance(content.SEED, f"judging:{preset}")
        self.call = self._call()
        areas = list(self.call.areas.order_by("position"))
        self.planned = content.entries(plan, str(preset), self.size.entries, len(areas))
        judges = content.jury(plan, str(preset), self.size.jurors)
        self.scene = Scene(self.call, self.planned[: len(ROLES[preset])], areas, judges, plan, by, officers)
        self._enter(built, areas)
        self.jurors = self._jury(judges, built, [area.slug for area in areas])
        with clock.frozen(self.call.closes_at + 2 * DAY):
            build_groups(self.call, plan, by)
            derive_conflicts(self.call, by=self.by)
            build_conflicts(self.call, self.jurors, officers[0])
            build_wishes(self.call, self.jurors, self.rng, by)
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
            .select_related("round", "entry")
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
                        "entry": review.assignment.entry.number,
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
                languages=LANGUAGES,
            )
            call = create_call(self.edition, new, by=self.by)
            # Most entries of the demo come without files, so that no rule can ask for them.
            for rule in EligibilityRule.objects.filter(call=call, kind=RuleKind.FILE):
                remove_rule(rule, by=self.by)
            # There are fewer institutions in the demo than entries to its competition.
            update_call(call, by=self.by, most_entries=0)
            return publish_call(call, by=self.by)

    def _enter(self, built: Built, areas: Sequence[Any]) -> None:
        """Enter everything, most of it in one go, freeze it after the deadline, and let rules and officers look it over."""
        questions = list(self.call.questions.exclude(kind=QuestionKind.FILE))
        rules = self.call.rules_texts.order_by("-number").first()
        at = self.call.closes_at - 2 * DAY
        with clock.frozen(at):
            enter(self.scene, lambda plan, area: self._answers(questions, plan, area.slug))
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
                    answers=self._answers(questions, plan, areas[n % len(areas)].slug),
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
                for n, plan in list(enumerate(self.planned))[len(self.scene.planned) :]
            ],
            batch_size=500,
        )
        with clock.frozen(at):
            build_questions(self.call, self.by)
            build_nominations(self.call, self.by)
        with clock.frozen(self.call.closes_at + DAY):
            freeze_call(self.call, by=self.by)
            self.call.refresh_from_db()
            rows = list(
                Entry.objects.filter(call=self.call, number__lte=len(self.planned)).order_by("number")
            )
            plans = {row.pk: self.planned[row.number - 1] for row in rows}
            english = [row.pk for row in rows if row.title.source == "en" and row.number % 7 == 2]
            translate(self.scene, {pk: plans[pk].title.zh for pk in english})
            look_over(self.scene, leaves=IN_QUEUE if self.preset == Preset.CASES else 0)
            complete(self.scene)
        self.merits = {pk: plan.merit for pk, plan in plans.items()}

    def _answers(self, questions: Sequence[Question], plan: content.EntryPlan, area: str) -> dict[str, Any]:
        return {
            one.slug: _answer(one, plan, self.rng) for one in questions if not one.areas or area in one.areas
        }

    def _jury(self, people: Sequence[PersonPlan], built: Built, areas: Sequence[str]) -> list[Juror]:
        reads = sum(
            round_.reads * (self.size.entries if round_.number == 1 else round_.places)
            for round_ in self.call.rounds.exclude(kind="live")
        )
        most = max(12, -(-reads * 5 // (4 * self.size.jurors)))
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
        return list(Juror.objects.filter(call=self.call).select_related("account", "call").order_by("pk"))


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
