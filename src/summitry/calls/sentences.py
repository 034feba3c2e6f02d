"""The sentences in which the audit log tells what happened in this room; each part of the room has its own list."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES: dict[str, Promise] = {
    "calls.entry.draft": _("%(actor)s opened the entry %(object)s again."),
    "calls.entry.submitted": _("%(actor)s handed in the entry %(object)s."),
    "calls.entry.returned": _("%(actor)s returned the entry %(object)s to be completed."),
    "calls.entry.eligible": _("%(actor)s found the entry %(object)s eligible."),
    "calls.entry.ineligible": _("%(actor)s found the entry %(object)s not eligible."),
    "calls.entry.judged": _("%(actor)s gave the entry %(object)s to the jury."),
    "calls.entry.not_advanced": _("%(actor)s let the entry %(object)s go no further."),
    "calls.entry.shortlisted": _("%(actor)s shortlisted the entry %(object)s."),
    "calls.entry.selected": _("%(actor)s selected the entry %(object)s."),
    "calls.entry.reserve": _("%(actor)s put the entry %(object)s in reserve."),
    "calls.entry.not_selected": _("%(actor)s did not select the entry %(object)s."),
    "calls.entry.announced": _("%(actor)s announced the entry %(object)s."),
    "calls.entry.withdrawn": _("%(actor)s withdrew the entry %(object)s."),
    "calls.entry.disqualified": _("%(actor)s disqualified the entry %(object)s."),
    "calls.entries.eligible": _("%(actor)s found %(count)s entries eligible."),
    "calls.entries.judged": _("%(actor)s gave %(count)s entries to the jury."),
    "calls.entries.not_advanced": _("%(actor)s let %(count)s entries go no further."),
    "calls.entries.shortlisted": _("%(actor)s shortlisted %(count)s entries."),
    "calls.entries.selected": _("%(actor)s selected %(count)s entries."),
    "calls.entries.reserve": _("%(actor)s put %(count)s entries in reserve."),
    "calls.entries.not_selected": _("%(actor)s did not select %(count)s entries."),
    "calls.entries.announced": _("%(actor)s announced %(count)s entries."),
    "calls.computation.asked": _("%(actor)s asked for a computation: %(object)s."),
    "calls.computation.begun": _("%(actor)s began a computation: %(object)s."),
    "calls.computation.proposed": _("%(actor)s computed a proposal: %(object)s."),
    "calls.computation.short": _("%(actor)s found no solution: %(object)s."),
    "calls.computation.failed": _("%(actor)s could not finish a computation: %(object)s."),
    "calls.computation.in_force": _("%(actor)s brought into force: %(object)s."),
    "calls.computation.superseded": _("%(actor)s let a newer one take the place of: %(object)s."),
}
"""What the whole room shares; `sentences_<part>.py` beside this file holds the rest."""


def register(sentences: dict[str, Promise]) -> None:
    """Make sentences known to the log."""
    for action, sentence in sentences.items():
        register_sentence(action, sentence)
