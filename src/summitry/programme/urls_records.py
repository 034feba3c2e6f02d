"""Addresses of the records that an edition's console edits: forums, sessions, contributions, and who appears in them."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme.views.forum_record import forum_edit, forum_editors, forum_new, forum_step
from summitry.programme.views.institutions_record import forum_organisers
from summitry.programme.views.people_record import contribution_people, session_people
from summitry.programme.views.session_record import (
    contribution_edit,
    contribution_new,
    contribution_remove,
    session_edit,
    session_new,
)

console: list[URLPattern] = [
    path("forums/new/", forum_new, name="forum_new"),
    path("forums/<slug:slug>/edit/", forum_edit, name="forum_edit"),
    path("forums/<slug:slug>/step/", forum_step, name="forum_step"),
    path("forums/<slug:slug>/editors/", forum_editors, name="forum_editors"),
    path("forums/<slug:slug>/institutions/", forum_organisers, name="forum_organisers"),
    path("forums/<slug:slug>/sessions/new/", session_new, name="session_new"),
    path("sessions/<str:code>/edit/", session_edit, name="session_edit"),
    path("sessions/<str:code>/people/", session_people, name="session_people"),
    path("sessions/<str:code>/contributions/new/", contribution_new, name="contribution_new"),
    path("contributions/<int:pk>/edit/", contribution_edit, name="contribution_edit"),
    path("contributions/<int:pk>/people/", contribution_people, name="contribution_people"),
    path("contributions/<int:pk>/remove/", contribution_remove, name="contribution_remove"),
]
