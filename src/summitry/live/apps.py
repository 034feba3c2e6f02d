"""Registers what this room contributes."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.live"
    label = "live"
