"""The console's pages of the rules of eligibility."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.eligibility_rule import create_rule, remove_rule, update_rule
from summitry.calls.forms.eligibility import RuleForm
from summitry.calls.models import Call, EligibilityRule, Question
from summitry.calls.queries.rule_words import setting_in_words
from summitry.calls.views.door import call_at_work
from summitry.editions.views.door import page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import NotFound, SummitryError

TAB = "eligibility"


@page
def rules(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the rules of a call, in the order in which they are asked."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    lang = get_language() or "en"
    questions = {one.slug: one for one in Question.objects.filter(call=found)}
    rows = [
        (rule, rule.name.shown(lang, found.edition.fallback), setting_in_words(rule, lang, questions))
        for rule in EligibilityRule.objects.filter(call=found)
    ]
    may = policy_for(Call).may
    context = {
        "rows": rows,
        "may_edit": may(actor, "edit", found),
        "may_check": may(actor, "check", found),
    }
    return render(request, "calls/eligibility/rules.html", context)


@page
def rule(request: HttpRequest, edition: str, call: str, slug: str = "") -> HttpResponse:
    """Add a rule, change one, or remove it."""
    found, actor = call_at_work(request, edition, call, TAB, "edit")
    record = (
        EligibilityRule.objects.filter(call=found, slug=slug).first() if slug else EligibilityRule(call=found)
    )
    if record is None:
        raise NotFound
    record.call = found
    if "remove" in request.POST and slug:
        try:
            remove_rule(record, by=actor)
        except SummitryError as refusal:
            messages.error(request, str(refusal))
        return redirect("calls:eligibility_rules", found.edition.slug, found.slug)
    form = RuleForm(request.POST or None, record=record, call=found)
    if form.is_bound and _saved(form, record, actor, is_new=not slug):
        messages.success(request, _("The rule is saved; all entries are asked about it again."))
        return redirect("calls:eligibility_rules", found.edition.slug, found.slug)
    context = {"form": form, "record": record, "is_new": not slug}
    return render(request, "calls/eligibility/rule.html", context, status=422 if form.errors else 200)


def _saved(form: RuleForm, record: EligibilityRule, actor: Actor, *, is_new: bool) -> bool:
    if not form.is_valid():
        return False
    if is_new:
        facts = {name: form.cleaned_data[name] for name in form.record_fields}
        made = form.save(lambda **_changes: create_rule(record.call, by=actor, setting=form.setting, **facts))
        return made is not None
    done = form.save(lambda **changes: update_rule(record, by=actor, setting=form.setting, **changes))
    return done is not None
