"""The sentences in which the audit log tells what happened in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.audit import register_sentence

SENTENCES = {
    "mailing.mailing.created": _("%(actor)s began the mailing “%(object)s”."),
    "mailing.mailing.changed": _("%(actor)s changed the mailing “%(object)s”."),
    "mailing.mailing.discarded": _("%(actor)s discarded the mailing “%(object)s”."),
    "mailing.mailing.held": _("%(actor)s put the mailing “%(object)s” in the outbox."),
    "mailing.mailing.withdrawn": _("%(actor)s took the mailing “%(object)s” back as a draft."),
    "mailing.mailing.released": _("%(actor)s released the mailing “%(object)s”."),
    "mailing.mailing.scheduled": _("%(actor)s scheduled the mailing “%(object)s”."),
    "mailing.mailing.unscheduled": _("%(actor)s took the mailing “%(object)s” off the schedule."),
    "mailing.mailing.recalled": _("%(actor)s recalled the mailing “%(object)s”."),
    "mailing.mailing.started": _("%(actor)s began to send the mailing “%(object)s”."),
    "mailing.mailing.stopped": _(
        "%(actor)s did not send the mailing “%(object)s”: it would have reached nobody."
    ),
    "mailing.mailing.sent": _("%(actor)s finished sending the mailing “%(object)s”."),
    "mailing.letters.resent": _("%(actor)s sent %(count)s letters of “%(object)s” again."),
    "mailing.letters.taken_back": _(
        "%(actor)s took %(count)s letters of “%(object)s” back before they left."
    ),
    "mailing.letter.bounced": _("%(actor)s learnt that a letter of “%(mailing)s” came back."),
    "mailing.notice.posted": _("%(actor)s wrote the notice “%(object)s” to %(count)s recipients."),
    "mailing.notice.worded": _("%(actor)s changed the notice “%(object)s”."),
    "mailing.address.unsubscribed": _("A recipient unsubscribed from the news of %(object)s."),
    "mailing.address.allowed": _("%(actor)s allowed mail to a left-out address of %(edition)s again."),
}


def register() -> None:
    """Declare all audit actions of this room."""
    for action, sentence in SENTENCES.items():
        register_sentence(action, sentence)
