"""Registers what this room contributes: policies, audit sentences and navigation."""

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
        from summitry.foundation.web.navigation import NavEntry, register_nav  # noqa: PLC0415 - needs loaded models
        from summitry.insight.permissions import MeasurePolicy, ObservationPolicy  # noqa: PLC0415 - needs loaded models

        def record(edition: Any) -> str:
            return reverse("insight:record")

        register_policy(MeasurePolicy())
        register_policy(ObservationPolicy())
        register_sentence("insight.measure.defined", _("%(actor)s defined the measure “%(object)s”."))
        register_sentence("insight.observations.recorded", _("%(actor)s recorded %(count)s figures for “%(object)s”."))
        register_nav(NavEntry("record", _("Record"), 60, record))
