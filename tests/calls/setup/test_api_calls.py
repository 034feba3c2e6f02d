"""Calls over the API: what everybody may read, and how a call stands, for those who work on it."""

from __future__ import annotations

import pytest
from django.test import Client

from summitry.calls.actions.call import publish_call
from summitry.calls.actions.inquiry import ask, write_inquiry
from summitry.foundation.i18n import Text
from tests.calls.make import SYSTEM, make_entry
from tests.calls.setup.office import CallOffice, make_call_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> CallOffice:
    return make_call_office()


def url(office: CallOffice, rest: str = "") -> str:
    return f"/api/v1/editions/{office.edition.slug}/calls{rest}"


def test_a_draft_is_told_to_those_who_work_on_it(office: CallOffice) -> None:
    assert Client().get(url(office)).json()["items"] == []
    assert Client().get(url(office, "/cases")).status_code == 404
    assert [one["slug"] for one in office.signed_in("manager").get(url(office)).json()["items"]] == ["cases"]


def test_a_published_call_is_told_whole(office: CallOffice) -> None:
    publish_call(office.call, by=SYSTEM)
    write_inquiry(office.call, Text.of("Twice?"), Text.of("Yes."), by=SYSTEM)
    ask(office.call, "Is there a fee?", email="ana@example.org")
    told = Client().get(url(office, "/cases")).json()
    assert (told["window"], told["state"], told["rules"]["number"]) == ("open", "published", 1)
    assert [one["slug"] for one in told["areas"]] == ["inclusion", "economy", "culture", "climate", "safety"]
    assert told["questions"][-1]["condition"] == {"field": "partners", "in": ["yes"]}
    assert [one["asked"]["texts"] for one in told["answers"]] == [{"en": "Twice?"}]
    assert "seed" not in str(told)


def test_the_standing_is_for_those_who_work_on_the_call(office: CallOffice) -> None:
    publish_call(office.call, by=SYSTEM)
    make_entry(office.call, state="submitted")
    codes = {
        who: office.signed_in(who).get(url(office, "/cases/standing")).status_code for who in office.accounts
    }
    assert codes == {
        "director": 200, "manager": 200, "officer": 200, "chair": 200, "juror": 403, "nobody": 403,
    }  # fmt: skip
    assert Client().get(url(office, "/cases/standing")).status_code in {401, 403}
    told = office.signed_in("chair").get(url(office, "/cases/standing")).json()
    assert told["entries"] == {"submitted": 1}
    assert [one["reads"] for one in told["rounds"]] == [4, 5]
