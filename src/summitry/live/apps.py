"""Registers what this room contributes: policies, audit sentences, live topics and navigation."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.live"
    label = "live"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.live import live_topics, navigation, permissions, sentences  # noqa: PLC0415 - needs loaded models

        for policy in permissions.POLICIES:
            register_policy(policy())
        sentences.register()
        navigation.register()
        live_topics.register()
