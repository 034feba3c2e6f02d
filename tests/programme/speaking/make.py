"""Speakers of the small house: their records, parts, links and files."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from summitry.foundation.access import Actor
from summitry.programme.models import Appearance, Speaker
from summitry.programme.queries.speaker_links import Holder, Opened, secret_of
from tests.programme.console import House

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def speaker(house: House, who: str = "chen") -> Speaker:
    return Speaker.objects.select_related("edition", "person__portrait").get(
        edition=house.edition, person=house.people[who]
    )


def part_of(house: House, who: str = "chen", **where: object) -> Appearance:
    """Return somebody's only part, or the one in a session of this code."""
    rows = Appearance.objects.filter(session__edition=house.edition, person=house.people[who], **where)
    return rows.select_related("session__forum", "session__edition", "contribution", "person").get()


def holder(one: Speaker, kind: Holder = Holder.SPEAKER) -> Actor:
    return Opened(one, kind, is_current=True).actor


def page_url(one: Speaker, kind: Holder = Holder.SPEAKER, what: str = "", lang: str = "en") -> str:
    path = reverse("speaking:page", args=[secret_of(one, kind)])
    return f"/{lang}/{path.split('/', 2)[2]}{what}"


def pdf(name: str = "slides.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def picture(name: str = "me.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (80, 100), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def office(name: str, *entries: tuple[str, str]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, words in entries:
            archive.writestr(path, words)
    return SimpleUploadedFile(name, out.getvalue())
