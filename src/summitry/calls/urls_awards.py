"""Addresses of selection and announcement."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import announcement, gallery, selection

console: list[URLPattern] = [
    path("<slug:call>/selection/", selection.selection, name="selection"),
    path("<slug:call>/selection/<int:number>/", selection.decision, name="decision"),
    path("<slug:call>/announcement/", announcement.announcement, name="announcement"),
    path("<slug:call>/announcement/<int:pk>/", announcement.laureate, name="laureate"),
    path(
        "<slug:call>/announcement/<int:pk>/certificate/",
        announcement.certificate_file,
        name="certificate_file",
    ),
]
by_link: list[URLPattern] = []
public: list[URLPattern] = [
    path("laureates/", gallery.laureates, name="laureates"),
    path("laureates/feed.atom", gallery.feed, name="feed"),
    path("certificates/", gallery.certificate, name="certificate_form"),
    path("certificates/<str:code>/", gallery.certificate, name="certificate"),
    path("<slug:call>/laureates/", gallery.gallery, name="gallery"),
    path("<slug:call>/laureates/<int:number>/", gallery.laureate, name="laureate"),
]
