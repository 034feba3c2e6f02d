"""Addresses of badges: in an edition's console, and by the link of the guest whose badge it is."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.gates.lists.badges import BADGES
from summitry.gates.views import badge_layouts as layouts
from summitry.gates.views import badge_page as own
from summitry.gates.views import badge_print as prints

console: list[URLPattern] = [
    path("badges/print/", prints.print_badges, name="badge_print"),
    path("badges/batches/<int:pk>/", prints.batch, name="badge_batch"),
    path("badges/batches/<int:pk>/<int:file>.pdf", prints.batch_file, name="badge_batch_file"),
    path("badges/pickup/", prints.pickup, name="badge_pickup"),
    path("badges/pickup/<int:delegation>.pdf", prints.pickup_file, name="badge_pickup_file"),
    path("badges/layouts/", layouts.layouts, name="badge_layouts"),
    path("badges/layouts/<int:pk>/", layouts.layout, name="badge_layout"),
    path("badges/layouts/<int:pk>/deed/", layouts.layout_deed, name="badge_layout_deed"),
    path("badges/layouts/<int:pk>/picture.png", layouts.layout_picture, name="badge_layout_picture"),
    path("badges/layouts/<int:pk>/try/", layouts.layout_try, name="badge_layout_try"),
    path("badges/guests/<int:guest>/", prints.badge, name="badge"),
    path("badges/guests/<int:guest>/picture.png", prints.badge_picture, name="badge_picture"),
    *list_urls(BADGES, edition_of),
]
by_link: list[URLPattern] = [
    path("<str:secret>/badge/", own.page, name="page"),
    path("<str:secret>/badge/picture.png", own.picture, name="picture"),
    path("<str:secret>/badge/carry/", own.carried, name="carried"),
    path("<str:secret>/badge/carry/worker.js", own.carried_worker, name="worker"),
    path("<str:secret>/badge/carry/badge.pkpass", own.wallet, name="wallet"),
]
