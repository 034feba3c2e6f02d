"""Rules of access over the API: which category may enter which zone when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from summitry.editions.models import Edition
from summitry.foundation.access import require
from summitry.foundation.errors import InvalidInput
from summitry.gates.actions.access import change_rule, create_rule, remove_rule
from summitry.gates.api_door import asked_for, found
from summitry.gates.api_grounds import zone_of
from summitry.gates.models import AccessRule
from summitry.guests.enums import Attendance
from summitry.guests.models import Category

router = Router()


class RuleOut(Schema):
    """A rule: a category (none is all) may enter a zone on some days (none is every day) at some hours."""

    id: int
    zone: int
    category: str | None
    attendance: str
    first_day: dt.date | None
    last_day: dt.date | None
    opens: dt.time | None
    closes: dt.time | None


class RuleIn(Schema):
    """What of a rule is to be changed; what is left out stays."""

    zone: int | None = None
    category: str | None = None
    attendance: Attendance | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    opens: dt.time | None = None
    closes: dt.time | None = None


class NewRuleIn(RuleIn):
    """A rule to be added; `attendance` null is any."""

    zone: int
    attendance: Attendance | None = Attendance.ON_SITE


@router.get("/{slug}/access-rules", response=list[RuleOut], url_name="access_rules")
def list_rules(request: HttpRequest, slug: str) -> list[RuleOut]:
    """All rules of access."""
    edition, _actor = asked_for(request, slug, AccessRule)
    return [_rule_out(row) for row in AccessRule.objects.filter(edition=edition).select_related("category")]


@router.post("/{slug}/access-rules", response={201: RuleOut}, url_name="access_rule_new")
def post_rule(request: HttpRequest, slug: str, body: NewRuleIn) -> Status[RuleOut]:
    """Add a rule of access; everybody's table is compiled anew."""
    edition, actor = asked_for(request, slug, AccessRule)
    require(actor, "edit", AccessRule(edition=edition))
    given = {"attendance": body.attendance or "", **_facts(edition, body)}
    return Status(201, _rule_out(create_rule(by=actor, **given)))


@router.patch("/{slug}/access-rules/{rule}", response=RuleOut, url_name="access_rule_change")
def patch_rule(request: HttpRequest, slug: str, rule: int, body: RuleIn) -> RuleOut:
    """Change a rule of access; everybody's table is compiled anew."""
    edition, actor = asked_for(request, slug, AccessRule)
    row = found(actor, AccessRule.objects.filter(edition=edition, pk=rule).select_related("zone", "category"))
    change_rule(row, by=actor, **_facts(edition, body))
    row.refresh_from_db()
    return _rule_out(row)


@router.delete("/{slug}/access-rules/{rule}", response={204: None}, url_name="access_rule_remove")
def delete_rule(request: HttpRequest, slug: str, rule: int) -> Status[None]:
    """Remove a rule of access; everybody's table is compiled anew."""
    edition, actor = asked_for(request, slug, AccessRule)
    remove_rule(found(actor, AccessRule.objects.filter(edition=edition, pk=rule)), by=actor)
    return Status(204, None)


def _facts(edition: Edition, body: RuleIn) -> dict[str, Any]:
    given: dict[str, Any] = body.model_dump(exclude_unset=True)
    if "zone" in given:
        given["zone"] = zone_of(edition, given["zone"], "zone")
    if given.get("category") is not None:
        given["category"] = Category.objects.filter(edition=edition, slug=given["category"]).first()
        if given["category"] is None:
            raise InvalidInput(fields={"category": [_("There is no such category.")]})
    if "attendance" in given:
        given["attendance"] = given["attendance"] or ""
    return given


def _rule_out(row: AccessRule) -> RuleOut:
    plain = ("attendance", "first_day", "last_day", "opens", "closes")
    return RuleOut(
        id=row.pk,
        zone=row.zone_id,
        category=row.category.slug if row.category else None,
        **{name: getattr(row, name) for name in plain},
    )
