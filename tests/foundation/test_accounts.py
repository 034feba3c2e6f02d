"""Signing in: links that work once, codes, and what an account needs before it opens."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from summitry.foundation import signin
from summitry.foundation.access import ADMINISTRATOR, system
from summitry.foundation.accounts import create_account
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account, AuditEntry

pytestmark = pytest.mark.django_db
BY = system("tests")


def test_a_link_signs_in_once_and_only_after_a_press(client: Client) -> None:
    account = create_account("mei@example.org", by=BY, name="Mei")
    address = reverse("site:sign_in_link", args=[signin.sign_in_token(account)])

    assert "Mei" in client.get(address).content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(address).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)
    assert Client().post(address).status_code == 422


def test_a_reusable_link_signs_in_again() -> None:
    account = create_account("mei@example.org", by=BY)
    address = reverse("site:sign_in_link", args=[signin.sign_in_token(account, reusable=True)])

    assert [Client().post(address).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("token", ["", "x", "e30:1abc:def"])
def test_a_made_up_link_signs_nobody_in(token: str) -> None:
    with pytest.raises(InvalidInput):
        signin.account_for(token)


def test_a_link_of_a_closed_account_is_refused() -> None:
    account = create_account("mei@example.org", by=BY)
    token = signin.sign_in_token(account)
    Account.objects.update(is_active=False)

    with pytest.raises(InvalidInput):
        signin.account_for(token)


def test_staff_land_in_the_console_and_guests_on_their_own_page() -> None:
    guest, chief = (create_account(f"{name}@example.org", by=BY) for name in ("guest", "chief"))
    grant_role(chief, ADMINISTRATOR, by=BY)
    landed = [
        Client().post(reverse("site:sign_in_link", args=[signin.sign_in_token(account)]))["Location"]
        for account in (guest, chief)
    ]

    assert landed == ["/en/my/", "/en/console/"]


def test_a_code_by_mail_signs_in_without_another_question(client: Client) -> None:
    account = create_account("mei@example.org", by=BY)
    client.post("/en/account/login/code/", {"email": "MEI@example.org"})
    (code,) = re.findall(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", str(mail.outbox[0].body), re.MULTILINE)
    client.post("/en/account/login/code/confirm/", {"code": code})

    assert client.session["_auth_user_id"] == str(account.pk)


def test_whether_an_address_has_an_account_does_not_show(client: Client) -> None:
    create_account("mei@example.org", by=BY)
    answers = {
        client.post("/en/account/login/code/", {"email": address})["Location"]
        for address in ("mei@example.org", "nobody@example.org")
    }

    assert len(answers) == 1


def test_creating_an_account_is_logged() -> None:
    create_account("mei@example.org", by=BY)

    assert list(AuditEntry.objects.values_list("action", "actor_label")) == [
        ("foundation.account.created", "tests")
    ]


@pytest.mark.parametrize("page", ["login/", "signup/", "login/code/", "password/reset/"])
@pytest.mark.parametrize("lang", ["en", "zh-hans", "fr", "es", "ru", "ar"])
def test_account_pages_speak_all_languages_in_our_frame(client: Client, page: str, lang: str) -> None:
    html = client.get(f"/{lang}/account/{page}").content.decode()

    assert 'class="site-head"' in html
    assert "<h1" in html
    assert " style=" not in html
