"""Rules of eligibility in words: what one asks, and what it rests a finding on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.calls.enums import EntrantKind, RuleKind
from summitry.calls.models import EligibilityCheck, EligibilityRule
from summitry.foundation.i18n import formats


def evidence_in_words(rule: EligibilityRule, check: EligibilityCheck, lang: str) -> str:
    """Return what a rule rests its finding on, as a sentence; "" where there is nothing to say."""
    found: dict[str, Any] = check.evidence
    why = {
        "unreadable": _("This rule cannot be asked of this entry."),
        "not_asked": _("The entrant was not asked for this."),
        "missing": _("Nothing was given."),
    }
    if found.get("why") in why:
        return why[found["why"]]
    if "found" in found:
        return _("The entry says: %(found)s.") % {"found": _value(rule, found["found"])}
    return _about_others(rule, found, lang) if found else ""


def _about_others(rule: EligibilityRule, found: dict[str, Any], lang: str) -> str:
    if rule.kind == RuleKind.TEAM:
        return _("%(unconfirmed)s have not answered, %(denied)s say that they are no members.") % {
            "unconfirmed": formats.number(found.get("unconfirmed", 0), lang),
            "denied": formats.number(found.get("denied", 0), lang),
        }
    if rule.kind == RuleKind.ENTERED_BEFORE:
        return _("The organisation was a laureate in %(years)s.") % {"years": _listed(found.get("years", []))}
    if rule.kind == RuleKind.ONE_ENTRY:
        return _("The organisation entered in this area as well: %(entries)s.") % {
            "entries": _listed(found.get("entries", []))
        }
    return ""


def setting_in_words(rule: EligibilityRule, lang: str) -> str:
    """Return what a rule asks, in words."""
    setting: dict[str, Any] = rule.setting
    parts = [str(setting["question"])] if "question" in setting else []
    first, last = setting.get("least", setting.get("first")), setting.get("most", setting.get("last"))
    if first not in (None, ""):
        parts.append(_("from %(value)s") % {"value": first})
    if last not in (None, ""):
        parts.append(_("to %(value)s") % {"value": last})
    if "in" in setting:
        parts.append(_listed([_value(rule, value) for value in setting["in"]]))
    if "years" in setting:
        parts.append(_("the last %(years)s years") % {"years": formats.number(setting["years"], lang)})
    return " · ".join(parts)


def _value(rule: EligibilityRule, value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if rule.kind == RuleKind.KIND:
        return str(dict(EntrantKind.choices).get(str(value), value))
    return _listed(value) if isinstance(value, list) else str(value)


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(str(value) for value in values)
