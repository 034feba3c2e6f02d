"""Enter a call at full size into Summitry: 1,000 entries, 150 jurors, five reads each, half of them handed in.

Runs with Summitry's settings in a process of its own, and prints cookies and addresses as JSON (see bench.panel). Rows are
written in bulk: what is measured is the reading and the saving afterwards, each by the application's own doors.
"""

import datetime as dt
import json
import secrets

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from bench.summit import synthetic_summit  # noqa: E402
from bench.talks import talks_of  # noqa: E402
from summitry.calls.enums import AssignmentState, EntryState, JurorState, Preset, RoundState  # noqa: E402
from summitry.calls.models import (  # noqa: E402
    Area,
    Assignment,
    Call,
    Criterion,
    Entry,
    EntryVersion,
    Juror,
    Question,
    Review,
    Round,
    Standing,
)
from summitry.calls.permissions import JUROR  # noqa: E402
from summitry.calls.queries.entry_content import content_of  # noqa: E402
from summitry.calls.queries.entry_form import form_of  # noqa: E402
from summitry.calls.queries.review_content import digested  # noqa: E402
from summitry.calls.record.canonical import digest  # noqa: E402
from summitry.directory.models import Person  # noqa: E402
from summitry.editions.actions.edition import create_edition, create_summit  # noqa: E402
from summitry.editions.actions.partners import admit_partner  # noqa: E402
from summitry.editions.models import Edition  # noqa: E402
from summitry.foundation import clock  # noqa: E402
from summitry.foundation.access import Scope, system  # noqa: E402
from summitry.foundation.grants import put_grant  # noqa: E402
from summitry.foundation.i18n import Text  # noqa: E402
from summitry.foundation.models import Account  # noqa: E402

ENTRIES, JURORS, READS, CRITERIA = 1000, 150, 5, 4
AREAS = ("Energy", "Health", "Water", "Learning", "Mobility")
ANSWERS = ("problem", "solution", "evidence", "reach", "cost", "team")
BENCH = system("bench")


def main() -> None:
    """Seed and print."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        edition = create_edition(
            create_summit("panel", Text.of("Bench summit"), by=BENCH),
            "panel",
            by=BENCH,
            name=Text.of("Bench summit"),
            starts_on=dt.date(2026, 11, 9),
            ends_on=dt.date(2026, 11, 11),
            zone_name="Asia/Shanghai",
            languages=["en", "zh-hans", "fr", "es", "ru", "ar"],
        )
        call, empty = called(edition, "full"), called(edition, "empty")
        round_ = rounded(call)
        entries = entered(call)
        jurors = appointed(call, empty)
        tables = assigned(round_, entries, jurors)
    cookies = [cookie_of(juror.account) for juror in jurors if juror.account]
    print(json.dumps({"edition": edition.slug, "cookies": cookies, "tables": tables}))


def called(edition: Edition, slug: str) -> Call:
    """A call that is frozen."""
    now = clock.now()
    return Call.objects.create(
        edition=edition,
        slug=slug,
        preset=Preset.COMPETITION,
        name=Text.of(slug.title()),
        state="frozen",
        opens_at=now - dt.timedelta(days=60),
        closes_at=now - dt.timedelta(days=20),
        languages=["en"],
        seed=secrets.token_hex(32),
    )


def rounded(call: Call) -> Round:
    """The round that reads, with its criteria, and the questions of the form."""
    round_ = Round.objects.create(
        call=call,
        number=1,
        name=Text.of("Desk round"),
        state=RoundState.READING,
        reads=READS,
        closes_at=clock.now() + dt.timedelta(days=9),
    )
    for n in range(CRITERIA):
        Criterion.objects.create(
            round=round_, slug=f"c{n}", name=Text.of(f"Criterion {n}"), anchors={"1": "weak", "10": "strong"}
        )
    for n, slug in enumerate(ANSWERS):
        Question.objects.create(call=call, slug=slug, label=Text.of(slug.title()), kind="text", position=n)
    return round_


def entered(call: Call) -> list[Entry]:
    """The entries, each with a frozen version as long as real ones are."""
    areas = [Area.objects.create(call=call, slug=name.lower(), name=Text.of(name)) for name in AREAS]
    talks = talks_of(synthetic_summit()).sessions
    entries = Entry.objects.bulk_create(
        [
            Entry(
                call=call,
                number=n + 1,
                area=areas[n % len(areas)],
                state=EntryState.JUDGED,
                title=Text.of(f"{talks[n % len(talks)].title} {n + 1}"),
                abstract=Text.of(talks[n % len(talks)].description),
                answers={slug: talks[(n + at) % len(talks)].description for at, slug in enumerate(ANSWERS)},
                organisation_name=f"Institute {n + 1}",
                contact_email=f"entrant{n}@example.org",
            )
            for n in range(ENTRIES)
        ],
        batch_size=200,
    )
    form = form_of(call)
    for entry in entries:
        entry.call = call
    contents = [content_of(entry, form) for entry in entries]
    EntryVersion.objects.bulk_create(
        [
            EntryVersion(entry=entry, number=1, content=content, digest=digest(content), why="deadline")
            for entry, content in zip(entries, contents, strict=True)
        ],
        batch_size=200,
    )
    return entries


def appointed(call: Call, empty: Call) -> list[Juror]:
    """Jurors who have accepted and can sign in; they sit on the jury of the empty call as well."""
    jurors = []
    for n in range(JURORS):
        account = Account.objects.create_user(f"juror@jury{n}.example")
        person = Person.objects.create(slug=f"juror-{n}", reference_name=f"Juror {n}", account=account)
        for each in (call, empty):
            made = Juror.objects.create(call=each, person=person, account=account, state=JurorState.ACCEPTED)
            put_grant(account, JUROR.code, Scope("call", each.pk), by=BENCH)
            if each is call:
                jurors.append(made)
        admit_partner(account, call.edition_id, by=BENCH)
    return jurors


def assigned(round_: Round, entries: list[Entry], jurors: list[Juror]) -> list[list[int]]:
    """Five readers for each entry; the first half of each table is handed in. Returns what is open on each table."""
    Standing.objects.bulk_create(
        [Standing(round=round_, entry=entry, reads=READS) for entry in entries], batch_size=500
    )
    pairs = [(entry, (n * READS + k) % JURORS) for n, entry in enumerate(entries) for k in range(READS)]
    tables: list[list[Entry]] = [[] for _juror in jurors]
    for entry, at in pairs:
        tables[at].append(entry)
    rows = [
        Assignment(
            round=round_,
            entry=entry,
            juror=juror,
            state=AssignmentState.SUBMITTED if place < len(table) // 2 else AssignmentState.GIVEN,
        )
        for juror, table in zip(jurors, tables, strict=True)
        for place, entry in enumerate(table)
    ]
    made = Assignment.objects.bulk_create(rows, batch_size=500)
    reviews = [handed_in(row, n) for n, row in enumerate(made) if row.state == AssignmentState.SUBMITTED]
    Review.objects.bulk_create(reviews, batch_size=200)
    return [[entry.number for entry in table[len(table) // 2 :]] for table in tables]


def handed_in(assignment: Assignment, n: int) -> Review:
    """A review as its juror sealed it."""
    marks = {f"c{k}": 1 + (n * 7 + k * 3) % 10 for k in range(CRITERIA)}
    review = Review(
        assignment=assignment,
        marks=marks,
        score=sum(marks.values()) / CRITERIA,
        remarks="It works, and the figures were checked. " * 8,
        feedback="Thank you. Tell us how it is paid for. " * 5,
        version=3,
        submitted_at=clock.now() - dt.timedelta(minutes=11 * (n % 400)),
        salt=secrets.token_hex(32),
    )
    review.digest = digest(digested(review))
    return review


def cookie_of(account: Account) -> str:
    """The cookie of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main()
