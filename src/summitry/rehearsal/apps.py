"""Registers the audit sentence of the demo's removal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RehearsalConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.rehearsal"
    label = "rehearsal"

    def ready(self) -> None:
        from summitry.foundation.audit import register_sentence  # noqa: PLC0415 - needs loaded models

        register_sentence("rehearsal.demo.removed", _("%(actor)s removed the demo edition “%(object)s”."))
