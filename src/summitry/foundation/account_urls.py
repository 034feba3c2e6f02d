"""The addresses of accounts: the library's own, of which those of the second factor are loaded when first asked for.

Passkeys need cryptography that takes 10 MB. A process that only serves pages to the public need not hold it. Single
sign-on needs it anyway, so with that all addresses are simply the library's.
"""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string


def _deferred(view: str) -> Callable[..., HttpResponseBase]:
    """A view of the library's second factor, by its path there; it is imported at its first request."""

    def answer(request: HttpRequest, **arguments: object) -> HttpResponseBase:
        found: Callable[..., HttpResponseBase] = import_string(f"allauth.mfa.{view}")
        return found(request, **arguments)

    return answer


VIEWS = {
    "": ("base.views.index", "mfa_index"),
    "authenticate/": ("base.views.authenticate", "mfa_authenticate"),
    "reauthenticate/": ("base.views.reauthenticate", "mfa_reauthenticate"),
    "totp/activate/": ("totp.views.activate_totp", "mfa_activate_totp"),
    "totp/deactivate/": ("totp.views.deactivate_totp", "mfa_deactivate_totp"),
    "recovery-codes/": ("recovery_codes.views.view_recovery_codes", "mfa_view_recovery_codes"),
    "recovery-codes/generate/": (
        "recovery_codes.views.generate_recovery_codes",
        "mfa_generate_recovery_codes",
    ),
    "recovery-codes/download/": (
        "recovery_codes.views.download_recovery_codes",
        "mfa_download_recovery_codes",
    ),
    "webauthn/": ("webauthn.views.list_webauthn", "mfa_list_webauthn"),
    "webauthn/add/": ("webauthn.views.add_webauthn", "mfa_add_webauthn"),
    "webauthn/reauthenticate/": ("webauthn.views.reauthenticate_webauthn", "mfa_reauthenticate_webauthn"),
    "webauthn/keys/<int:pk>/remove/": ("webauthn.views.remove_webauthn", "mfa_remove_webauthn"),
    "webauthn/keys/<int:pk>/edit/": ("webauthn.views.edit_webauthn", "mfa_edit_webauthn"),
    "webauthn/login/": ("webauthn.views.login_webauthn", "mfa_login_webauthn"),
    "webauthn/signup/": ("webauthn.views.signup_webauthn", "mfa_signup_webauthn"),
}
second_factor = [path(route, _deferred(view), name=name) for route, (view, name) in VIEWS.items()]
urlpatterns: list[URLPattern | URLResolver] = (
    [path("", include("allauth.urls"))]
    if apps.is_installed("allauth.socialaccount")
    else [path("", include("allauth.account.urls")), path("2fa/", include(second_factor))]
)
