"""The sentences in which the audit log tells what happened in this room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES: dict[str, Promise] = {
    "guests.guest.invited": _("%(actor)s opened the invitation of %(object)s again."),
    "guests.guest.nominated": _("%(actor)s nominated %(object)s again."),
    "guests.guest.applying": _("%(actor)s began the application of %(object)s."),
    "guests.guest.waiting": _("%(actor)s put %(object)s on the waiting list."),
    "guests.guest.submitted": _("%(actor)s handed in the application of %(object)s."),
    "guests.guest.incomplete": _("%(actor)s asked %(object)s to complete the application."),
    "guests.guest.screening": _("%(actor)s passed the application of %(object)s on to screening."),
    "guests.guest.deciding": _("%(actor)s put the application of %(object)s up for decision."),
    "guests.guest.on_hold": _("%(actor)s put the application of %(object)s on hold."),
    "guests.guest.approved": _("%(actor)s approved the application of %(object)s."),
    "guests.guest.confirmed": _("%(actor)s accredited %(object)s."),
    "guests.guest.refused": _("%(actor)s refused the application of %(object)s."),
    "guests.guest.appealed": _("%(actor)s appealed against the refusal of %(object)s."),
    "guests.guest.declined": _("%(actor)s declined for %(object)s."),
    "guests.guest.withdrawn": _("%(actor)s withdrew %(object)s."),
    "guests.guest.replaced": _("%(actor)s replaced %(object)s by somebody else."),
    "guests.guest.revoked": _("%(actor)s revoked the accreditation of %(object)s."),
    "guests.invitations.drafted": _("%(actor)s prepared %(count)s invitations."),
    "guests.invitations.sent": _("%(actor)s sent %(count)s invitations."),
    "guests.invitations.reminded": _("%(actor)s reminded of %(count)s invitations."),
    "guests.invitations.withdrawn": _("%(actor)s withdrew %(count)s invitations."),
    "guests.invitations.expired": _(
        "%(actor)s closed %(count)s invitations that nobody had answered in time."
    ),
    "guests.invitation.accepted": _("%(actor)s accepted the invitation of %(object)s."),
    "guests.invitation.declined": _("%(actor)s declined the invitation of %(object)s."),
    "guests.invitation.accepted_for": _("%(actor)s accepted the invitation on behalf of %(object)s."),
    "guests.invitation.declined_for": _("%(actor)s declined the invitation on behalf of %(object)s."),
    "guests.invitation.withdrawn": _("%(actor)s withdrew the invitation of %(object)s."),
    "guests.invitation.delegated": _("%(actor)s passed the invitation of %(object)s on."),
    "guests.imported": _("%(actor)s imported %(count)s guests."),
    "guests.registration.confirmed": _("%(object)s confirmed her registration."),
    "guests.category.created": _("%(actor)s added the category %(object)s."),
    "guests.category.updated": _("%(actor)s changed the category %(object)s."),
    "guests.category.officers_set": _("%(actor)s said who decides about the guests of %(object)s."),
    "guests.category.removed": _("%(actor)s removed the category %(object)s."),
    "guests.purpose.created": _("%(actor)s added the purpose %(object)s."),
    "guests.purpose.updated": _("%(actor)s changed the purpose %(object)s."),
    "guests.purpose.removed": _("%(actor)s removed the purpose %(object)s."),
    "guests.field.created": _("%(actor)s added the question “%(object)s”."),
    "guests.field.updated": _("%(actor)s changed the question “%(object)s”."),
    "guests.field.removed": _("%(actor)s removed the question “%(object)s”."),
    "guests.form.installed": _("%(actor)s set up categories, purposes and questions."),
    "guests.guest.added": _("%(actor)s added %(object)s to the guests."),
    "guests.guests.added": _("%(actor)s added %(count)s guests."),
    "guests.guest.changed": _("%(actor)s changed the record of %(object)s."),
    "guests.guests.changed": _("%(actor)s changed %(count)s guests."),
    "guests.guest.categorised": _("%(actor)s changed as what %(object)s comes."),
    "guests.guest.photo_set": _("%(actor)s handed in a photo of %(object)s."),
    "guests.guest.photo_removed": _("%(actor)s removed the photo of %(object)s."),
    "guests.application.saved": _("%(actor)s answered %(count)s questions for %(object)s."),
    "guests.guest.link_renewed": _("%(actor)s made a new link to the page of %(object)s."),
    "guests.guest.link_sent": _("%(actor)s had the link to the page of %(object)s sent."),
    "guests.quotas.set": _("%(actor)s set the quotas of %(object)s."),
    "guests.delegation.created": _("%(actor)s added the delegation %(object)s."),
    "guests.delegation.changed": _("%(actor)s changed the delegation %(object)s."),
    "guests.delegation.removed": _("%(actor)s removed the delegation %(object)s."),
    "guests.focal_point.appointed": _("%(actor)s named %(name)s focal point of %(object)s."),
    "guests.focal_point.dismissed": _("%(actor)s ended the work of %(name)s for %(object)s."),
    "guests.guest.substituted": _("%(actor)s put %(object)s in the place of %(former)s."),
    "guests.guests.moved": _("%(actor)s decided about %(count)s applications at once."),
    "guests.proposal.made": _(
        "%(actor)s proposed a decision about %(object)s; a second person has to agree."
    ),
    "guests.proposal.rejected": _("%(actor)s rejected the decision proposed about %(object)s."),
    "guests.guest.unsealed": _("%(actor)s looked at what %(object)s answered under seal."),
    "guests.screening.made": _("%(actor)s put %(count)s guests on the screening list %(object)s."),
    "guests.screening.sent": _("%(actor)s looked at the screening list %(list)s with %(count)s guests."),
    "guests.screening.answered": _("%(actor)s noted %(count)s results of the screening list %(object)s."),
    "guests.visa.issued": _("%(actor)s issued visa letter %(number)s to %(object)s."),
    "guests.visa.opened": _("%(actor)s opened visa letter %(number)s of %(object)s."),
    "guests.visa.withdrawn": _("%(actor)s withdrew visa letter %(number)s of %(object)s."),
    "guests.consent.given": _("%(actor)s consented to “%(purpose)s”."),
    "guests.consent.withdrawn": _("%(actor)s withdrew the consent to “%(purpose)s”."),
    "guests.data.shredded": _("%(actor)s shredded %(count)s entries whose time was over. %(purpose)s"),
    "guests.data.exported": _("%(actor)s took a copy of what is kept of %(object)s."),
    "guests.erasure.asked": _("%(actor)s asked to be erased."),
    "guests.erasure.refused": _("%(actor)s refused a wish to be erased, with reasons."),
    "guests.guest.erased": _("%(actor)s erased what was kept of a guest."),
    "guests.meeting.opened": _("%(actor)s changed how %(object)s can be met."),
    "guests.meeting.proposed": _("%(actor)s asked for the meeting %(object)s."),
    "guests.meeting.accepted": _("%(actor)s agreed to the meeting %(object)s."),
    "guests.meeting.declined": _("%(actor)s declined the meeting %(object)s."),
    "guests.meeting.expired": _("The request for the meeting %(object)s was not answered in time."),
    "guests.meeting.withdrawn": _("%(actor)s took back the request for the meeting %(object)s."),
    "guests.meeting.cancelled": _("%(actor)s cancelled the meeting %(object)s."),
}


def register() -> None:
    """Make the sentences known to the log."""
    for action, words in SENTENCES.items():
        register_sentence(action, words)
