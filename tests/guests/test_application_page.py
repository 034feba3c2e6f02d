"""The application by link, as the guest meets it: without scripts, on a telephone, in her language."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from summitry.foundation.i18n import Text
from summitry.guests.actions.companion import name_companion
from summitry.guests.actions.defaults import install_defaults
from summitry.guests.actions.nomination import Nominee
from summitry.guests.enums import Capacity, FieldKind, GuestState, Step
from summitry.guests.models import Category, Consent, Guest
from summitry.guests.queries.guest_links import secret_of
from summitry.guests.queries.questions import given_by
from tests.directory.make import make_entity, make_person, name
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_field, make_guest, make_purpose

pytestmark = pytest.mark.django_db


def url(guest: Guest, what: str = "application/", lang: str = "en") -> str:
    return f"/{lang}/guest/{secret_of(guest)}/{what}"


def values_of(guest: Guest) -> dict[str, Any]:
    return {slug: given.value for slug, given in given_by([guest.pk]).get(guest.pk, {}).items()}


def seen_in(html: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', html)
    assert found is not None
    return found[1].replace("&quot;", '"')


def picture(width: int = 354, height: int = 472) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(out, "JPEG")
    return SimpleUploadedFile("me.jpg", out.getvalue(), "image/jpeg")


def ready(capacity: Capacity = Capacity.DELEGATE, **facts: Any) -> Guest:
    edition = make_edition()
    make_entity("CN")
    install_defaults(edition, by=SYSTEM)
    return make_guest(edition, Category.objects.get(edition=edition, capacity=capacity), **facts)


def test_page_asks_and_keeps_and_hands_in(client: Client) -> None:
    guest = ready()
    page = client.get(url(guest)).content.decode()
    assert "Your organisation" in page
    assert "Hand in" in page
    given = {
        "seen": seen_in(page), "organisation": "Institute of Water", "post": "Director", "phone": "+33 1 23 45 67 89",
        "birth_date": "1970-02-03", "visa": "no", "passport.name": "DUPONT ANNE", "passport.number": "ab123456",
        "passport.issuer": "CN", "passport.expires_on": "2031-05-06", "passport.issued_on": "",
    }  # fmt: skip
    assert client.post(url(guest), {**given, "save": "1"}).status_code == 302
    saved = client.get(url(guest)).content.decode()
    assert "Institute of Water" in saved
    assert "AB123456" not in saved
    assert "Given, and sealed" in saved
    refused = client.post(url(guest), {"seen": seen_in(saved), "visa": "yes", "visa_from": "", "submit": "1"})
    assert refused.status_code == 422
    words = refused.content.decode()
    assert "A photo is still needed." in words
    assert "Please answer this." in words
    client.post(url(guest, "photo/"), {"photo": picture()})
    assert client.post(url(guest), {"visa": "no", "submit": "1"}).status_code == 302
    guest.refresh_from_db()
    assert guest.state == GuestState.SUBMITTED
    assert "Being checked" in client.get(url(guest)).content.decode()


def test_what_is_refused_stays_typed_beside_its_error(client: Client) -> None:
    guest = ready()
    response = client.post(
        url(guest), {"organisation": "x" * 201, "phone": "call me", "post": "Élue", "save": "1"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "At most 200 characters are possible." in page
    assert 'value="call me"' in page
    assert 'value="Élue"' in page
    assert values_of(guest) == {}


def test_two_open_pages_lose_nothing(client: Client) -> None:
    guest = ready()
    first = seen_in(client.get(url(guest)).content.decode())
    client.post(url(guest), {"seen": first, "post": "Minister", "save": "1"})
    crossed = client.post(url(guest), {"seen": first, "post": "Deputy", "save": "1"})
    assert crossed.status_code == 422
    assert values_of(guest) == {"post": "Minister"}
    decided = seen_in(crossed.content.decode())
    assert client.post(url(guest), {"seen": decided, "post": "Deputy", "save": "1"}).status_code == 302
    assert values_of(guest) == {"post": "Deputy"}


def test_head_of_state_is_asked_little(client: Client) -> None:
    guest = ready(Capacity.HEAD_OF_STATE)
    page = client.get(url(guest)).content.decode()
    assert "Your post" in page
    for never in ("Hand in a photo", "passport", "Date of birth", "phone"):
        assert never not in page
    assert "No photo is asked of you." in client.get(url(guest, "photo/")).content.decode()
    assert client.post(url(guest, "photo/"), {"photo": picture()}).status_code == 422


def test_page_speaks_the_readers_language(client: Client) -> None:
    edition = make_edition()
    label = Text.of({"en": "Your post", "ar": "وظيفتكم", "zh-hans": "您的职务"})
    make_field(edition, "post", label=label, purpose=make_purpose(edition))
    guest = make_guest(edition)
    for lang, words, direction in (("ar", "وظيفتكم", "rtl"), ("zh-hans", "您的职务", "ltr")):
        page = client.get(url(guest, lang=lang)).content.decode()
        assert words in page
        assert f'dir="{direction}"' in page[:200]


def test_condition_is_marked_for_scripts_and_said_in_words(client: Client) -> None:
    guest = ready()
    page = client.get(url(guest)).content.decode()
    assert 'data-asked-if="visa" data-asked-in="yes"' in page
    assert "Only if you answered “Do you need a letter for your visa application?” with: Yes" in page


def test_consent_goes_with_the_answer_or_it_is_not_kept(client: Client) -> None:
    guest = ready(state=GuestState.APPROVED)
    page = client.get(url(guest)).content.decode()
    digest = re.search(r'name="consent.diet" value="([^"]+)"', page)
    assert digest is not None
    refused = client.post(url(guest), {"diet": "vegan", "save": "1"})
    assert refused.status_code == 422
    assert values_of(guest) == {}
    client.post(url(guest), {"diet": "vegan", "consent.diet": digest[1], "save": "1"})
    assert values_of(guest) == {"diet": "vegan"}
    assert [(line.purpose.slug, line.is_given) for line in Consent.objects.all()] == [("diet", True)]
    assert client.post(url(guest), {"confirm": "1"}).status_code == 302
    guest.refresh_from_db()
    assert guest.state == GuestState.CONFIRMED


def test_photo_is_upright_large_enough_and_can_go_again(client: Client) -> None:
    guest = ready()
    refused = {
        "The picture is too small to be printed": picture(200, 300),
        "it is wider than high": picture(640, 480),
        "cannot be used here": SimpleUploadedFile("me.jpg", b"%PDF-1.4 no picture"),
    }
    for words, upload in refused.items():
        response = client.post(url(guest, "photo/"), {"photo": upload})
        assert (response.status_code, words in response.content.decode()) == (422, True)
    assert client.post(url(guest, "photo/")).status_code == 422
    assert client.post(url(guest, "photo/"), {"photo": picture()}).status_code == 302
    sent = client.get(url(guest, "photo.img"))
    assert (sent.headers["Content-Type"], sent.getvalue()[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert client.post(url(guest, "photo/"), {"remove": "1"}).status_code == 302
    assert client.get(url(guest, "photo.img")).status_code == 404


def test_guest_completes_whom_she_brings_and_nobody_elses(client: Client) -> None:
    principal = ready()
    companion = name_companion(
        principal, Nominee(person=make_person(name("display", "en", "Ali Aide"))), by=SYSTEM
    )
    page = client.get(url(principal)).content.decode()
    assert f"companions/{companion.pk}/" in page
    there = url(principal, f"companions/{companion.pk}/")
    assert "Ali Aide" in client.get(there).content.decode()
    assert client.post(there, {"relation": "aide", "save": "1"}).status_code == 302
    assert values_of(companion) == {"relation": "aide"}
    assert client.post(f"{there}photo/", {"photo": picture()}).status_code == 302
    stranger = make_guest(principal.edition)
    assert client.get(url(stranger, f"companions/{companion.pk}/")).status_code == 404


def test_links_that_open_nothing_are_told_in_peace(client: Client) -> None:
    guest = make_guest(make_edition())
    there = url(guest)
    Guest.objects.update(generation=2)
    assert client.get(there).status_code == 410
    assert client.post(url(guest, "again/")).status_code == 200
    assert client.get("/en/guest/nothing/application/").status_code == 404
    response = client.get(url(Guest.objects.get()))
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_file_is_handed_in_and_sent_back(client: Client) -> None:
    edition = make_edition()
    make_field(edition, "card", kind=FieldKind.FILE)
    guest = make_guest(edition, make_category(edition, steps=[Step.APPLICATION]))
    upload = SimpleUploadedFile("card.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(url(guest), {"card": upload, "save": "1"}).status_code == 302
    assert "card.pdf" in client.get(url(guest)).content.decode()
    response = client.get(url(guest, "answers/card/"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="card.pdf"'
    assert response.getvalue() == b"%PDF-1.4\n%%EOF\n"
    assert client.post(url(guest), {"card.clear": "1", "save": "1"}).status_code == 302
    assert client.get(url(guest, "answers/card/")).status_code == 404


def test_application_takes_few_queries(client: Client, django_assert_num_queries: Any) -> None:
    guest = ready()
    with django_assert_num_queries(10):
        client.get(url(guest))
