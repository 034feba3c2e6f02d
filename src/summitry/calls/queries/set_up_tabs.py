"""The pages of a call's set-up that a reader may open."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.calls.models import AccessCode, Call, Inquiry
from summitry.calls.queries.tabs import Tab
from summitry.foundation.access import Actor, policy_for


def set_up_tabs(call: Call, actor: Actor, current: str) -> list[Tab]:
    """Return the pages of a call's set-up that `actor` may see; `current` is the code of the one shown."""
    pages = {
        "settings": _("Settings"),
        "areas": _("Areas"),
        "form": _("Form"),
        "rules": _("Rules"),
        "awards": _("Awards"),
        "quotas": _("Quotas"),
    }
    if policy_for(AccessCode).may(actor, "view", AccessCode(call=call)):
        pages["codes"] = _("Access codes")
    if policy_for(Inquiry).may(actor, "view", Inquiry(call=call)):
        pages["inquiries"] = _("Questions and answers")
    args = [call.edition.slug, call.slug]
    return [
        Tab(code, reverse(f"calls:{code}", args=args), label, code == current)
        for code, label in pages.items()
    ]
