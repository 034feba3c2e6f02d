"""Registers what this room contributes: roles, policies, audit sentences, navigation and handlers."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.programme"
    label = "programme"

    def ready(self) -> None:
        from summitry.directory.permissions import imply_creator  # noqa: PLC0415 - needs loaded models
        from summitry.editions.actions.partners import register_partner_duty  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models
        from summitry.programme import (  # noqa: PLC0415 - needs loaded models
            audiences,
            board_readiness,
            board_topic,
            field_names,
            handlers,
            handlers_speaking,
            navigation,
            permissions,
            permissions_speaking,
            public_acts,
            readiness,
            readiness_speaking,
            sentences,
            translation_sources,
            webhooks,
        )
        from summitry.programme.models import Forum  # noqa: PLC0415 - needs loaded models

        imply_creator(permissions.FORUM_EDITOR.code)
        register_partner_duty("forum", lambda edition: Forum.objects.filter(edition=edition).values("pk"))
        for role in permissions.ROLES:
            register_role(role)
        for policy in (*permissions.POLICIES, *permissions_speaking.POLICIES):
            register_policy(policy())
        sentences.register()
        field_names.register()
        audiences.register()
        navigation.register()
        translation_sources.register()
        handlers.connect()
        handlers_speaking.connect()
        readiness.register()
        readiness_speaking.register()
        board_topic.register()
        board_readiness.register()
        webhooks.register()
        public_acts.register()
