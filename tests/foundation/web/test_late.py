"""Addresses that are loaded late are found, and named, as if they had been there from the start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import NoReverseMatch, Resolver404, include, path, resolve, reverse

from summitry.foundation.web.late import LateResolver, late


def view(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return HttpResponse()


rooms = [path("", view, name="all"), path("<slug:room>/", view, name="one")]


@pytest.fixture
def later() -> Iterator[LateResolver]:
    """The late part of the addresses that hold for a test."""
    resolver = late("rooms/", f"{__name__}.rooms", "rooms")
    patterns = [path("home/", view, name="home"), path("<int:house>/", include([resolver]))]
    addresses: Any = type("Addresses", (), {"urlpatterns": patterns})
    with override_settings(ROOT_URLCONF=addresses):
        assert isinstance(resolver, LateResolver)
        yield resolver


def loaded(resolver: LateResolver) -> bool:
    return "url_patterns" in vars(resolver)


def test_other_addresses_and_names_load_nothing(later: LateResolver) -> None:
    assert (resolve("/home/").url_name, reverse("home")) == ("home", "/home/")
    with pytest.raises(Resolver404):
        resolve("/3/cellar/")
    with pytest.raises(NoReverseMatch):
        reverse("one", args=[3, "attic"])

    assert not loaded(later)


def test_an_address_is_found_with_its_namespace_and_the_values_above_it(later: LateResolver) -> None:
    found = resolve("/3/rooms/attic/")

    assert (found.view_name, found.func, found.kwargs) == ("rooms:one", view, {"house": 3, "room": "attic"})
    assert loaded(later)


def test_a_name_leads_to_its_address(later: LateResolver) -> None:
    assert reverse("rooms:one", args=[3, "attic"]) == "/3/rooms/attic/"
    assert reverse("rooms:all", kwargs={"house": 3}) == "/3/rooms/"
    with pytest.raises(NoReverseMatch):
        reverse("rooms:none", args=[3])
