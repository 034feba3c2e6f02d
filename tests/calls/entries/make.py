"""Builders for entries that are filled in, and what their pages need."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from summitry.calls.actions.entry import NewEntry, begin_entry, submit_entry
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.enums import QuestionKind
from summitry.calls.models import Call, Entry, Question
from summitry.calls.queries.entry_links import OpenedEntry
from summitry.directory.models import Entity
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from tests.calls.make import SYSTEM

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def make_question(call: Call, slug: str, kind: str = QuestionKind.LINE, **facts: Any) -> Question:
    """Add a question to a call's form."""
    values = {"label": Text.of(slug.title()), "position": call.questions.count(), **facts}
    return Question.objects.create(call=call, slug=slug, kind=kind, **values)


def make_draft(call: Call, email: str = "ada@ada.example", /, **values: Any) -> Entry:
    """Make a draft with everything that each entry has to have, and more `values`."""
    entity = Entity.objects.first() or Entity.objects.create(code="XA", kind="country")
    new = NewEntry(contact_email=email, contact_name="Ada", is_told=False)
    entry = begin_entry(call, new, by=SYSTEM)
    filled = {
        "title": {"en": "A tidal turbine"},
        "abstract": {"en": "It turns."},
        "kind": "company",
        "organisation_name": "Ada Ltd",
        "entity": entity.code,
        **values,
    }
    save_draft(entry, filled, by=SYSTEM)
    return entry


def make_submitted(call: Call, email: str = "ada@ada.example", /, **values: Any) -> Entry:
    """Make an entry that was handed in."""
    return submit_entry(make_draft(call, email, **values), by=SYSTEM)


def entrant(entry: Entry) -> Actor:
    """Return whoever holds the link of an entry."""
    return OpenedEntry(entry, is_current=True).actor


def pdf(name: str = "plan.pdf", size: int = 0) -> SimpleUploadedFile:
    """Return an upload that is a PDF, padded to `size` bytes."""
    return SimpleUploadedFile(name, PDF + b" " * max(size - len(PDF), 0), "application/pdf")
