"""Registers what this room contributes: roles, policies and audit sentences."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.editions"
    label = "editions"

    def ready(self) -> None:
        from summitry.editions.permissions import ROLES, EditionPolicy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models

        register_policy(EditionPolicy())
        for role in ROLES:
            register_role(role)
