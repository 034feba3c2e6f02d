"""Addresses of invitations, of the import of guests, and of public registration."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.editions.views.importing import import_urls
from summitry.foundation.lists import list_urls
from summitry.guests.lists.invitations import INVITATIONS
from summitry.guests.views.importing import GuestImport, import_problems
from summitry.guests.views.invitation_page import invitation
from summitry.guests.views.inviting import invite_person
from summitry.guests.views.registering import categories, confirm, registering

by_link: list[URLPattern] = [path("<str:secret>/invitation/", invitation, name="invitation")]
console: list[URLPattern] = [
    path("invitations/new/", invite_person, name="invite"),
    *list_urls(INVITATIONS, edition_of),
    *import_urls(GuestImport),
    path("import/report/problems.csv", import_problems, name="import_problems"),
]
public: list[URLPattern] = [
    path("register/", categories, name="registration"),
    path("register/<slug:category>/", registering, name="register"),
    path("register/<slug:category>/confirm/<str:secret>/", confirm, name="confirm"),
]
