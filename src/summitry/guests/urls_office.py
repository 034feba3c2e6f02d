"""Addresses of guests' applications: by their links, and in the console of the guest office."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.guests.lists.guests import GUESTS
from summitry.guests.views import application as page
from summitry.guests.views import form_setup as setup
from summitry.guests.views import guest_record as record
from summitry.guests.views.by_link import send_again

by_link: list[URLPattern] = [
    path("<str:secret>/again/", send_again, name="again"),
    path("<str:secret>/application/", page.application, name="application"),
    path("<str:secret>/photo/", page.photo, name="photo"),
    path("<str:secret>/photo.img", page.photo_image, name="photo_image"),
    path("<str:secret>/answers/<slug:slug>/", page.answer_file, name="answer_file"),
    path("<str:secret>/companions/<int:pk>/", page.application, name="companion_application"),
    path("<str:secret>/companions/<int:pk>/photo/", page.photo, name="companion_photo"),
    path("<str:secret>/companions/<int:pk>/photo.img", page.photo_image, name="companion_photo_image"),
]
console: list[URLPattern] = [
    *list_urls(GUESTS, edition_of, at="list/"),
    path("categories/", setup.categories, name="categories"),
    path("categories/defaults/", setup.defaults, name="form_defaults"),
    path("categories/new/", setup.category, name="category_new"),
    path("categories/<slug:slug>/", setup.category, name="category"),
    path("categories/<slug:slug>/form/", setup.preview, name="form_preview"),
    path("purposes/", setup.purposes, name="purposes"),
    path("purposes/new/", setup.purpose, name="purpose_new"),
    path("purposes/<slug:slug>/", setup.purpose, name="purpose"),
    path("questions/", setup.fields, name="fields"),
    path("questions/new/", setup.field, name="field_new"),
    path("questions/<slug:slug>/", setup.field, name="field"),
    path("<int:pk>/", record.guest, name="guest"),
    path("<int:pk>/answers/", record.guest_answers, name="guest_answers"),
    path("<int:pk>/answers/<slug:slug>/", record.guest_file, name="guest_file"),
    path("<int:pk>/photo.img", record.guest_photo, name="guest_photo"),
    path("<int:pk>/<slug:what>/", record.guest_deed, name="guest_deed"),
]
