"""What a call still lacks before it can be published, and what would better be there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from summitry.calls.enums import Admission, Dimension, EntrantKind
from summitry.calls.models import Call, Quota
from summitry.foundation import clock
from summitry.foundation.i18n import local_name


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: where it is set (the name of a set-up page), in words, and whether it stops publishing."""

    where: str
    words: str
    stops: bool = True


def missing_of(call: Call) -> list[Missing]:
    """Return what a call lacks, what stops its publication first."""
    found = [*_dates(call), *_contents(call), *_judging(call), *_quotas(call), *_texts(call)]
    return sorted(found, key=lambda one: not one.stops)


def _dates(call: Call) -> list[Missing]:
    if call.closes_at <= clock.now():
        return [Missing("settings", _("The deadline has passed."))]
    return []


def _contents(call: Call) -> list[Missing]:
    found = []
    if not call.description:
        found.append(Missing("settings", _("There is no description yet."), stops=False))
    if not call.areas.exists():
        found.append(Missing("areas", _("There is no area yet."), stops=False))
    if not call.questions.exists():
        found.append(Missing("form", _("The form asks nothing yet.")))
    if not call.rules_texts.exists():
        found.append(Missing("rules", _("There are no rules yet.")))
    if not call.awards.exists():
        found.append(Missing("awards", _("There is no award yet."), stops=False))
    if call.admission == Admission.CODE and not call.access_codes.exists():
        found.append(Missing("codes", _("Nobody has an access code yet."), stops=False))
    return found


def _judging(call: Call) -> list[Missing]:
    rounds = list(call.rounds.annotate(asked=Count("criteria")))
    if not rounds:
        return [Missing("rounds", _("There is no round of judging yet."))]
    return [
        Missing("rounds", _("The round “%(round)s” asks jurors nothing.") % {"round": one.name})
        for one in rounds
        if not one.asked
    ]


def _quotas(call: Call) -> list[Missing]:
    """Return where the quotas name what is not there, or cannot hold together with the number of places."""
    areas = set(call.areas.values_list("slug", flat=True))
    known = {Dimension.AREA: areas, Dimension.KIND: set(EntrantKind.values)}
    found = [
        Missing("quotas", _("A quota is about “%(label)s”, which is not there.") % {"label": quota.label})
        for quota in call.quotas.all()
        if quota.label and quota.label not in known.get(Dimension(quota.dimension), {quota.label})
    ]
    rows = list(call.quotas.all())
    for dimension, labels in known.items():
        least = _bound(rows, dimension, labels, "least")
        most = _bound(rows, dimension, labels, "most")
        if least is not None and least > call.places:
            text = _("The quotas ask for at least %(least)d, but there are %(places)d places.")
            found.append(Missing("quotas", text % {"least": least, "places": call.places}))
        if most is not None and labels and most < call.places:
            text = _("The quotas let at most %(most)d be chosen, but there are %(places)d places.")
            found.append(Missing("quotas", text % {"most": most, "places": call.places}))
    return found


def _bound(rows: list[Quota], dimension: Dimension, labels: set[str], name: str) -> int | None:
    """Return the sum over all labels of what single quotas say, or the one for each; None where one has no bound."""
    own: dict[str, int | None] = {row.label: getattr(row, name) for row in rows if row.dimension == dimension}
    bounds = [own.get(label, own.get("")) for label in labels]
    is_open = name == "most" and None in bounds
    return None if is_open else sum(bound or 0 for bound in bounds)


def _texts(call: Call) -> list[Missing]:
    langs = [lang for lang in call.edition.languages if not call.name.get(lang)]
    if not langs:
        return []
    names = ", ".join(local_name(lang) for lang in langs)
    return [
        Missing("settings", _("The name is not there in: %(languages)s.") % {"languages": names}, stops=False)
    ]
