"""What juries add elsewhere: the readiness list, an audience of letters, a guest's receipt, and the API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from summitry.calls.actions.checking import run_rules
from summitry.calls.actions.eligibility_rule import create_rule
from summitry.calls.jury_contributions import JURORS, find
from summitry.calls.models import Conflict
from summitry.calls.readiness_jury import eligibility, juries
from summitry.editions.queries.readiness import Asked
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from summitry.mailing.audiences import Question
from tests.calls.jury.people import account_of
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror
from tests.directory.make import make_account

pytestmark = pytest.mark.django_db


def test_what_waits_stands_on_the_readiness_list() -> None:
    now = clock.now()
    call = make_call(opens_at=now - dt.timedelta(days=20), closes_at=now - dt.timedelta(days=1))
    create_rule(call, by=SYSTEM, name=Text.of("Look"), kind="person")
    entry = make_entry(call, state="submitted")
    run_rules(call, by=SYSTEM)
    juror = make_juror(call, state="invited")
    Conflict.objects.create(juror=juror, entry=entry, kind="other", source="juror")
    officer, manager = (account_of(call, role).actor() for role in ("officer", "manager"))

    def keys(check: object, who: object) -> list[str]:
        asked = Asked(call.edition, who, "en", {})  # type: ignore[arg-type]
        return [line.key.rpartition("-")[0] for line in check(asked)]  # type: ignore[operator]

    assert keys(eligibility, officer) == ["calls-eligibility"]
    assert keys(eligibility, manager) == []
    assert keys(juries, manager) == ["calls-conflicts-state-open", "calls-jury"]


def test_letters_go_to_jurors_who_were_asked() -> None:
    call = make_call()
    account = make_account()
    make_juror(call, account=account)
    make_juror(call, state="proposed")
    manager = account_of(call, "manager").actor()
    assert JURORS.open_to(manager, call.edition)
    assert not JURORS.open_to(account.actor(), call.edition)
    found = list(find(Question(call.edition, manager)))
    assert [one.address for one in found] == [call.jurors.get(account=account).person.email]


def test_the_api_lists_and_decides(client: Client) -> None:
    call = make_call()
    conflict = Conflict.objects.create(
        juror=make_juror(call), entry=make_entry(call), kind="other", source="juror"
    )
    client.force_login(account_of(call, "manager"))
    at = f"/api/v1/editions/{call.edition.slug}/calls/{call.slug}/"
    assert len(client.get(f"{at}jurors").json()["items"]) == 1
    assert client.get(f"{at}eligibility").json()["items"] == []
    (listed,) = client.get(f"{at}conflicts").json()["items"]
    assert (listed["id"], listed["state"]) == (conflict.pk, "open")
    client.force_login(make_account())
    assert client.get(f"{at}conflicts").status_code in {403, 404}
