"""Registers what this room contributes: policies, audit sentences, handlers, navigation, readiness, and recurring jobs."""

import datetime as dt

from django.apps import AppConfig


class GatesConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.gates"
    label = "gates"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs import every  # noqa: PLC0415 - needs loaded models
        from summitry.gates import (  # noqa: PLC0415 - needs loaded models
            handlers,
            holdings,
            hub_badges,
            live_topics,
            navigation,
            navigation_badges,
            permissions,
            permissions_badges,
            readiness,
            readiness_badges,
            sentences,
            webhooks,
        )
        from summitry.gates.actions.badge_checks import check_all_badges  # noqa: PLC0415 - needs loaded models
        from summitry.gates.actions.badge_printing import forget_badge_files  # noqa: PLC0415 - needs loaded models
        from summitry.gates.actions.presences import close_days, end_silent_stays  # noqa: PLC0415 - needs loaded models
        from summitry.gates.actions.retention import tally_old_scans  # noqa: PLC0415 - needs loaded models

        for policy in (*permissions.POLICIES, *permissions_badges.POLICIES):
            register_policy(policy())
        sentences.register()
        handlers.connect()
        navigation.register()
        navigation_badges.register()
        live_topics.register()
        webhooks.register()
        holdings.register()
        readiness.register()
        readiness_badges.register()
        hub_badges.register()
        every(dt.timedelta(minutes=30), check_all_badges)
        every(dt.timedelta(days=1), forget_badge_files)
        every(dt.timedelta(hours=1), close_days)
        every(dt.timedelta(minutes=1), end_silent_stays)
        every(dt.timedelta(days=1), tally_old_scans)
