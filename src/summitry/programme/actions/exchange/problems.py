"""The sentences in which a reader's findings are told, in the language of whoever asks."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from summitry.programme.interchange.problems import Problem, Severity
from summitry.programme.interchange.sentences import SENTENCES

SEVERITIES = {
    Severity.ERROR: _("Error"),
    Severity.WARNING: _("Warning"),
    Severity.NOTE: _("Note"),
}


def sentence(problem: Problem) -> str:
    """Return what was found as a sentence, without the place."""
    return gettext(SENTENCES[problem.code]) % problem.params


def severity(problem: Problem) -> str:
    """Return how much the problem matters, in one word."""
    return str(SEVERITIES[problem.severity])
