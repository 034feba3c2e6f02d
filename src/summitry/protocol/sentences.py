"""The sentences in which the audit log tells what happened in this room. No reasons: what the log holds is kept for good."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES: dict[str, Promise] = {
    "protocol.precedence.created": _("%(actor)s created the precedence list “%(object)s”"),
    "protocol.precedence.updated": _("%(actor)s changed the precedence list “%(object)s”"),
    "protocol.precedence.proposed": _(
        "%(actor)s wrote the order of “%(object)s” anew, with %(count)s people"
    ),
    "protocol.precedence.moved": _("%(actor)s moved somebody in “%(object)s” from place %(was)s to %(now)s"),
    "protocol.precedence.added": _("%(actor)s added somebody to “%(object)s” at place %(now)s"),
    "protocol.precedence.removed": _("%(actor)s took somebody off “%(object)s”, place %(was)s"),
    "protocol.precedence.left": _("Place %(was)s of “%(object)s” was given up: its holder does not come"),
    "protocol.precedence.restored": _("%(actor)s took “%(object)s” back to version %(version)s"),
    "protocol.seating.created": _("%(actor)s created the seating plan “%(object)s”"),
    "protocol.seating.updated": _("%(actor)s changed the seating plan “%(object)s”"),
    "protocol.seating.block_added": _("%(actor)s added the table %(block)s to “%(object)s”"),
    "protocol.seating.block_removed": _("%(actor)s removed the table %(block)s from “%(object)s”"),
    "protocol.seating.seated": _("%(actor)s gave the seat %(seat)s of “%(object)s” to somebody"),
    "protocol.seating.cleared": _("%(actor)s cleared the seat %(seat)s of “%(object)s”"),
    "protocol.seating.locked": _("%(actor)s locked the seat %(seat)s of “%(object)s”"),
    "protocol.seating.unlocked": _("%(actor)s unlocked the seat %(seat)s of “%(object)s”"),
    "protocol.seating.proposed": _("%(actor)s took over a proposal for “%(object)s”: %(count)s seats"),
    "protocol.seating.vacated": _("The seat %(seat)s of “%(object)s” was given up: its holder does not come"),
    "protocol.seating.rule_added": _("%(actor)s added a rule to “%(object)s”"),
    "protocol.seating.rule_removed": _("%(actor)s removed a rule from “%(object)s”"),
    "protocol.courtesy.updated": _("%(actor)s changed how %(object)s is addressed"),
    "protocol.greeting.set": _("%(actor)s said who receives %(object)s"),
    "protocol.greeting.removed": _("%(actor)s removed who receives %(object)s"),
    "protocol.station.created": _("%(actor)s created the station %(object)s"),
    "protocol.vehicle.created": _("%(actor)s added the vehicle %(object)s"),
    "protocol.leg.created": _("%(actor)s entered a journey: %(object)s"),
    "protocol.legs.created": _("%(actor)s entered %(count)s journeys"),
    "protocol.leg.updated": _("%(actor)s changed a journey: %(object)s"),
    "protocol.leg.expected": _("%(actor)s set back a journey to expected: %(object)s"),
    "protocol.leg.arrived": _("%(actor)s saw the arrival: %(object)s"),
    "protocol.leg.met": _("%(actor)s met: %(object)s"),
    "protocol.leg.cancelled": _("%(actor)s cancelled a journey: %(object)s"),
    "protocol.transfer.created": _("%(actor)s planned the ride %(object)s"),
    "protocol.transfer.updated": _("%(actor)s changed the ride %(object)s"),
    "protocol.transfer.removed": _("%(actor)s removed the ride %(object)s"),
    "protocol.rider.added": _("%(actor)s added somebody to the ride %(object)s"),
    "protocol.rider.removed": _("%(actor)s took somebody off the ride %(object)s"),
    "protocol.hotel.created": _("%(actor)s added the hotel %(object)s"),
    "protocol.allotment.created": _("%(actor)s entered %(rooms)s rooms: %(object)s"),
    "protocol.allotment.updated": _("%(actor)s changed what is held: %(object)s"),
    "protocol.stay.created": _("%(actor)s lodged %(object)s"),
    "protocol.stays.created": _("%(actor)s lodged %(count)s guests"),
    "protocol.stay.updated": _("%(actor)s changed the stay %(object)s"),
    "protocol.stay.removed": _("%(actor)s cancelled the stay %(object)s"),
    "protocol.meal.created": _("%(actor)s created the meal %(object)s"),
    "protocol.meal.updated": _("%(actor)s changed the meal %(object)s"),
    "protocol.meal.excepted": _("%(actor)s made an exception for a guest at the meal %(object)s"),
    "protocol.diet.set": _("%(actor)s entered what %(object)s is to be served"),
    "protocol.diet.seen": _("%(actor)s looked at what %(object)s is to be served"),
    "protocol.health.step": _("%(actor)s changed the health step"),
    "protocol.health.recorded": _("%(actor)s entered a health result of %(object)s"),
    "protocol.health.seen": _("%(actor)s looked at a health result of %(object)s"),
    "protocol.forgotten": _("%(count)s sealed entries were erased: their time is over"),
    "protocol.proof.given": _("%(actor)s found flag and names of %(entity)s right"),
}


def register() -> None:
    """Make the sentences known to the log."""
    for action, words in SENTENCES.items():
        register_sentence(action, words)
