"""Addresses of composed pages: `bare` without a language, `everywhere` with one, `public` under an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from summitry.site.views.account import sign_in_link
from summitry.site.views.api_guide import api_guide
from summitry.site.views.attending import attend_signed_in
from summitry.site.views.console import console, jobs, styleguide
from summitry.site.views.health import health, robots
from summitry.site.views.home import edition_home, home, root
from summitry.site.views.my_summit import my_summit
from summitry.site.views.search import search_page
from summitry.site.views.tokens import tokens

if TYPE_CHECKING:
    from ninja import NinjaAPI


def _api() -> NinjaAPI:
    from summitry.site.api import api  # noqa: PLC0415 - heavy: see config.api_door

    return api


bare = [
    path("", root, name="root"),
    path("healthz", health, name="health"),
    path("robots.txt", robots, name="robots"),
]
everywhere = [
    path("", home, name="home"),
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
    path("my/", my_summit, name="my_summit"),
    path("my/live/<slug:edition>/<slug:code>/", attend_signed_in, name="attend"),
    path("my/tokens/", tokens, name="tokens"),
    path("api/", api_guide, {"load_api": _api}, name="api"),
    path("console/", console, name="console"),
    path("console/jobs/", jobs, name="jobs"),
    path("console/styleguide/", styleguide, name="styleguide"),
]
public = [
    path("", edition_home, name="edition"),
    path("search/", search_page, name="search"),
]
