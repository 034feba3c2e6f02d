"""Many nominees at once: a table that is pasted or a file, one line each, as it comes out of a spreadsheet.

The columns are a name, an e-mail address, and a category, in this order; whoever has a heading may order them otherwise.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from summitry.foundation.search import fold
from summitry.foundation.tables import read_table
from summitry.guests.actions.nomination import MOST_AT_ONCE, Nominee
from summitry.guests.forms.delegations import nominee_of
from summitry.guests.models import Category
from summitry.guests.queries.delegations import Places

ORDER = ("name", "email", "category", "native_name", "native_lang")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "nom", "nombre", "имя", "фио", "姓名", "الاسم"),
    "email": (
        "e-mail",
        "email",
        "e-mail address",
        "mail",
        "courriel",
        "correo",
        "почта",
        "邮箱",
        "电子邮箱",
        "البريد",
    ),
    "category": ("category", "categorie", "categoria", "категория", "类别", "الفئة"),
    "native_name": ("native name", "own script", "name in own script"),
    "native_lang": ("language", "langue", "idioma", "язык", "语言", "اللغة"),
}
LONGEST = 200_000
LARGEST = 5_000_000


class NomineeTableForm(forms.Form):
    """The table or a file with it, and the category of lines that name none."""

    table = forms.CharField(
        label=_("Table"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "spellcheck": "false"}),
        help_text=_("One line for each: name, e-mail address, category. Copy it from your spreadsheet."),
    )

    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("XLSX, ODS or CSV; the first sheet counts."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args: Any, places: Sequence[Places], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {one.category.slug: one.category for one in places}
        self.fields["category"] = forms.ChoiceField(
            label=_("Category, where a line names none"),
            choices=[(slug, str(one)) for slug, one in self.categories.items()],
        )
        self.refusals: list[str] = []
        self.lines: list[dict[str, str]] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        file = cleaned.get("file")
        if file is not None and file.size > LARGEST:
            self.add_error("file", _("The file is too large."))
            return cleaned
        rows = file_rows(file.read(), file.name) if file is not None else pasted_rows(cleaned["table"])
        self.lines = by_column(rows)
        where = "table" if file is None else "file"
        if not self.lines:
            self.add_error(where, _("Give at least one line."))
        elif len(self.lines) > MOST_AT_ONCE:
            self.add_error(where, gettext("At most %(most)s at once.") % {"most": MOST_AT_ONCE})
        return cleaned

    def nominees(self) -> list[tuple[Category, Nominee]]:
        """Return whom the table names; after `is_valid`. What is wrong with single lines is under `refusals`."""
        known = {
            fold(word): one
            for one in self.categories.values()
            for word in (one.slug, *one.name.texts.values())
        }
        default = self.categories[self.cleaned_data["category"]]
        found = []
        for number, row in enumerate(self.lines, 1):
            words = row.get("category", "")
            category = known.get(fold(words)) if words else default
            if category is None:
                text = gettext("Line %(number)d: there is no category “%(words)s”.")
                self.refusals.append(text % {"number": number, "words": words[:60]})
                continue
            parts = [row.get(key, "") for key in ("name", "email", "native_name", "native_lang")]
            found.append((category, nominee_of(*parts)))
        return [] if self.refusals else found

    def refuse(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Say of single lines why nobody was nominated."""
        for number, sentences in fields.items():
            text = gettext("Line %(number)s: %(sentence)s")
            self.refusals += [text % {"number": number, "sentence": one} for one in sentences]


def pasted_rows(text: str) -> list[list[str]]:
    """Return the cells of a pasted table; its separator is found out."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        return []
    separator = max("\t;,", key=lambda mark: (lines[0].count(mark), mark == "\t"))
    try:
        return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    except csv.Error:
        return [line.split(separator) for line in lines]


def file_rows(data: bytes, name: str) -> list[list[str]]:
    """Return the cells of a file as words; nothing where it is no table."""
    table = read_table(data, name)
    cells = [[_words(cell) for cell in row.cells] for row in table.rows]
    return [list(table.columns), *cells] if table.columns else []


def by_column(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Return the lines by column, as their heading orders them; empty ones are left out."""
    order = _heading(rows[0]) if rows else None
    lines = rows if order is None else rows[1:]
    return [
        {key: cell.strip() for key, cell in zip(order or ORDER, row, strict=False) if key}
        for row in lines
        if any(cell.strip() for cell in row)
    ]


def _words(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _heading(cells: Sequence[str]) -> list[str] | None:
    """Return the columns that a heading names; None where the first line is no heading."""
    known = {fold(word): key for key, words in HEADINGS.items() for word in words}
    found = [known.get(fold(cell.strip()), "") for cell in cells]
    return found if "name" in found else None
