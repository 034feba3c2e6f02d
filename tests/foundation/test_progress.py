"""Work that somebody watches: its bar, its end in words, its privacy, and its survival when a worker dies."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from summitry.editions.permissions import DIRECTOR, EDITOR
from summitry.foundation.access import Scope, visible
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import grant_role
from summitry.foundation.jobs import EmbeddedWorker, Kind, Stage, TrackedWork, run_pending, start, tracked
from summitry.foundation.jobs import views as progress_views
from summitry.foundation.jobs.housekeeping import tidy_up
from summitry.foundation.jobs.pages import ProgressPage, address_of, register_page, shown
from summitry.foundation.jobs.ticks import Tick, Ticker, latest
from summitry.foundation.jobs.worker import recover_abandoned
from summitry.foundation.models import Account, Progress, ProgressState, WorkerBeat
from tests.directory.make import make_account
from tests.programme.make import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
KIND = Kind(
    "tests.count", _("Counting"), (Stage("low", _("Low numbers")), Stage("high", _("High numbers"), 3))
)
NOW = dt.timedelta(0)
seen: list[tuple[int | None, str]] = []
counted: Counter[str] = Counter()


@tracked(KIND, retries=1, first_pause=NOW)
def count(work: TrackedWork, how: str) -> None:
    """Count in one transaction, looking from outside how far it seems; `how` says how that ends."""
    counted[how] += 1
    with transaction.atomic():
        Account.objects.create(email=f"{how}-{counted[how]}@example.org")
        work.stage("low")
        look(work)
        work.stage("high")
        for number in work.each(range(4)):
            time.sleep(0.26 if how == "slow" else 0)
            if number == 1:
                look(work)
        if how == "refused":
            raise InvalidInput(_("Please choose a file."))
        if how == "broken" or (how == "once" and counted[how] == 1):
            raise RuntimeError(how)
        work.finish(sum=6)


def look(work: TrackedWork) -> None:
    """Remember what somebody who watches sees at this moment, from a connection of her own."""

    def ask() -> None:
        line = shown(Progress.objects.get(pk=work.progress.pk))
        seen.append((line.percent, line.stage))
        connection.close()

    watcher = threading.Thread(target=ask)
    watcher.start()
    watcher.join()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    seen.clear()
    counted.clear()
    register_page(KIND, ProgressPage(after=lambda _progress: "/done/", back=lambda _progress: "/back/"))
    monkeypatch.setattr(progress_views, "PATIENCE", 0)


def begun(how: str, owner: Account | None = None, edition_id: int | None = None) -> Progress:
    by = owner.actor() if owner else SYSTEM
    return start(count, how, by=by, edition_id=edition_id)


def signed_in(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


def test_work_is_watched_from_outside_its_transaction_and_ends_with_its_result() -> None:
    progress = begun("slow")
    assert shown(progress).stage == "Waiting for its turn"
    run_pending()
    progress.refresh_from_db()

    assert seen == [(0, "Low numbers"), (44, "High numbers")]
    assert (progress.state, progress.result, progress.attempts) == ("done", {"sum": 6}, 1)
    assert progress.ended_at is not None


def test_nothing_is_enqueued_by_a_transaction_that_is_undone() -> None:
    with transaction.atomic():
        begun("quick")
        transaction.set_rollback(True)

    assert (Progress.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_refusal_is_told_in_the_language_of_who_asked_and_not_tried_again() -> None:
    with translation.override("fr"):
        progress = begun("refused")
    run_pending()
    progress.refresh_from_db()
    line = shown(progress)

    with translation.override("fr"):
        assert line.failure == str(_("Please choose a file."))
    assert (line.failure_language, progress.state, progress.code) == ("fr", "failed", "invalid-input")
    assert counted["refused"] == 1
    assert not Account.objects.exists()


def test_an_error_that_passes_is_tried_again_from_the_beginning() -> None:
    progress = begun("once")
    run_pending()
    progress.refresh_from_db()

    assert (progress.state, progress.attempts, counted["once"]) == ("done", 2, 2)
    assert [account.email for account in Account.objects.all()] == ["once-2@example.org"]


def test_an_error_that_stays_ends_in_words_and_leaves_nothing_behind() -> None:
    progress = begun("broken")
    run_pending()
    progress.refresh_from_db()

    assert (progress.state, progress.code, counted["broken"]) == ("failed", "unforeseen", 2)
    assert "Nothing was changed." in shown(progress).failure
    assert not Account.objects.exists()


def test_work_that_two_workers_hold_is_committed_by_one() -> None:
    progress = begun("quick")
    Progress.objects.filter(pk=progress.pk).update(state=ProgressState.RUNNING, attempts=1)
    first = TrackedWork(Progress.objects.get(pk=progress.pk), 2)
    run_pending()
    with transaction.atomic():
        Account.objects.create(email="late@example.org")

        def late() -> None:
            with transaction.atomic():
                Account.objects.create(email="later@example.org")
                first.finish(sum=0)

        first.run(late)
    progress.refresh_from_db()

    assert progress.result == {"sum": 6}
    assert not Account.objects.filter(email="later@example.org").exists()


def test_work_that_kills_its_workers_is_given_up() -> None:
    progress = begun("quick")
    Progress.objects.filter(pk=progress.pk).update(state=ProgressState.RUNNING, attempts=2)
    run_pending()
    progress.refresh_from_db()

    assert (progress.state, progress.code, counted["quick"]) == ("failed", "unforeseen", 0)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="processes are looked up only where one machine has all"
)
def test_the_work_of_a_process_that_was_killed_is_taken_up_at_once() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    name = f"{EmbeddedWorker().worker_id.rpartition(':')[0].rpartition(':')[0]}:{sleeper.pid}:00000000"
    WorkerBeat.objects.create(worker=name, started_at=timezone.now(), seen_at=timezone.now())
    progress = begun("quick")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[name])
    Progress.objects.update(state=ProgressState.RUNNING, attempts=1)

    assert recover_abandoned() == 0
    os.kill(sleeper.pid, signal.SIGKILL)
    sleeper.wait()
    assert recover_abandoned() == 1
    run_pending()
    progress.refresh_from_db()
    assert (progress.state, progress.attempts) == ("done", 2)


def test_several_workers_do_each_piece_of_work_once() -> None:
    rows = [begun(f"n{number}") for number in range(12)]
    workers = [EmbeddedWorker(interval=0.01) for _number in range(3)]
    for worker in workers:
        worker.start()
    deadline = time.monotonic() + 30
    try:
        while Progress.objects.exclude(state="done").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        for worker in workers:
            worker.stop()

    assert counted == {f"n{number}": 1 for number in range(len(rows))}
    assert set(Progress.objects.values_list("attempts", flat=True)) == {1}


def test_the_latest_tick_counts_and_is_forgotten_at_the_end() -> None:
    progress = Progress.objects.create(kind=KIND.code, language="en", state=ProgressState.RUNNING)
    ticker = Ticker(progress.public_id)
    ticker.send(Tick("low", 1, 4))
    ticker.send(Tick("low", 2, 4))
    progress.refresh_from_db()
    assert latest(progress) == Tick("low", 2, 4)
    ticker.close()
    assert not list((settings.DATA / "progress").glob(f"{progress.public_id}*"))


def test_work_is_seen_by_its_owner_the_administrators_and_the_directors_of_its_edition() -> None:
    owner, director, other, editor, administrator = (make_account() for _number in range(5))
    grant_role(director, DIRECTOR.code, Scope("edition", 7), by=SYSTEM)
    grant_role(other, DIRECTOR.code, Scope("edition", 8), by=SYSTEM)
    grant_role(editor, EDITOR.code, Scope("edition", 7), by=SYSTEM)
    grant_role(administrator, "administrator", by=SYSTEM)
    begun("quick", owner, edition_id=7)

    watching = [
        visible(account.actor(), Progress.objects.all()).count()
        for account in (owner, director, administrator, other, editor)
    ]
    assert watching == [1, 1, 1, 0, 0]


def test_page_shows_a_bar_and_leads_on_when_the_work_is_done(client: Client) -> None:
    owner = make_account()
    signed_in(client, owner)
    progress = begun("quick", owner)
    page = client.get(address_of(progress)).content.decode()
    assert '<progress max="100" aria-labelledby="work">' in page
    assert f'content="5;url={address_of(progress)}"' in page
    state = client.get(f"{address_of(progress)}state/").json()
    assert state["ended"] is False
    assert state["note"].startswith("The part of the system that does such work is not running.")

    run_pending()
    assert client.get(f"{address_of(progress)}state/").json()["ended"] is True
    assert client.get(address_of(progress))["Location"] == "/done/"


def test_page_says_why_work_was_not_done_and_leads_back(client: Client) -> None:
    owner = make_account()
    signed_in(client, owner)
    progress = begun("refused", owner)
    run_pending()
    page = client.get(address_of(progress)).content.decode()

    assert "Please choose a file." in page
    assert 'href="/back/"' in page
    assert 'http-equiv="refresh"' not in page


def test_page_of_somebody_elses_work_does_not_exist(client: Client) -> None:
    progress = begun("quick", make_account())
    assert client.get(address_of(progress)).status_code == 302
    signed_in(client, make_account())
    assert client.get(address_of(progress)).status_code == 404
    assert client.get(f"{address_of(progress)}state/").status_code == 404


def test_short_work_is_done_before_its_page_is_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_views, "PATIENCE", 10)
    owner = make_account()
    signed_in(client, owner)
    worker = EmbeddedWorker(interval=0.05)
    worker.start()
    try:
        assert client.get(address_of(begun("quick", owner)))["Location"] == "/done/"
    finally:
        worker.stop()


def test_old_work_is_tidied_away_and_work_under_way_is_kept() -> None:
    old = timezone.now() - dt.timedelta(days=3)
    Progress.objects.create(kind=KIND.code, language="en", state=ProgressState.DONE, ended_at=old)
    kept = Progress.objects.create(kind=KIND.code, language="en", created_at=old)
    tidy_up.func()

    assert list(Progress.objects.all()) == [kept]
