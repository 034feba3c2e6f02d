"""Registers what this room contributes: policies, audit sentences, searchable kinds and handlers."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.directory"
    label = "directory"
