"""Registers what this room contributes: roles, policies, audit sentences and handlers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "editions.summit.created": _("%(actor)s founded the summit %(object)s."),
    "editions.edition.created": _("%(actor)s opened the edition %(object)s."),
    "editions.edition.cloned": _("%(actor)s opened the edition %(object)s from %(source)s."),
    "editions.edition.changed": _("%(actor)s changed facts about the edition %(object)s."),
    "editions.phases.set": _("%(actor)s set the phases of %(object)s."),
    "editions.deadlines.set": _("%(actor)s set the deadlines of %(object)s."),
    "editions.topics.set": _("%(actor)s chose the topics of %(object)s."),
    "editions.organisers.set": _("%(actor)s set the organisers of %(object)s: %(count)s."),
    "editions.venue.created": _("%(actor)s added the venue %(object)s."),
    "editions.building.created": _("%(actor)s added the building %(object)s."),
    "editions.walks.set": _("%(actor)s set %(count)s walking times of %(object)s."),
    "editions.rooms.created": _("%(actor)s added %(count)s rooms to %(object)s."),
    "editions.room.changed": _("%(actor)s changed facts about the room %(object)s."),
    "editions.room.removed": _("%(actor)s removed the room %(object)s."),
}


class EditionsConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.editions"
    label = "editions"

    def ready(self) -> None:
        from summitry.directory.permissions import imply_contributor  # noqa: PLC0415 - needs loaded models
        from summitry.editions import handlers, navigation, webhooks  # noqa: PLC0415 - needs loaded models
        from summitry.editions.permissions import DIRECTOR, EDITOR, POLICIES, ROLES  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.audit import register_sentence  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.permissions import let_watch  # noqa: PLC0415 - needs loaded models

        for role in ROLES:
            register_role(role)
        for policy in POLICIES:
            register_policy(policy())
        for action, sentence in SENTENCES.items():
            register_sentence(action, sentence)
        imply_contributor(DIRECTOR.code, EDITOR.code)
        let_watch(DIRECTOR.code)
        handlers.register()
        navigation.register()
        webhooks.register()
