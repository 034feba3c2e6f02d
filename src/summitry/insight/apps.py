"""Registers what this room contributes: policies, audit sentences and navigation."""

import datetime as dt
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.insight"
    label = "insight"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.audit import register_sentence  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs import every  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.web.navigation import NavEntry, register_nav  # noqa: PLC0415 - needs loaded models
        from summitry.insight.actions.guest_figures import record_all_guest_figures  # noqa: PLC0415 - needs loaded models
        from summitry.insight.actions.pace import take_all_figures  # noqa: PLC0415 - needs loaded models
        from summitry.insight.navigation import register as register_console  # noqa: PLC0415 - needs loaded models
        from summitry.insight.permissions import POLICIES  # noqa: PLC0415 - needs loaded models

        def record(edition: Any) -> str:
            return reverse("insight:record")

        for policy in POLICIES:
            register_policy(policy())
        register_sentence("insight.measures.defined", _("%(actor)s defined %(count)s measures."))
        register_sentence(
            "insight.conflicts.described", _("%(actor)s described %(count)s conflicts of “%(object)s”.")
        )
        register_sentence(
            "insight.observations.recorded", _("%(actor)s recorded %(count)s figures for “%(object)s”.")
        )
        every(dt.timedelta(hours=6), take_all_figures)
        every(dt.timedelta(hours=6), record_all_guest_figures)
        register_nav(NavEntry("record", _("Record"), 60, record))
        register_console()
