"""The sentences in which the audit log tells what happened in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES = {
    "programme.forum.created": _("%(actor)s created the forum “%(object)s”."),
    "programme.forums.created": _("%(actor)s created %(count)s forums."),
    "programme.forum.updated": _("%(actor)s changed the forum “%(object)s”."),
    "programme.forum.organisers_set": _("%(actor)s set the %(count)s organisers of the forum “%(object)s”."),
    "programme.forums.organisers_added": _("%(actor)s added %(count)s organisers to forums."),
    "programme.forum.submitted": _("%(actor)s handed in the forum “%(object)s”."),
    "programme.forum.taken_back": _("%(actor)s took the forum “%(object)s” back."),
    "programme.forum.returned": _("%(actor)s returned the forum “%(object)s” with remarks."),
    "programme.forum.signed": _("%(actor)s signed the forum “%(object)s” off."),
    "programme.forum.published": _("The forum “%(object)s” was published by %(actor)s."),
    "programme.corrections.acknowledged": _(
        "%(actor)s took note of %(count)s corrections in the forum “%(object)s”."
    ),
    "programme.session.created": _("%(actor)s created the session “%(object)s”."),
    "programme.sessions.created": _("%(actor)s created %(count)s sessions."),
    "programme.session.updated": _("%(actor)s changed the session “%(object)s”."),
    "programme.sessions.updated": _("%(actor)s changed %(count)s sessions at once."),
    "programme.contributions.updated": _("%(actor)s changed %(count)s contributions at once."),
    "programme.appearances.updated": _("%(actor)s changed how %(count)s people take part."),
    "programme.forums.updated": _("%(actor)s changed %(count)s forums at once."),
    "programme.appearance.confirmed": _("%(actor)s confirmed a part: %(object)s."),
    "programme.appearance.declined": _("%(actor)s declined a part: %(object)s."),
    "programme.appearance.updated": _("%(actor)s changed how %(object)s takes part."),
    "programme.biographies.written": _("%(actor)s wrote the biographies of %(count)s people."),
    "programme.speaker.updated": _("%(actor)s changed the record of %(object)s."),
    "programme.speaker.wished": _("%(actor)s said how %(object)s would like to take part in “%(part)s”."),
    "programme.speaker.availability_set": _("%(actor)s set %(count)s times at which %(object)s can appear."),
    "programme.speaker.travel_noted": _("%(actor)s noted whether %(object)s needs a visa or travel."),
    "programme.speaker.travel_seen": _("%(actor)s looked at what %(object)s needs for visa and travel."),
    "programme.speakers.travel_listed": _("%(actor)s listed which speakers need a visa or travel."),
    "programme.speaker.biography_written": _("%(actor)s wrote the biography of %(object)s."),
    "programme.speaker.biography_signed": _("%(actor)s approved the biography of %(object)s (%(lang)s)."),
    "programme.speaker.portrait_handed_in": _("%(actor)s handed in a portrait of %(object)s."),
    "programme.speaker.portrait_signed": _("%(actor)s approved the portrait of %(object)s."),
    "programme.speaker.material_handed_in": _(
        "%(actor)s handed in version %(number)s of a file (%(kind)s) of %(object)s for “%(session)s”: %(file)s."
    ),
    "programme.speaker.link_tested": _("%(actor)s tested the link of %(object)s."),
    "programme.speaker.link_renewed": _("%(actor)s made a new link to the page of %(object)s."),
    "programme.speaker.assistant_link_renewed": _(
        "%(actor)s made a new link to the page of %(object)s for the assistant."
    ),
    "programme.speaker.assistant_named": _("%(actor)s set who assists %(object)s."),
    "programme.speaker.link_sent": _("%(actor)s had the link to the page of %(object)s sent."),
    "programme.substitution.proposed": _("%(actor)s proposed %(object)s as a substitute."),
    "programme.substitution.accepted": _("%(actor)s accepted %(object)s as a substitute."),
    "programme.substitution.refused": _("%(actor)s did not accept %(object)s as a substitute."),
    "programme.substitution.withdrawn": _("%(actor)s withdrew the proposal of %(object)s as a substitute."),
    "programme.session.appearances_set": _("%(actor)s set the %(count)s people who appear in “%(object)s”."),
    "programme.contribution.added": _("%(actor)s added the contribution “%(contribution)s” to “%(object)s”."),
    "programme.contribution.updated": _("%(actor)s changed the contribution “%(object)s”."),
    "programme.contribution.removed": _(
        "%(actor)s removed the contribution “%(contribution)s” from “%(object)s”."
    ),
    "programme.slot.placed": _("%(actor)s placed the session “%(object)s” in the draft schedule."),
    "programme.slot.moved": _("%(actor)s moved the session “%(object)s” in the draft schedule."),
    "programme.slot.removed": _("%(actor)s took the session “%(object)s” out of the draft schedule."),
    "programme.slots.placed": _(
        "%(actor)s placed %(new)s sessions in the draft schedule and moved %(moved)s."
    ),
    "programme.slots.removed": _("%(actor)s took %(count)s sessions out of the draft schedule."),
    "programme.draft.rolled_forward": _(
        "%(actor)s brought the places of version %(number)s back into the draft, with %(count)s changes."
    ),
    "programme.schedule.published_despite": _(
        "%(actor)s published version %(number)s with %(count)s blocking clashes: %(reason)s"
    ),
    "programme.capacities.set": _("%(actor)s set the %(count)s capacities of teams, crews and links."),
    "programme.schedule.imported": _(
        "%(actor)s imported the schedule “%(source)s” into %(object)s: %(new)s new, %(moved)s moved, "
        "%(changed)s changed, %(cancelled)s cancelled."
    ),
    "programme.schedule.published": _(
        "%(actor)s published version %(number)s of the schedule, with %(count)s changes."
    ),
}


def register() -> None:
    """Declare all audit actions of this room."""
    for action, sentence in SENTENCES.items():
        register_sentence(action, sentence)
