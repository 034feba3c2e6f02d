"""Registers what this room contributes: policies, audit sentences, clashes, readiness, live topics and navigation."""

import datetime as dt

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.live"
    label = "live"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs import every  # noqa: PLC0415 - needs loaded models
        from summitry.live import (  # noqa: PLC0415 - needs loaded models
            clash_source,
            handlers,
            live_topics,
            navigation,
            permissions,
            readiness,
            sentences,
            webhooks,
        )
        from summitry.live.actions.overrun_watch import watch_overruns  # noqa: PLC0415 - needs loaded models

        for policy in permissions.POLICIES:
            register_policy(policy())
        sentences.register()
        navigation.register()
        live_topics.register()
        clash_source.register()
        readiness.register()
        webhooks.register()
        handlers.connect()
        every(dt.timedelta(minutes=1), watch_overruns)
