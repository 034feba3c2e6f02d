"""The tabs that all pages of the workbench share."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.translation.views.door import Entered


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab."""

    label: str
    url: str
    current: bool


def tabs(entered: Entered, current: str) -> list[Tab]:
    """Return the tabs, with the page that is shown marked."""
    labels = {
        "overview": _("Overview"),
        "work": _("Texts"),
        "assignments": _("Assignments"),
        "terms": _("Terms"),
        "files": _("Files"),
    }
    return [
        Tab(label, reverse(f"translation:{name}", args=[entered.edition.slug]), name == current)
        for name, label in labels.items()
    ]
