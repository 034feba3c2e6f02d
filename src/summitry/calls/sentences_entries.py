"""What the log says of entries, from draft to frozen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "calls.call.frozen": _("%(actor)s froze the entries of %(object)s."),
    "calls.entry.begun": _("%(actor)s began the entry %(object)s."),
    "calls.entry.saved": _("%(actor)s filled in %(count)s fields of the entry %(object)s."),
    "calls.entry.admitted_late": _("%(actor)s let the entry %(object)s be handed in after the deadline."),
    "calls.entry.link_renewed": _("%(actor)s renewed the link of the entry %(object)s."),
    "calls.entry.link_sent": _("%(actor)s sent the link of the entry %(object)s again."),
    "calls.entry.repeats_nothing": _(
        "%(actor)s said that the entry %(object)s does not repeat entry %(other)s."
    ),
    "calls.entries.imported": _("%(actor)s imported %(count)s entries."),
    "calls.entries.forgotten": _("%(actor)s deleted %(count)s drafts that nobody had filled in."),
    "calls.entries.erased": _("%(actor)s erased the personal data of %(count)s entries."),
    "calls.entries.submitted": _("%(actor)s handed in %(count)s entries."),
    "calls.entries.withdrawn": _("%(actor)s withdrew %(count)s entries."),
    "calls.entries.disqualified": _("%(actor)s disqualified %(count)s entries."),
    "calls.member.added": _("%(actor)s named %(object)s as a member of a team."),
    "calls.member.removed": _("%(actor)s removed %(object)s from a team."),
    "calls.member.confirmed": _("%(actor)s confirmed to be a member of a team."),
    "calls.member.denied": _("%(actor)s said that she is not a member of a team."),
    "calls.member.asked_again": _("%(actor)s asked %(object)s again to confirm."),
    "calls.relation.declared": _("%(actor)s declared who should not judge the entry %(object)s."),
    "calls.relation.taken_back": _("%(actor)s took back who should not judge the entry %(object)s."),
    "calls.nomination.received": _("%(actor)s received a nomination for %(call)s."),
    "calls.nomination.invited": _("%(actor)s invited somebody who was nominated to enter."),
    "calls.nomination.dismissed": _("%(actor)s dismissed a nomination."),
    "calls.nominations.erased": _("%(actor)s erased %(count)s nominations."),
}
