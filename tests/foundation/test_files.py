"""Files: judged by their bytes, private by default, pictures written anew with their credit."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import ExifTags, Image

from summitry.foundation.access import system
from summitry.foundation.errors import InvalidInput
from summitry.foundation.files import Purpose, store_file
from summitry.foundation.files.store import PORTRAIT, sniffed_type
from summitry.foundation.models import Account, StoredFile

BY = system("tests")
TABLE = Purpose("tests.table", ("text/csv", "application/xml"), 1000)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **({"exif": exif.tobytes()} if exif else {}))
    return out.getvalue()


@pytest.mark.django_db
def test_a_picture_keeps_its_credit_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Mei Lin"
    exif[ExifTags.Base.Copyright] = "(c) Rivertown"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"

    stored = store_file(SimpleUploadedFile("a.jpg", picture(exif=exif)), PORTRAIT, by=BY)

    with stored.content.open("rb") as file, Image.open(file) as kept:
        found = kept.getexif()
    assert stored.credit == {"artist": "Mei Lin", "copyright": "(c) Rivertown"}
    assert found[ExifTags.Base.Artist] == "Mei Lin"
    assert dict(found.get_ifd(ExifTags.IFD.GPSInfo)) == {}
    assert (stored.media_type, stored.width, stored.height, stored.is_public) == ("image/jpeg", 40, 30, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("portrait.jpg", b"<html><script>alert(1)</script></html>"),
        ("portrait.jpg", b"%PDF-1.7 nothing"),
        ("portrait.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("portrait.jpg", picture()[:200]),
        ("portrait.jpg", b""),
        ("portrait.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ],
)
def test_what_is_no_whole_picture_is_refused_as_a_portrait(name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput):
        store_file(SimpleUploadedFile(name, data), PORTRAIT, by=BY)
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="too large"):
        store_file(SimpleUploadedFile("a.csv", b"a,b\n" * 400), TABLE, by=BY)


def test_type_is_judged_by_the_bytes_not_the_name() -> None:
    assert sniffed_type(picture("PNG"), "letter.jpg") == "image/png"
    assert sniffed_type(b"title,room\n", "a.csv") == "text/csv"
    assert sniffed_type(b"\x00\x01\x02title", "a.csv") == "application/octet-stream"


@pytest.mark.django_db
def test_a_name_from_outside_cannot_leave_its_folder() -> None:
    stored = store_file(SimpleUploadedFile("../../etc/passwd.csv", b"a,b\n"), TABLE, by=BY)

    assert stored.name == "passwd.csv"
    assert str(stored.content.name).startswith("stored/")


@pytest.mark.django_db
def test_a_private_file_is_for_its_owner_only(client: Client) -> None:
    owner = Account.objects.create_user("owner@example.org")
    stored = store_file(SimpleUploadedFile("a.csv", b"a,b\n"), TABLE, by=owner.actor())
    address = f"/files/{stored.public_id}/"

    assert client.get(address).status_code == 404
    client.force_login(Account.objects.create_user("other@example.org"))
    assert client.get(address).status_code == 404
    client.force_login(owner)
    response = client.get(address)
    assert (response.status_code, b"".join(response)) == (200, b"a,b\n")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
