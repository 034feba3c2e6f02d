"""The live final of the demo's competition, planned for the next days: a jury of seven, the order drawn by lot."""

from __future__ import annotations

import datetime as dt

from summitry.calls.actions.final import draw_order, plan_final
from summitry.calls.actions.panel import create_panel
from summitry.calls.actions.round import update_round
from summitry.calls.models import Call, Final, Juror, Round
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text

JURORS = 7
HOURS = dt.timedelta(hours=4)
"""For so long the public votes: at twelve pitches an hour forty take three and a half."""
NAME = {
    "en": "Final jury",
    "zh-hans": "决赛评审团",
    "fr": "Jury de la finale",
    "es": "Jurado de la final",
    "ru": "Жюри финала",
    "ar": "لجنة تحكيم النهائي",
}


def build_final(call: Call, by: Actor) -> Final:
    """Plan the final of a call's last live round; those who can sign in as jurors sit on its jury."""
    round_ = Round.objects.select_related("call__edition").filter(call=call, kind="live").latest("number")
    panel = create_panel(round_.call, by=by, name=Text.of(NAME))
    with_account = Juror.objects.filter(call=call, account__isnull=False).order_by("pk")
    others = Juror.objects.filter(call=call, state="accepted", account=None).order_by("pk")
    chosen = [*with_account[:JURORS], *others[:JURORS]][:JURORS]
    Juror.objects.filter(pk__in=[juror.pk for juror in chosen]).update(panel=panel)
    opens_at = clock.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    update_round(round_, by=by, opens_at=opens_at)
    final = plan_final(
        round_,
        by=by,
        panel=panel,
        seconds=180,
        question_seconds=120,
        public_share=20,
        vote_opens_at=opens_at,
        vote_closes_at=opens_at + HOURS,
    )
    draw_order(final, by=by)
    return final
