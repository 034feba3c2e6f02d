"""Registers what this room contributes: policies, audit sentences, sources, navigation, readiness checks and topics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "translation.texts.saved": _("%(actor)s saved translations; records: %(count)s."),
    "translation.file.imported": _(
        "%(actor)s imported %(count)s translations into %(object)s (%(language)s)."
    ),
    "translation.machine.done": _(
        "%(actor)s had %(count)s texts of %(object)s translated by machine (%(language)s)."
    ),
    "translation.work.assigned": _("%(actor)s assigned translations: %(object)s."),
    "translation.work.changed": _("%(actor)s changed the assignment: %(object)s."),
    "translation.work.withdrawn": _("%(actor)s withdrew the assignment: %(object)s."),
}


class TranslationConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.translation"
    label = "translation"

    def ready(self) -> None:
        from summitry.directory.permissions import imply_terms  # noqa: PLC0415 - needs loaded models
        from summitry.editions.permissions import DIRECTOR, EDITOR, TRANSLATOR  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.audit import register_sentence  # noqa: PLC0415 - needs loaded models
        from summitry.translation import live_topic, navigation, own_sources, permissions, readiness, webhooks  # noqa: PLC0415 - as above

        register_policy(permissions.AssignmentPolicy())
        for action, sentence in SENTENCES.items():
            register_sentence(action, sentence)
        imply_terms(approve=(DIRECTOR.code, EDITOR.code), propose=(TRANSLATOR.code,))
        own_sources.register()
        live_topic.register()
        navigation.register()
        readiness.register()
        webhooks.register()
