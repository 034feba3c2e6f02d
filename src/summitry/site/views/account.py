"""The page behind a sign-in link."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.foundation.errors import InvalidInput
from summitry.foundation.signin import account_for


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a press of a button, then sign the link's account in."""
    try:
        account = account_for(token)
    except InvalidInput as error:
        return render(request, "site/sign_in_link.html", {"refusal": str(error)}, status=error.status)
    if request.method == "POST":
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        staff = account.actor().grants
        return redirect(reverse("site:console") if staff else reverse("site:my_summit"))
    return render(request, "site/sign_in_link.html", {"signing_in": account})
