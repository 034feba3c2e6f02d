"""Calls: made from a preset, changed, published when nothing is missing, cancelled."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.preset import apply_preset
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.round import round_content
from summitry.calls.actions.seeds import commit_seed
from summitry.calls.actions.setting_up import (
    free_slug,
    record_rules,
    set_up_changed,
    tell_changed,
    was_published,
)
from summitry.calls.enums import CALL, LEFT, Admission, CallState, Preset, StepKind
from summitry.calls.errors import CallFixed
from summitry.calls.models import Call, Entry
from summitry.calls.presets import preset_data
from summitry.calls.queries.missing import missing_of
from summitry.editions.actions.edition import check_languages
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import EMPTY
from summitry.foundation.states import transition
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, post_notice

RESERVED = frozenset({"new", "certificates", "laureates", "record", "verify", "vote"})
"""Addresses under an edition's calls that pages of their own have."""
NEVER = frozenset({"preset", "seed", "state", "edition", "announced_at", "created_at"})
BEFORE_FREEZING = frozenset(
    {
        "slug",
        "opens_at",
        "closes_at",
        "grace_minutes",
        "admission",
        "languages",
        "most_entries",
        "most_members",
    }
)
"""What entrants went by: it holds once their entries are frozen."""
BEFORE_ANNOUNCING = frozenset({"places", "reserve", "bars_same_entity", "embargo_until"})
MOST_GRACE = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall:
    """What is said of a new call; what is left out comes from its preset, `languages` from the edition.

    Where `fills` is not set, the call begins without the preset's areas, questions, rounds, rules, quotas and awards.
    """

    preset: Preset
    name: Text
    opens_at: dt.datetime
    closes_at: dt.datetime
    slug: str = ""
    summary: Text = EMPTY
    description: Text = EMPTY
    admission: str = Admission.OPEN
    grace_minutes: int = 15
    languages: Sequence[str] = ()
    places: int | None = None
    reserve: int | None = None
    fills: bool = True


def create_call(edition: Edition, new: NewCall, *, by: Actor) -> Call:
    """Make a call as a draft, with what its preset holds. Announces CallChanged. Raises InvalidInput."""
    require(by, "edit", Call(edition=edition))
    preset = Preset(new.preset)
    facts = dict(preset_data(preset).facts)
    facts |= {name: value for name in ("places", "reserve") if (value := getattr(new, name)) is not None}
    call = Call(
        edition=edition,
        preset=preset,
        slug=new.slug or free_slug(Call.objects.filter(edition=edition), new.name, str(preset)),
        languages=list(new.languages or edition.languages or ["en"]),
        seed=secrets.token_hex(32),
        created_at=clock.now(),
        **{name: getattr(new, name) for name in _GIVEN},
        **facts,
    )
    _check(call, {})
    with recording():
        checked(call).save(force_insert=True)
        if new.fills:
            apply_preset(call, edition.languages)
        record("calls.call.created", by=by, obj=call)
        set_up_changed(call, "call", by=by)
    return call


def update_call(call: Call, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any) -> Call:
    """Change facts of a call. Announces CallChanged.

    Raises InvalidInput, StaleState like `change`, and CallFixed for what holds already: everything that entrants went by,
    once entries are frozen; places and the embargo, once laureates are announced.
    """
    require(by, "edit", call)
    if changes.keys() & NEVER:
        raise CallFixed
    _check(call, changes)
    with recording():
        new = {name for name, value in changes.items() if getattr(call, name) != value}
        _check_holding(call, new, changes)
        if change(call, changes, by=by, audit="calls.call.updated", expected=expected):
            set_up_changed(call, "call", by=by)
    return call


def publish_call(call: Call, *, by: Actor) -> Call:
    """Show a call to the public. Announces CallChanged.

    From here on the record of the call is kept: the digests of its rules and of its seed, its rounds. Raises InvalidInput
    with everything that is missing, TransitionRefused, StaleState.
    """
    require(by, "edit", call)
    with recording():
        missing = [one.words for one in missing_of(call) if one.stops]
        if missing and call.state == CallState.DRAFT:
            raise InvalidInput(fields={"": missing})
        transition(call, CALL, CallState.PUBLISHED, by=by, audit="calls.call.published")
        record_rules(call, "call")
        commit_seed(call)
        for one in call.rounds.all():
            record_step(call.pk, StepKind.ROUND, round_content(one))
        window = {
            name: at.astimezone(dt.UTC).isoformat()
            for name, at in (("opens", call.opens_at), ("closes", call.closes_at))
        }
        record_step(call.pk, StepKind.PUBLISHED, window)
        tell_changed(call, by=by)
    return call


def cancel_call(call: Call, *, by: Actor) -> Call:
    """Take a call back before its laureates are announced, and tell whoever entered. Announces CallChanged.

    Raises TransitionRefused, StaleState.
    """
    require(by, "edit", call)
    with recording():
        transition(call, CALL, CallState.CANCELLED, by=by, audit="calls.call.cancelled")
        set_up_changed(call, "call", by=by)
        rows = call.entries.exclude(state__in=LEFT).exclude(contact_email="").order_by("number")
        post_notice(call.edition, NoticeKey.CALL_CANCELLED, [_cancelled(call, row) for row in rows], by=by)
    return call


def reopen_call(call: Call, *, by: Actor) -> Call:
    """Make a cancelled call a draft again. Announces CallChanged. Raises TransitionRefused, StaleState."""
    require(by, "edit", call)
    with recording():
        transition(call, CALL, CallState.DRAFT, by=by, audit="calls.call.reopened")
        set_up_changed(call, "call", by=by)
    return call


def _cancelled(call: Call, entry: Entry) -> Recipient:
    facts: dict[str, Fact] = {
        "call": call.name,
        "entry": entry.title or str(entry.number),
        "number": str(entry.number),
    }
    return Recipient(None, entry.contact_name, entry.contact_email, entry.language, "", facts)


_GIVEN = ("name", "opens_at", "closes_at", "summary", "description", "admission", "grace_minutes")


def _check(call: Call, changes: Mapping[str, Any]) -> None:
    """Refuse what cannot be: a name without words, dates out of order, an address that a page has."""
    facts = {
        name: changes.get(name, getattr(call, name)) for name in (*_GIVEN, "slug", "languages", "places")
    }
    errors: dict[str, list[str]] = {}
    if not facts["name"]:
        errors["name"] = [_("Give the call a name.")]
    taken = Call.objects.filter(edition=call.edition, slug=facts["slug"]).exclude(pk=call.pk)
    if facts["slug"] in RESERVED or taken.exists():
        errors["slug"] = [_("This address is taken.")]
    if facts["closes_at"] <= facts["opens_at"]:
        errors["closes_at"] = [_("It has to close after it opens.")]
    if facts["grace_minutes"] > MOST_GRACE:
        errors["grace_minutes"] = [_("At most %(most)d minutes.") % {"most": MOST_GRACE}]
    if not facts["languages"]:
        errors["languages"] = [_("Choose at least one language.")]
    if facts["places"] < 1:
        errors["places"] = [_("At least one place.")]
    if errors:
        raise InvalidInput(fields=errors)
    check_languages("languages", facts["languages"])


def _check_holding(call: Call, new: set[str], changes: Mapping[str, Any]) -> None:
    state = Call.objects.values_list("state", flat=True).get(pk=call.pk)
    fixed: set[str] = set()
    if state in {CallState.FROZEN, CallState.ANNOUNCED}:
        fixed = new & BEFORE_FREEZING
    if state == CallState.ANNOUNCED:
        fixed |= new & BEFORE_ANNOUNCING
    if "slug" in new and was_published(call):
        fixed.add("slug")
    if fixed:
        raise InvalidInput(fields={name: [str(CallFixed())] for name in sorted(fixed)})
    if state == CallState.PUBLISHED and "closes_at" in new and changes["closes_at"] < call.closes_at:
        words = _("A published deadline can be made later, not earlier.")
        raise InvalidInput(fields={"closes_at": [words]})
