"""Where those who appear in a session are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.directory.queries.names import display_names
from summitry.foundation.i18n import Shown, Text
from summitry.live.enums import READY, ArrivalState
from summitry.live.models import Arrival
from summitry.programme.enums import PUBLIC_ROLES, AppearanceState, Delivery, LinkTest
from summitry.programme.models import Appearance, Session, Speaker


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody's part in a session, and where she is."""

    appearance: Appearance
    name: Shown
    part: Text | None
    state: ArrivalState
    changed_at: dt.datetime | None
    link_test: str

    @property
    def is_remote(self) -> bool:
        """Whether she takes part by live link."""
        return self.appearance.delivery == Delivery.LIVE_LINK

    @property
    def is_ready(self) -> bool:
        """Whether she can go on stage, or did."""
        return self.state in READY

    @property
    def is_untested(self) -> bool:
        """Whether her link was not tried, or failed."""
        return self.is_remote and self.link_test != LinkTest.PASSED

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The states that make sense for how she takes part."""
        apart = {ArrivalState.ARRIVED, ArrivalState.GREEN_ROOM} if self.is_remote else {ArrivalState.LINKED}
        return [
            (str(state), str(state.label))
            for state in ArrivalState
            if state not in apart or state == self.state
        ]


def guests_of(session: Session, lang: str) -> list[Guest]:
    """Return everybody who appears in a session in the order of their parts, in four statements.

    Neither those who declined nor those who only sent a recording.
    """
    rows = list(
        Appearance.objects.filter(session=session, role__in=PUBLIC_ROLES)
        .exclude(state=AppearanceState.DECLINED)
        .exclude(delivery=Delivery.RECORDED)
        .select_related("person", "contribution")
    )
    names = display_names({row.person_id for row in rows}, lang, tuple(session.edition.fallback))
    arrivals = {one.appearance_id: one for one in Arrival.objects.filter(appearance__in=rows)}
    tests = dict(
        Speaker.objects.filter(
            edition=session.edition_id, person__in=[row.person_id for row in rows]
        ).values_list("person_id", "link_test")
    )
    rows.sort(key=lambda row: (row.contribution.position if row.contribution else -1, row.position, row.pk))
    return [
        Guest(
            appearance=row,
            name=names[row.person_id],
            part=row.contribution.title if row.contribution else None,
            state=ArrivalState(arrivals[row.pk].state) if row.pk in arrivals else ArrivalState.EXPECTED,
            changed_at=arrivals[row.pk].changed_at if row.pk in arrivals else None,
            link_test=tests.get(row.person_id, ""),
        )
        for row in rows
    ]
