"""The sentences in which the audit log tells what happened in this room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES: dict[str, Promise] = {
    "gates.badges.issued": _("%(actor)s caused %(count)s badges to be issued."),
    "gates.badge.revoked": _("%(actor)s caused the badge of %(object)s to be revoked."),
    "gates.badge.reprinted": _("%(actor)s replaced the badge of %(object)s: %(reason)s"),
    "gates.badge.ordered": _("%(actor)s ordered the badge of %(object)s to be printed."),
    "gates.badge.corrected": _("%(actor)s changed the lines of the badge of %(object)s."),
    "gates.badge.signed": _("%(actor)s found the badge of %(object)s right."),
    "gates.badges.handed_out": _("%(actor)s handed out %(count)s badges (to: %(to)s)."),
    "gates.batch.printed": _("%(actor)s had %(badges)s badges made."),
    "gates.layout.created": _("%(actor)s added the badge layout %(object)s."),
    "gates.layout.changed": _("%(actor)s changed the badge layout %(object)s."),
    "gates.layout.removed": _("%(actor)s removed the badge layout %(object)s."),
    "gates.badges.printed": _("%(actor)s printed %(count)s badges."),
    "gates.zone.created": _("%(actor)s added the zone %(object)s."),
    "gates.zone.changed": _("%(actor)s changed the zone %(object)s."),
    "gates.zone.removed": _("%(actor)s removed the zone %(object)s."),
    "gates.zone.emergency": _("%(actor)s allowed %(places)s more people in %(object)s: %(reason)s"),
    "gates.rule.created": _("%(actor)s added a rule of access: %(object)s."),
    "gates.rule.changed": _("%(actor)s changed a rule of access: %(object)s."),
    "gates.rule.removed": _("%(actor)s removed a rule of access: %(object)s."),
    "gates.grant.made": _("%(actor)s decided about the access of a guest by name: %(object)s."),
    "gates.grant.removed": _("%(actor)s took back a decision about the access of a guest: %(object)s."),
    "gates.allotments.set": _("%(actor)s set how many of each delegation may be in %(object)s at once."),
    "gates.gate.created": _("%(actor)s added the gate %(object)s."),
    "gates.gate.changed": _("%(actor)s changed the gate %(object)s."),
    "gates.gate.removed": _("%(actor)s removed the gate %(object)s."),
    "gates.device.invited": _("%(actor)s made a code for the device %(object)s."),
    "gates.device.enrolled": _("%(actor)s was enrolled as a device."),
    "gates.device.changed": _("%(actor)s changed the device %(object)s."),
    "gates.device.revoked": _("%(actor)s shut the device %(object)s out."),
    "gates.incident.settled": _("%(actor)s settled an incident: %(object)s."),
    "gates.scans.tallied": _("%(actor)s counted %(count)s scans for good and deleted them."),
    "gates.walk_in": _("%(actor)s registered %(object)s at the desk."),
}


def register() -> None:
    """Make the sentences known to the log."""
    for action, words in SENTENCES.items():
        register_sentence(action, words)
