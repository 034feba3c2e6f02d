from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from summitry.editions.actions.deadline import DeadlineGiven, set_deadlines
from summitry.editions.enums import DeadlineKind
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.grants import grant_role
from summitry.foundation.models import StoredFile
from summitry.programme.actions.answers import decline_appearance
from summitry.programme.actions.material import hand_in_material
from summitry.programme.enums import MaterialKind
from summitry.programme.errors import DeadlinePassed, PartNotOpen
from summitry.programme.models import Material
from summitry.programme.permissions import INTERPRETER, ROOM_OPERATOR
from tests.directory.make import make_account
from tests.editions.make import make_room
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, at, place
from tests.programme.speaking.make import PDF, holder, office, page_url, part_of, pdf, speaker

pytestmark = pytest.mark.django_db
SLIDES = MaterialKind.SLIDES
PPTX = ("[Content_Types].xml", "x"), ("ppt/presentation.xml", "y")


@pytest.fixture
def house() -> House:
    house = make_house()
    house.rooms["lotus"] = make_room(house.edition, "Lotus", code="lotus")
    place(house.sessions["lamp"], house.rooms["lotus"], at(10))
    scopes = {
        "operator": (ROOM_OPERATOR.code, Scope("room", house.rooms["moon"].pk)),
        "all_rooms": (ROOM_OPERATOR.code, Scope("edition", house.edition.pk)),
        "interpreter": (INTERPRETER.code, Scope("edition", house.edition.pk)),
    }
    for who, (role, scope) in scopes.items():
        house.accounts[who] = make_account(f"{who}@example.org")
        grant_role(house.accounts[who], role, scope, by=SYSTEM)
        grant_role(house.accounts[who], "partner", Scope("edition", house.edition.pk), by=SYSTEM)
    return house


def status(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content)  # type: ignore[attr-defined] # read to its end, which closes it
    return int(response.status_code)


def both(house: House) -> tuple[Material, Material]:
    """Slides of either forum's speaker."""
    rain = hand_in_material(part_of(house), SLIDES, pdf("rain.pdf"), by=SYSTEM)
    lamp = hand_in_material(part_of(house, "leila"), SLIDES, pdf("lamp.pdf"), by=SYSTEM)
    return rain, lamp


def test_each_file_is_a_version_and_the_same_file_is_not(house: House) -> None:
    part, me = part_of(house), holder(speaker(house))
    first = hand_in_material(part, SLIDES, pdf(), by=me, note="With  sound")
    again = hand_in_material(part, SLIDES, pdf("copy.pdf"), by=me)
    second = hand_in_material(part, SLIDES, pdf(content=PDF + b"%2"), by=me)
    other = hand_in_material(part, MaterialKind.PAPER, pdf(), by=me)
    assert again == first
    assert [(m.kind, m.number, m.note) for m in (first, second, other)] == [
        ("slides", 1, "With sound"), ("slides", 2, ""), ("paper", 1, ""),
    ]  # fmt: skip
    assert StoredFile.objects.count() == 3
    assert not StoredFile.objects.filter(is_public=True).exists()


def test_late_file_is_marked_within_the_grace_and_then_only_taken_by_staff(house: House) -> None:
    due = at(12, day=-1)
    set_deadlines(house.edition, [DeadlineGiven(DeadlineKind.SLIDES, due, 24)], by=SYSTEM)
    part, me = part_of(house), holder(speaker(house))
    assert hand_in_material(part, SLIDES, pdf(), by=me).is_late is False
    with clock.frozen(due + dt.timedelta(hours=2)):
        assert hand_in_material(part, SLIDES, pdf(content=PDF + b"%2"), by=me).is_late is True
    with clock.frozen(due + dt.timedelta(hours=25)):
        with pytest.raises(DeadlinePassed):
            hand_in_material(part, SLIDES, pdf(content=PDF + b"%3"), by=me)
        assert hand_in_material(part, SLIDES, pdf(content=PDF + b"%3"), by=SYSTEM).is_late is True


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (SimpleUploadedFile("slides.exe", b"MZ\x00"), SLIDES),
        (SimpleUploadedFile("slides.pdf", b"MZ\x00" * 400), SLIDES),
        (SimpleUploadedFile("slides.pdf", b"<html><script>alert(1)</script>"), SLIDES),
        (SimpleUploadedFile("slides.pdf", b""), SLIDES),
        (SimpleUploadedFile("slides.pptx", b"PK\x03\x04 not an archive"), SLIDES),
        (office("slides.pptx", ("[Content_Types].xml", "x"), ("word/document.xml", "y")), SLIDES),
        (office("slides.pptx", *PPTX, ("ppt/vbaProject.bin", "z")), SLIDES),
        (office("slides.pptm", *PPTX), SLIDES),
        (office("slides.odp", ("mimetype", "application/zip")), SLIDES),
        (
            office(
                "slides.odp",
                ("mimetype", "application/vnd.oasis.opendocument.presentation"),
                ("Basic/Standard/a.xml", "z"),
            ),
            SLIDES,
        ),
        (pdf("film.pdf"), MaterialKind.VIDEO),
        (SimpleUploadedFile("film.mp4", b"not a film at all" * 40), MaterialKind.VIDEO),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_beside_its_field_and_leaves_nothing(
    house: House, upload: SimpleUploadedFile, kind: MaterialKind
) -> None:
    upload.seek(0)
    with pytest.raises(InvalidInput) as refused:
        hand_in_material(part_of(house), kind, upload, by=holder(speaker(house)))
    assert list(refused.value.fields) == ["file"]
    assert (Material.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("upload", "kind", "media_type"),
    [
        (office("a.pptx", *PPTX), SLIDES, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        (office("a.odp", ("mimetype", "application/vnd.oasis.opendocument.presentation")), SLIDES, "application/vnd.oasis.opendocument.presentation"),
        (SimpleUploadedFile("a.mp4", b"\x00\x00\x00\x18ftypisom" + b"\x00" * 5000), MaterialKind.VIDEO, "video/mp4"),
        (SimpleUploadedFile("a.txt", "Ладно 好".encode()), MaterialKind.SPEECH, "text/plain"),
    ],
)  # fmt: skip
def test_file_is_kept_as_what_it_is(
    house: House, upload: SimpleUploadedFile, kind: MaterialKind, media_type: str
) -> None:
    upload.seek(0)
    stored = hand_in_material(part_of(house), kind, upload, by=SYSTEM).file
    upload.seek(0)
    assert stored.media_type == media_type
    with stored.content.open("rb") as kept:
        assert kept.read() == upload.read()


def test_too_large_a_file_is_refused_in_words(house: House) -> None:
    upload = pdf()
    upload.size = 201_000_000
    with pytest.raises(InvalidInput) as refused:
        hand_in_material(part_of(house), SLIDES, upload, by=SYSTEM)
    assert "at most 200 MB" in refused.value.fields["file"][0]


def test_declined_part_takes_no_file(house: House) -> None:
    part = decline_appearance(part_of(house), by=SYSTEM)
    with pytest.raises(PartNotOpen):
        hand_in_material(part, SLIDES, pdf(), by=SYSTEM)


def test_link_hands_in_for_its_own_parts_only(house: House) -> None:
    with pytest.raises(PermissionRefused):
        hand_in_material(part_of(house, "leila"), SLIDES, pdf(), by=holder(speaker(house)))
    client = Client()
    _rain, lamp = both(house)
    assert client.get(page_url(speaker(house), what=f"files/{lamp.pk}/")).status_code == 404


def test_forged_post_by_link_about_somebody_elses_part_finds_nothing(house: House) -> None:
    theirs = part_of(house, "leila")
    for what, data in (
        ("answer", {"answer": "decline"}), ("wish", {"wished": "recorded"}), ("substitute", {"name": "X"}),
        ("file", {"kind": "slides", "file": pdf()}),
    ):  # fmt: skip
        response = Client().post(page_url(speaker(house), what=f"{what}/"), {"part": theirs.pk, **data})
        assert response.status_code == 404, what
    assert part_of(house, "leila").state == "expected"


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("operator", ["rain"]), ("all_rooms", ["rain", "lamp"]),
        ("water", ["rain"]), ("director", ["rain", "lamp"]), ("viewer", ["rain", "lamp"]),
    ],
)  # fmt: skip
def test_everybody_gets_the_files_of_her_own_sessions_and_no_others(
    house: House, who: str, codes: list[str]
) -> None:
    files = dict(zip(("rain", "lamp"), both(house), strict=True))
    client = house.signed_in(who)
    html = client.get(house.url("materials/?day=all")).content.decode()
    archive = client.get(house.url("materials/archive/?day=all"))
    names = zipfile.ZipFile(io.BytesIO(b"".join(archive.streaming_content))).namelist()  # type: ignore[attr-defined]
    for code, row in files.items():
        assert (f"{code}.pdf" in html) is (code in codes)
        assert any(code in one for one in names) is (code in codes)
        for path in (f"materials/files/{row.pk}/", f"materials/sessions/{code}/"):
            assert status(client, house.url(path)) == (200 if code in codes else 404)
        assert status(client, f"/api/v1/editions/rivertown/materials/{row.pk}/file") == (
            200 if code in codes else 404
        )
    listed = client.get("/api/v1/editions/rivertown/materials").json()["items"]
    assert {one["session"] for one in listed} == set(codes)


def test_interpreter_gets_files_with_her_packs_only(house: House) -> None:
    rows = both(house)
    client = house.signed_in("interpreter")
    for row in rows:
        assert status(client, house.url(f"materials/files/{row.pk}/")) == 404
        assert status(client, f"/api/v1/editions/rivertown/materials/{row.pk}/file") == 404
    assert client.get("/api/v1/editions/rivertown/materials").json()["items"] == []


def test_operator_gets_nothing_else_of_the_programme(house: House) -> None:
    both(house)
    client = house.signed_in("operator")
    for path in ("sessions/", "speakers/", "contributions/", "forums/"):
        html = client.get(house.url(path)).content.decode()
        assert "Rain and data" not in html
        assert "Chen Sihan" not in html
    assert client.get(house.url(f"speakers/{speaker(house).pk}/")).status_code == 404


def test_session_that_leaves_the_room_takes_its_files_along(house: House) -> None:
    both(house)
    place(house.sessions["rain"], house.rooms["lotus"], at(9))
    assert "rain.pdf" not in house.signed_in("operator").get(house.url("materials/?day=all")).content.decode()


def test_archive_has_plain_names_and_a_table_of_what_is_in_it(house: House) -> None:
    hand_in_material(part_of(house), SLIDES, pdf("=cmd|' .pdf"), by=SYSTEM, note="=1+1")
    hand_in_material(part_of(house), SLIDES, pdf("../../etc/passwd.pdf", PDF + b"%2"), by=SYSTEM, note="=1+1")
    response = house.signed_in("operator").get(house.url("materials/archive/?room=moon&day=2026-11-09"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="rivertown_moon_2026-11-09.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert archive.testzip() is None
    assert archive.namelist() == ["09-0900_rain/chen-sihan_slides_v2.pdf", "manifest.csv"]
    assert archive.read("09-0900_rain/chen-sihan_slides_v2.pdf") == PDF + b"%2"
    rows = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert [(row["session"], row["room"], row["who"], row["version"], row["note"]) for row in rows] == [
        ("Rain and data", "Moon Bridge", "Chen Sihan", "2", "'=1+1")
    ]


def test_file_is_saved_and_never_shown(house: House) -> None:
    rain, _lamp = both(house)
    for response in (
        house.signed_in("operator").get(house.url(f"materials/files/{rain.pk}/")),
        Client().get(page_url(speaker(house), what=f"files/{rain.pk}/")),
    ):
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"]
        assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
