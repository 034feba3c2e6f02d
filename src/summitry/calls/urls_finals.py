"""Addresses of live finals."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import final, final_ballot, final_public

console: list[URLPattern] = [
    path("<slug:call>/final/", final.final, name="final"),
    path("<slug:call>/final/plan/", final.plan, name="final_plan"),
    path("<slug:call>/final/step/", final.step, name="final_step"),
    path("<slug:call>/final/tally/", final.tally, name="final_tally"),
    path("<slug:call>/final/ballot/", final_ballot.ballot, name="final_ballot"),
]
by_link: list[URLPattern] = [path("final/<str:secret>/", final_public.screen, name="screen")]
public: list[URLPattern] = [path("<slug:call>/vote/", final_public.vote, name="vote")]
