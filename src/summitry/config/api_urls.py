"""The addresses under `/api/v1`, and all others, to which answers of the API link."""

from __future__ import annotations

from django.urls import path

from summitry.config import urls
from summitry.gates.urls import devices_api
from summitry.site.api import api

urlpatterns = [*devices_api, path("api/v1/", api.urls), *urls.urlpatterns]
