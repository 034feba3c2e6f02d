"""Addresses of composed pages in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.site.views.console import home
from summitry.site.views.palette import palette_page
from summitry.site.views.webhooks import webhook, webhook_act, webhooks

console: list[URLPattern] = [
    path("", home, name="home"),
    path("find/", palette_page, name="palette"),
    path("webhooks/", webhooks, name="webhooks"),
    path("webhooks/<uuid:public_id>/", webhook, name="webhook"),
    path("webhooks/<uuid:public_id>/act/", webhook_act, name="webhook_act"),
]
