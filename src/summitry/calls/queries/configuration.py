"""What a call is, as one canonical value: what its record keeps the digest of, and what a copy of it holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from summitry.calls.models import Call

FACTS = (
    "slug",
    "preset",
    "admission",
    "grace_minutes",
    "languages",
    "places",
    "reserve",
    "most_entries",
    "most_members",
)


def configuration_of(call: Call) -> dict[str, Any]:
    """Return dates, areas, form, rules of eligibility, quotas, awards and rules text of a call as JSON values (seven queries).

    Rounds are not part of it: they have steps of their own in the record.
    """
    rules = call.rules_texts.order_by("-number").first()
    return {
        **{name: getattr(call, name) for name in FACTS},
        "bars_same_entity": call.bars_same_entity,
        "opens": _moment(call.opens_at),
        "closes": _moment(call.closes_at),
        "name": call.name.to_json(),
        "rules": {"number": rules.number, "text": rules.text.to_json()} if rules else None,
        "areas": [{"slug": row.slug, "name": row.name.to_json()} for row in call.areas.all()],
        "questions": [
            {
                **{name: getattr(row, name) for name in _QUESTION},
                "label": row.label.to_json(),
                "hint": row.hint.to_json(),
            }
            for row in call.questions.all()
        ],
        "eligibility": [
            {
                "slug": row.slug,
                "kind": str(row.kind),
                "setting": row.setting,
                "only_flags": row.only_flags,
                "version": row.version,
            }
            for row in call.eligibility_rules.all()
        ],
        "quotas": [
            {"dimension": str(row.dimension), "label": row.label, "least": row.least, "most": row.most}
            for row in call.quotas.all()
        ],
        "awards": [
            {
                "slug": row.slug,
                "area": row.area.slug if row.area else None,
                "places": row.places,
                "name": row.name.to_json(),
            }
            for row in call.awards.select_related("area")
        ],
    }


_QUESTION = (
    "slug", "kind", "areas", "is_required", "identifies", "is_public", "options", "condition", "longest",
)  # fmt: skip


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
