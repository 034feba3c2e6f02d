"""How large the demo's calls are, when they were open, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.calls.enums import Preset


@dataclass(frozen=True, slots=True)
class Size:
    """How large a call is and when it was open, in days before and after now."""

    entries: int
    jurors: int
    opened: int
    closed: int
    name: dict[str, str]


SIZES = {
    Preset.CASES: Size(
        208,
        30,
        120,
        25,
        {
            "en": "Outstanding Cases 2026",
            "zh-hans": "2026年优秀案例",
            "fr": "Cas remarquables 2026",
            "es": "Casos destacados 2026",
            "ru": "Лучшие практики 2026",
            "ar": "الحالات المتميزة 2026",
        },
    ),
    Preset.ACHIEVEMENTS: Size(
        312,
        40,
        160,
        70,
        {
            "en": "Leading Achievements 2026",
            "zh-hans": "2026年领先科技成果",
            "fr": "Réalisations majeures 2026",
            "es": "Logros destacados 2026",
            "ru": "Ведущие достижения 2026",
            "ar": "الإنجازات الرائدة 2026",
        },
    ),
    Preset.COMPETITION: Size(
        1043,
        150,
        170,
        80,
        {
            "en": "Direct to Rivertown 2026",
            "zh-hans": "2026直通河镇大赛",
            "fr": "Direct à Rivertown 2026",
            "es": "Directo a Rivertown 2026",
            "ru": "Прямо в Ривертаун 2026",
            "ar": "مباشرة إلى ريفرتاون 2026",
        },
    ),
}
