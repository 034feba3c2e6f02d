"""Addresses of speakers' pages, which are opened by link, and of what the console has about speakers and their files."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme.views import speaker_page as page
from summitry.programme.views.speaker_materials import (
    material_file,
    materials,
    materials_archive,
    session_materials,
)
from summitry.programme.views.speaker_record import speaker_deed, speaker_portrait, speaker_record

by_link: list[URLPattern] = [
    path("<str:secret>/", page.page, name="page"),
    path("<str:secret>/again/", page.send_again, name="again"),
    path("<str:secret>/link/", page.link_test, name="link_test"),
    path("<str:secret>/load/", page.load, name="load"),
    path("<str:secret>/portrait.img", page.portrait, name="portrait"),
    path("<str:secret>/files/<int:pk>/", page.file, name="file"),
    path("<str:secret>/<slug:what>/", page.deed, name="deed"),
]
console: list[URLPattern] = [
    path("speakers/<int:pk>/", speaker_record, name="speaker_record"),
    path("speakers/<int:pk>/portrait.img", speaker_portrait, name="speaker_portrait"),
    path("speakers/<int:pk>/<slug:what>/", speaker_deed, name="speaker_deed"),
    path("materials/", materials, name="materials"),
    path("materials/archive/", materials_archive, name="materials_archive"),
    path("materials/sessions/<str:code>/", session_materials, name="session_materials"),
    path("materials/files/<int:pk>/", material_file, name="material_file"),
]
