"""The sentences in which the audit log tells what happened in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES = {
    "live.cues.drafted": _("%(actor)s drafted the cue sheet of “%(object)s” with %(count)s cues."),
    "live.cues.copied": _("%(actor)s copied %(count)s cues from “%(source)s” to “%(object)s”."),
    "live.cue.added": _("%(actor)s added the cue “%(cue)s” to “%(object)s”."),
    "live.cue.changed": _("%(actor)s changed the cue “%(object)s”."),
    "live.cue.moved": _("%(actor)s moved the cue “%(cue)s” of “%(object)s” to place %(place)s."),
    "live.cue.removed": _("%(actor)s removed the cue “%(cue)s” from “%(object)s”."),
    "live.lead.set": _("%(actor)s set how long before the session the cue sheet of “%(object)s” begins."),
    "live.run.started": _(
        "%(actor)s started “%(object)s” with the cue “%(cue)s” (%(minutes)s minutes late)."
    ),
    "live.cue.started": _("%(actor)s started the cue “%(cue)s” of “%(object)s” (%(minutes)s minutes late)."),
    "live.cue.skipped": _("%(actor)s skipped the cue “%(cue)s” of “%(object)s”."),
    "live.cue.restored": _("%(actor)s put the cue “%(cue)s” of “%(object)s” back in."),
    "live.run.stepped_back": _(
        "%(actor)s took the last step of “%(object)s” back; it is at “%(cue)s” again."
    ),
    "live.run.finished": _("%(actor)s ended “%(object)s” (%(minutes)s minutes late)."),
    "live.arrival.set": _("%(actor)s noted where %(person)s is, for “%(object)s”."),
    "live.interpreter.engaged": _("%(actor)s engaged the interpreter %(object)s."),
    "live.interpreter.changed": _("%(actor)s changed what is known of the interpreter %(object)s."),
    "live.interpreter.invited": _("%(actor)s opened an account for the interpreter %(object)s."),
    "live.booths.set": _("%(actor)s set the booths of %(count)s rooms."),
    "live.booth.planned": _("%(actor)s planned the %(lang)s booth of “%(object)s”."),
    "live.booth.changed": _("%(actor)s changed the plan of the booth %(object)s."),
    "live.booth.unplanned": _("%(actor)s took the %(lang)s booth of “%(object)s” out of the plan."),
    "live.team.set": _("%(actor)s set the team of the %(lang)s booth of “%(object)s”."),
    "live.teams.proposed": _("%(actor)s took over %(count)s proposed teams."),
    "live.shift.swapped": _("%(actor)s exchanged turns in the %(lang)s booth of “%(object)s”."),
    "live.shifts.moved": _("The turns of %(count)s booths followed the schedule (%(actor)s)."),
    "live.undertaking.written": _(
        "%(actor)s wrote version %(number)s of the undertaking of confidentiality."
    ),
    "live.undertaking.accepted": _(
        "%(actor)s accepted version %(number)s of the undertaking of confidentiality (%(object)s)."
    ),
    "live.pack.opened": _("%(actor)s opened the preparation pack of “%(object)s”."),
    "live.pack.file_taken": _("%(actor)s took the file %(file)s of “%(object)s” from the preparation pack."),
}


def register() -> None:
    """Declare all audit actions of this room."""
    for action, sentence in SENTENCES.items():
        register_sentence(action, sentence)
