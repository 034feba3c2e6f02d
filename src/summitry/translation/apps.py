"""Registers what this room contributes."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.translation"
    label = "translation"
