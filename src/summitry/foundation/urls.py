"""Addresses of the foundation: stored files."""

from __future__ import annotations

from django.urls import path

from summitry.foundation.files.views import stored_file

bare = [path("files/<uuid:public_id>/", stored_file, name="stored")]
