"""Registers what this room contributes: roles, policies, audit sentences, navigation and handlers."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.programme"
    label = "programme"

    def ready(self) -> None:
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models
        from summitry.programme import handlers, navigation, permissions, sentences  # noqa: PLC0415 - needs loaded models

        for role in permissions.ROLES:
            register_role(role)
        for policy in (permissions.ForumPolicy(), permissions.SessionPolicy(), permissions.VersionPolicy()):
            register_policy(policy)
        sentences.register()
        navigation.register()
        handlers.connect()
