"""Registers what this room contributes: policies, audit sentences, navigation, readiness, and the outbox's watch."""

import datetime as dt

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.mailing"
    label = "mailing"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.jobs import every  # noqa: PLC0415 - needs loaded models
        from summitry.mailing import handlers, navigation, permissions, readiness, sentences, webhooks  # noqa: PLC0415 - needs loaded models
        from summitry.mailing.actions.sending import watch_outbox  # noqa: PLC0415 - needs loaded models

        for policy in permissions.POLICIES:
            register_policy(policy())
        sentences.register()
        navigation.register()
        readiness.register()
        handlers.register()
        webhooks.register()
        every(dt.timedelta(minutes=1), watch_outbox)
