import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from summitry.foundation.api.auth import issue_token
from summitry.gates.models import BadgeBatch, Credential
from summitry.guests.models import Guest
from tests.gates.badge_house import Badges, make_badges

pytestmark = pytest.mark.django_db


def _call(made: Badges, who: str, method: str, path: str, data: Any = None) -> HttpResponse:
    token = issue_token(made.accounts[who], "test", ["read", "write"])[1]
    url = f"/api/v1/editions/{made.edition.slug}/{path}"
    options: dict[str, Any] = {"headers": {"Authorization": f"Bearer {token}"}}
    if data is not None:
        options |= {"data": data, "content_type": "application/json"}
    answer: HttpResponse = getattr(Client(), method)(url, **options)
    return answer


def test_badges_are_listed_printed_replaced_and_corrected_over_the_api() -> None:
    made = make_badges("anna", "li", accounts=True)
    anna = made.guests["anna"].pk
    items = _call(made, "desk", "get", "badges?state=unprinted").json()["items"]  # type: ignore[attr-defined]
    assert [(each["name"], each["printed_at"]) for each in items] == [
        ("Anna de la Cruz", None),
        ("Li Xiaoming", None),
    ]
    assert "token" not in items[0]
    printed = _call(made, "desk", "post", f"badges/{anna}/pdf", {"reason": ""})
    assert (printed.status_code, printed.headers["Content-Type"]) == (200, "application/pdf")
    assert "Anna" in PdfReader(io.BytesIO(printed.content)).pages[0].extract_text()
    assert (BadgeBatch.objects.get().badges, Credential.objects.filter(printed_at=None).count()) == (1, 1)
    assert _call(made, "desk", "post", f"badges/{anna}/replace", {"reason": "Lost"}).status_code == 200
    assert list(Credential.objects.filter(guest=anna).order_by("pk").values_list("state", "reason")) == [
        ("superseded", "Lost"),
        ("active", ""),
    ]
    lines = _call(made, "director", "put", f"badges/{anna}/lines", {"name": "A. Cruz"})
    assert lines.json() == {"name": "A. Cruz", "second_name": "", "line": ""}  # type: ignore[attr-defined]
    job = _call(made, "desk", "post", "badges/print", {"which": "unprinted", "sheet": "a4", "marks": True})
    assert (job.status_code, job.json()["badges"]) == (202, 0)  # type: ignore[attr-defined]


def test_the_api_of_badges_is_closed_to_those_who_do_not_print() -> None:
    made = make_badges("anna", accounts=True)
    anna = made.guests["anna"].pk
    assert _call(made, "guest_office", "get", "badges").json()["items"] == []  # type: ignore[attr-defined]
    assert _call(made, "guest_office", "post", f"badges/{anna}/pdf", {"reason": ""}).status_code == 404
    assert _call(made, "guest_office", "post", "badges/print", {}).status_code == 403
    assert Guest.objects.get(pk=anna).badge_name == ""
