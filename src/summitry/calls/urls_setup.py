"""Addresses of calls, their forms and what people ask about them."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import calls, inquiries, set_up, settings
from summitry.calls.views import public as pages

ONE = "<slug:call>/"
SETUP = f"{ONE}setup/"


def _part(code: str, key: str = "<slug:key>") -> list[URLPattern]:
    kwargs = {"part": code}
    return [
        path(f"{SETUP}{code}/", set_up.rows, kwargs, name=code),
        path(f"{SETUP}{code}/new/", set_up.row, kwargs, name=f"{code}_new"),
        path(f"{SETUP}{code}/{key}/", set_up.row, kwargs, name=f"{code}_one"),
    ]


console: list[URLPattern] = [
    path("", calls.calls, name="calls"),
    path("new/", settings.new_call, name="new"),
    path(ONE, calls.overview, name="call"),
    path(f"{ONE}step/", settings.step, name="step"),
    path(SETUP, settings.settings, name="settings"),
    *_part("areas"),
    *_part("form"),
    *_part("awards"),
    *_part("quotas"),
    path(f"{SETUP}rules/", settings.rules, name="rules"),
    path(f"{SETUP}rules/<int:number>/", settings.rules_version, name="rules_version"),
    path(f"{SETUP}codes/", inquiries.codes, name="codes"),
    path(f"{SETUP}inquiries/", inquiries.inquiries, name="inquiries"),
    path(f"{SETUP}inquiries/new/", inquiries.inquiry, name="inquiry_new"),
    path(f"{SETUP}inquiries/<int:pk>/", inquiries.inquiry, name="inquiry"),
]
by_link: list[URLPattern] = []
public: list[URLPattern] = [
    path("", pages.calls, name="calls"),
    path(ONE, pages.call, name="call"),
    path(f"{ONE}ask/", pages.ask, name="ask"),
]
