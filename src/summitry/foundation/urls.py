"""Addresses of the foundation: stored files and presence `bare`, and with a language `everywhere` the progress of long work."""

from __future__ import annotations

from django.urls import path

from summitry.foundation.files.views import stored_file
from summitry.foundation.jobs.views import progress_page, progress_state
from summitry.foundation.live.views import presence

bare = [
    path("files/<uuid:public_id>/", stored_file, name="stored"),
    path("live/presence/", presence, name="presence"),
]
everywhere = [
    path("<uuid:public_id>/", progress_page, name="page"),
    path("<uuid:public_id>/state/", progress_state, name="state"),
]
