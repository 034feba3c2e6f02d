"""What a juror is shown of an entry: its frozen version and files; in a blind round nothing that says who entered."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from summitry.calls.enums import QuestionKind
from summitry.calls.models import Attachment, EntryVersion
from summitry.calls.queries.entry_content import content_of
from summitry.calls.record.canonical import digest
from summitry.foundation.files.store import Purpose, store_file
from summitry.foundation.i18n import Text, TextState
from tests.calls.entries.make import PDF, make_question
from tests.calls.make import SYSTEM
from tests.calls.reviews.table import Table, make_table

pytestmark = pytest.mark.django_db
ANY_PDF = Purpose("entry_file", ("application/pdf",), 1_000_000)


def told(**facts: object) -> Table:
    """An entry of Rivertown Works, with a telling answer, a telling file, and a plan."""
    table = make_table(**facts)  # type: ignore[arg-type]
    entry = table.entries[0]
    make_question(table.call, "founder", identifies=True)
    make_question(table.call, "idea")
    for slug, identifies in (("plan", False), ("portrait", True)):
        make_question(table.call, slug, QuestionKind.FILE, identifies=identifies)
        upload = SimpleUploadedFile(f"rivertown-works-{slug}.pdf", PDF + slug.encode())
        stored = store_file(upload, ANY_PDF, by=SYSTEM, edition_id=table.edition.pk)
        Attachment.objects.create(entry=entry, slug=slug, file=stored)
    entry.organisation_name = "Rivertown Works"
    entry.answers = {"founder": "Jane of Rivertown", "idea": "Bricks of straw"}
    entry.abstract = Text.of("It stands.").with_text("ar", "إنه قائم.", TextState.MACHINE)
    entry.save()
    content = content_of(entry)
    EntryVersion.objects.create(
        entry=entry, number=2, content=content, digest=digest(content), why="deadline"
    )
    return table


def test_an_open_round_shows_the_whole_version_and_its_files() -> None:
    table = told()
    ada = table.signed_in("ada")
    page = ada.get(table.entry_url()).content.decode()
    shown = ("Rivertown Works", "Jane of Rivertown", "Bricks of straw", "rivertown-works-plan.pdf")
    assert [words for words in shown if words not in page] == []
    answer = ada.get(table.entry_url(path="files/plan/"))
    assert b"".join(answer.streaming_content) == PDF + b"plan"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="rivertown-works-plan.pdf"'
    assert answer["Cache-Control"].startswith("private, no-store")


def test_a_blind_round_hides_who_entered_in_words_files_and_their_names() -> None:
    table = told(is_blind=True)
    ada = table.signed_in("ada")
    page = ada.get(table.entry_url()).content.decode()
    assert ("Rivertown" in page, "rivertown" in page, "Bricks of straw" in page) == (False, False, True)
    answer = ada.get(table.entry_url(path="files/plan/"))
    assert b"".join(answer.streaming_content) == PDF + b"plan"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert ada.get(table.entry_url(path="files/portrait/")).status_code == 404


def test_files_are_for_those_on_whose_table_the_entry_is() -> None:
    table = told(jurors=("ada", "bo"))
    table.assignment("bo").delete()
    assert table.signed_in("bo").get(table.entry_url(path="files/plan/")).status_code == 404
    assert table.signed_in("chair").get(table.entry_url(path="files/plan/")).status_code == 403
    assert table.signed_in("ada").get(table.entry_url(path="files/none/")).status_code == 404


def test_a_translation_says_whose_it_is() -> None:
    table = told()
    page = table.signed_in("ada").get(table.entry_url(lang="ar")).content.decode()
    assert "إنه قائم." in page
    assert "made by a machine" in page or "notice-attention" in page
