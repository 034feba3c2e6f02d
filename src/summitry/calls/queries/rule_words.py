"""Rules of eligibility in words: what one asks, and what it rests a finding on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.calls.enums import EntrantKind, RuleKind
from summitry.calls.models import EligibilityCheck, EligibilityRule, Question
from summitry.calls.queries.entry_content import day_in_words
from summitry.foundation.i18n import Text, formats

Questions = Mapping[str, Question]
"""The questions of a call by their addresses: people read labels, not addresses."""


def evidence_in_words(rule: EligibilityRule, check: EligibilityCheck, lang: str, questions: Questions) -> str:
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
        return _("The entry says: %(found)s.") % {"found": _value(rule, found["found"], lang, questions)}
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


def setting_in_words(rule: EligibilityRule, lang: str, questions: Questions) -> str:
    """Return what a rule asks, in words."""
    setting: dict[str, Any] = rule.setting
    parts = []
    if "question" in setting:
        asked = questions.get(str(setting["question"]))
        parts.append(asked.label.shown(lang).text if asked else str(setting["question"]))
    first, last = setting.get("least", setting.get("first")), setting.get("most", setting.get("last"))
    if first not in (None, ""):
        parts.append(_("from %(value)s") % {"value": _value(rule, first, lang, questions)})
    if last not in (None, ""):
        parts.append(_("to %(value)s") % {"value": _value(rule, last, lang, questions)})
    if "in" in setting:
        parts.append(_listed([_value(rule, value, lang, questions) for value in setting["in"]]))
    if "years" in setting:
        parts.append(_("the last %(years)s years") % {"years": formats.number(setting["years"], lang)})
    return " · ".join(parts)


def _value(rule: EligibilityRule, value: Any, lang: str, questions: Questions) -> str:
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if rule.kind == RuleKind.KIND:
        return str(dict(EntrantKind.choices).get(str(value), value))
    if rule.kind == RuleKind.DATE:
        return day_in_words(str(value), lang)
    if isinstance(value, list):
        return _listed([_value(rule, each, lang, questions) for each in value])
    return _option(questions.get(str(rule.setting.get("question"))), value, lang)


def _option(asked: Question | None, value: Any, lang: str) -> str:
    for option in asked.options if asked else ():
        if option["value"] == value:
            return Text.from_json(option["label"]).shown(lang).text or str(value)
    return str(value)


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(str(value) for value in values)
