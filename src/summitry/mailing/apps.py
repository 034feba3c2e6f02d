"""Registers what this room contributes."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.mailing"
    label = "mailing"
