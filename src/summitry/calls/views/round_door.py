"""The door of the console pages of one round: which round it is, who enters, and the tabs below the call's."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.calls.models import Computation, Round
from summitry.calls.queries.tabs import Tab
from summitry.calls.views.door import call_at_work
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import NotFound

TAB = "rounds"


def round_at_work(
    request: HttpRequest, edition: str, call: str, number: int, current: str
) -> tuple[Round, Actor]:
    """Return a round, with its call and edition, and who asks; lets the frame know it (`request.round`, `request.round_tabs`).

    Raises NotFound, and PermissionRefused for whoever neither keeps nor decides rounds.
    """
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", Computation(call=shown))
    round_ = Round.objects.filter(call=shown, number=number).first()
    if round_ is None:
        raise NotFound
    round_.call = shown
    request.round = round_  # type: ignore[attr-defined]  # read by calls/rounds/frame.html
    request.round_tabs = _tabs(round_, current)  # type: ignore[attr-defined]  # read by calls/rounds/frame.html
    return round_, actor


def address(round_: Round, name: str = "round", *more: object) -> str:
    """Return the address of one of a round's pages."""
    return reverse(f"calls:{name}", args=[round_.call.edition.slug, round_.call.slug, round_.number, *more])


def _tabs(round_: Round, current: str) -> list[Tab]:
    labels = {
        "round": _("Progress"),
        "round_assignment": _("Assignment"),
        "round_reads": _("Who reads what"),
        "round_reviews": _("Reviews"),
        "round_calibration": _("Calibration"),
        "round_decision": pgettext("round", "Decision"),
        "round_settings": _("Settings"),
    }
    return [Tab(name, address(round_, name), label, name == current) for name, label in labels.items()]
