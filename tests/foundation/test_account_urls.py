import subprocess
import sys

from allauth.mfa import urls as library
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import import_string

from summitry.foundation import account_urls

LEAN = """
import sys, django
django.setup()
from django.urls import get_resolver, reverse
get_resolver().url_patterns
reverse("mfa_index"), reverse("site:home")
heavy = {"allauth.mfa.stages", "charset_normalizer", "cryptography", "encodings.gbk", "fido2", "lxml", "ninja"}
heavy |= {"puremagic", "pypinyin", "rich", "summitry.config.console_urls"}
print(sorted(heavy & set(sys.modules)))
"""


def addresses(patterns: list[URLPattern | URLResolver], above: str = "") -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for each in patterns:
        route = above + str(each.pattern)
        if isinstance(each, URLResolver):
            found |= addresses(each.url_patterns, route)
        else:
            found[route] = each.name
    return found


def test_the_second_factor_has_the_addresses_of_the_library() -> None:
    ours = addresses(list(account_urls.second_factor))

    assert ours == addresses(library.urlpatterns)
    assert ours == {route: name for route, (_view, name) in account_urls.VIEWS.items()}


def test_every_address_of_the_second_factor_has_its_view() -> None:
    views = [import_string(f"allauth.mfa.{view}") for view, _name in account_urls.VIEWS.values()]

    assert all(callable(view) for view in views)


def test_public_pages_need_neither_passkeys_nor_the_api_nor_the_console() -> None:
    said = subprocess.run([sys.executable, "-c", LEAN], capture_output=True, text=True, check=True).stdout

    assert said == "[]\n"
