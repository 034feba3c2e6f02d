"""This room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput, StaleState, SummitryError


class TranslationConflict(StaleState):
    """Somebody else saved this translation first; nothing was written."""

    code = "translation-conflict"
    message = _("Somebody else has saved this translation meanwhile. Both are shown; nothing is lost.")


class SourceConflict(StaleState):
    """The source text changed while it was being translated; nothing was written."""

    code = "source-conflict"
    message = _("The source text has changed meanwhile. Nothing was written; please compare and save again.")


class NotTranslatable(InvalidInput):
    """The text cannot be translated into this language."""

    code = "not-translatable"
    message = _("This text cannot be translated into this language.")


class FileRefused(InvalidInput):
    """A file of translations cannot be read at all."""

    code = "translation-file-refused"
    message = _("This file cannot be read: %(reason)s")


class PlanOutdated(SummitryError):
    """Texts changed between the report and the import."""

    code = "plan-outdated"
    message = _("Texts have changed since the report was made. Nothing was written; this is the new report.")


class NoMachine(SummitryError):
    """No machine translation is configured."""

    code = "no-machine"
    message = _("No machine translation is set up for this installation.")


class MachineFailed(SummitryError):
    """The machine translation service did not answer as it should."""

    code = "machine-failed"
    status = 502
    message = _("The machine translation service did not answer: %(reason)s")
