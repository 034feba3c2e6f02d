"""Addresses of the review panel of jurors."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import panel, panel_deeds, round_reviews

_ENTRY = "<slug:call>/panel/<int:round_>/<int:entry>/"
_REVIEWS = "<slug:call>/rounds/<int:number>/reviews/"

console: list[URLPattern] = [
    path("my/reviews/", panel.my_reviews, name="my_reviews"),
    path("<slug:call>/panel/", panel.panel, name="panel"),
    path(_ENTRY, panel.dossier, name="panel_entry"),
    path(f"{_ENTRY}receipt/", panel_deeds.receipt, name="panel_receipt"),
    path(f"{_ENTRY}reopen/", panel_deeds.reopen, name="panel_reopen"),
    path(f"{_ENTRY}recusal/", panel_deeds.recusal, name="panel_recusal"),
    path(f"{_ENTRY}discussion/", panel_deeds.talk, name="panel_talk"),
    path(f"{_ENTRY}files/<slug:slug>/", panel_deeds.file, name="panel_file"),
    path(_REVIEWS, round_reviews.reviews, name="round_reviews"),
    path(f"{_REVIEWS}<int:entry>/", round_reviews.entry_reviews, name="round_entry_reviews"),
]
by_link: list[URLPattern] = []
public: list[URLPattern] = []
