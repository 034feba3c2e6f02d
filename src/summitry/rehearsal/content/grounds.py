"""The demo's zones: what they are called, what they hold, through which gates they are entered, and by whom."""

from __future__ import annotations

from typing import NamedTuple

from summitry.rehearsal.content.plan import Texts


class ZonePlan(NamedTuple):
    """A zone; the first of all lies around the others. `gates` are names with kinds; no capacities mean everybody.

    `room` is the slug of the room that it is; with `has_passes`, delegations share passes.
    """

    slug: str
    names: Texts
    capacity: int | None
    gates: tuple[tuple[str, str], ...]
    capacities: tuple[str, ...] = ()
    room: str = ""
    has_passes: bool = False


LEADING = ("head_of_state", "head_of_government", "minister", "head_of_delegation", "companion", "security")
SIGNING = "signing-room"
PASSES = 2
"""How many of a delegation may be in a zone with passes at once."""
WORKING = ("staff", "contractor", "interpreter", "volunteer", "security")

ZONES = (
    ZonePlan(
        "grounds",
        {
            "en": "Old Town",
            "zh-hans": "古镇会区",
            "fr": "Vieille ville",
            "es": "Casco antiguo",
            "ru": "Старый город",
            "ar": "البلدة القديمة",
        },
        3000,
        (
            ("Registration desk", "desk"),
            ("South gate", "gate"),
            ("North gate", "gate"),
            ("Ferry gate", "gate"),
        ),
    ),
    ZonePlan(
        "press-centre",
        {
            "en": "Press centre",
            "zh-hans": "新闻中心",
            "fr": "Centre de presse",
            "es": "Centro de prensa",
            "ru": "Пресс-центр",
            "ar": "المركز الصحفي",
        },
        150,
        (("Press centre", "gate"),),
        ("media", "staff", "speaker"),
        "ferry",
    ),
    ZonePlan(
        "leaders-lounge",
        {
            "en": "Leaders’ lounge",
            "zh-hans": "贵宾厅",
            "fr": "Salon d’honneur",
            "es": "Salón de honor",
            "ru": "Зал для высоких гостей",
            "ar": "قاعة كبار الضيوف",
        },
        80,
        (("Lounge door", "room"),),
        LEADING,
        "orchid",
    ),
    ZonePlan(
        "backstage",
        {
            "en": "Backstage",
            "zh-hans": "后台",
            "fr": "Coulisses",
            "es": "Entre bastidores",
            "ru": "За кулисами",
            "ar": "الكواليس",
        },
        None,
        (("Stage door", "room"),),
        WORKING,
        "water-theatre",
    ),
    ZonePlan(
        SIGNING,
        {
            "en": "Signing room",
            "zh-hans": "签约厅",
            "fr": "Salle des signatures",
            "es": "Sala de firmas",
            "ru": "Зал подписания",
            "ar": "قاعة التوقيع",
        },
        12,
        (("Signing room", "room"),),
        (*LEADING, "delegate"),
        "tea-house",
        has_passes=True,
    ),
)
