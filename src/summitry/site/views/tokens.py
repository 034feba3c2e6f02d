"""A person's own API tokens."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.foundation.models import Account, ApiToken
from summitry.site.forms import TokenForm


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the account's tokens; issue one, whose secret is shown this once, or revoke one."""
    # The API's library takes 12 MB, which a process that only serves pages need not hold.
    from summitry.foundation.api.auth import issue_token, revoke_token  # noqa: PLC0415 - see above

    account = cast("Account", request.user)
    own = ApiToken.objects.filter(account=account, revoked_at=None).order_by("-pk")
    if "revoke" in request.POST:
        revoke_token(get_object_or_404(own, pk=request.POST["revoke"]))
        return redirect("site:tokens")
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        scopes = ["read", "write"] if form.cleaned_data["may_write"] else ["read"]
        _token, secret = issue_token(account, form.cleaned_data["name"], scopes)
        form = TokenForm()
    return render(request, "site/tokens.html", {"tokens": own, "form": form, "secret": secret})
