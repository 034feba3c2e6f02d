"""Registers what this room contributes: policies, audit sentences, navigation, handlers, readiness and live topics."""

from django.apps import AppConfig


class ProtocolConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.protocol"
    label = "protocol"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.guests.queries.busy import register_busy  # noqa: PLC0415 - needs loaded models
        from summitry.protocol import (  # noqa: PLC0415 - needs loaded models
            field_names,
            handlers,
            holdings,
            hub,
            live_topic,
            navigation,
            permissions,
            readiness,
            sentences,
        )
        from summitry.protocol.queries import salutations  # noqa: PLC0415 - needs loaded models
        from summitry.protocol.queries.busy import busy_by_protocol  # noqa: PLC0415 - needs loaded models

        for policy in permissions.POLICIES:
            register_policy(policy())
        sentences.register()
        field_names.register()
        handlers.connect()
        navigation.register()
        readiness.register()
        live_topic.register()
        hub.register()
        holdings.register()
        salutations.register()
        register_busy(busy_by_protocol)
