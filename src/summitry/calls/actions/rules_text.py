"""The rules of a call: a version that was published is never changed, a new one takes its place."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.calls.actions.setting_up import TAKING, require_state, set_up_changed, was_published
from summitry.calls.models import Call, Entry, RulesText
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.i18n import Text


def write_rules(call: Call, text: Text, *, by: Actor, seen: int | None = None) -> RulesText:
    """Let `text` be the rules of a call and return their version. Announces CallChanged where anything differs.

    Before the call is published, and while nobody accepted it, the version is changed in place; afterwards there is a new
    one with the next number. `seen` is the number of the version that the editor had before her: StaleState is raised where
    there is another one by now, InvalidInput for rules without words, CallFixed once entries are frozen.
    """
    require(by, "edit", call)
    if not text:
        raise InvalidInput(fields={"text": [_("Write the rules.")]})
    with recording():
        require_state(call, TAKING)
        last = call.rules_texts.order_by("-number").first()
        number = last.number if last else 0
        if seen is not None and seen != number:
            raise StaleState
        if last is not None and last.text == text:
            return last
        if last is not None and not is_fixed(last):
            change(last, {"text": text}, by=by, audit="calls.rules_text.updated")
            made = last
        else:
            made = checked(RulesText(call=call, number=number + 1, text=text, made_at=clock.now()))
            made.save(force_insert=True)
            record("calls.rules_text.created", by=by, obj=made, number=made.number)
        set_up_changed(call, "rules", by=by)
    return made


def is_fixed(rules: RulesText) -> bool:
    """Return whether a version can no longer be changed: it was published, or somebody accepted it."""
    return was_published(rules.call) or Entry.objects.filter(rules_text=rules).exists()
