"""Security headers: a strict content policy for every page, widened only by the views that need it, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from summitry.foundation.errors import PermissionRefused

P = ParamSpec("P")
BASE_POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'", *settings.FORM_TARGETS),
    "frame-ancestors": ("'none'",),
    "img-src": ("'self'", "data:"),
    "manifest-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
}
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)"


def _serialise(policy: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


BASE_HEADER = _serialise(BASE_POLICY)


class SecurityHeadersMiddleware:
    """Adds the content policy and its companions to every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", BASE_HEADER)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def content_policy(**additions: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Widen the policy of one view: `@content_policy(script_src="'wasm-unsafe-eval'")`.

    A directive whose base is 'none' is replaced, any other is extended.
    """
    policy = dict(BASE_POLICY)
    for keyword, source in additions.items():
        name = keyword.replace("_", "-")
        base = policy.get(name, ("'self'",))
        policy[name] = (source,) if base == ("'none'",) else (*base, source)
    header = _serialise(policy)

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(*args, **kwargs)
            response.headers["Content-Security-Policy"] = header
            return response

        return wrapped

    return decorate


def same_origin_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard a view whose form stands on publicly cached pages, where no CSRF token can be.

    The browser's own testimony is asked instead: Sec-Fetch-Site, else Origin, else Referer must name this site.
    The view is exempt from the token check.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not _is_same_origin(request):
            raise PermissionRefused
        return view(request, *args, **kwargs)

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


def _is_same_origin(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    address = urlsplit(source)
    return address.scheme == request.scheme and address.netloc == request.get_host()
