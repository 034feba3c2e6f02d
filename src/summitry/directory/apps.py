"""Registers what this room contributes: roles, policies and audit sentences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "directory.person.created": _("%(actor)s added the person %(object)s."),
    "directory.people.created": _("%(actor)s added %(count)s people."),
    "directory.person.erased": _("%(actor)s erased a person."),
    "directory.person.changed": _("%(actor)s changed facts about %(object)s."),
    "directory.person.portrait_set": _("%(actor)s changed the portrait of %(object)s."),
    "directory.person.renamed": _("%(actor)s changed the names of %(object)s."),
    "directory.affiliation.added": _("%(actor)s recorded a post of %(object)s at %(organisation)s."),
    "directory.affiliation.changed": _("%(actor)s corrected the post: %(object)s."),
    "directory.affiliation.removed": _("%(actor)s removed a post of %(object)s at %(organisation)s."),
    "directory.organisation.created": _("%(actor)s added the organisation %(object)s."),
    "directory.organisations.created": _("%(actor)s added %(count)s organisations."),
    "directory.organisation.changed": _("%(actor)s changed facts about %(object)s."),
    "directory.entity.created": _("%(actor)s added %(object)s to the countries and regions."),
    "directory.entities.seeded": _("%(actor)s filled the countries and regions: %(count)s new."),
    "directory.flag.added": _("%(actor)s approved the flag %(asset)s for %(object)s."),
    "directory.profile.created": _("%(actor)s opened the naming profile %(object)s."),
    "directory.profile.frozen": _("%(actor)s froze the naming profile %(object)s."),
    "directory.profile.versioned": _("%(actor)s opened %(object)s from %(of)s."),
    "directory.profile.edited": _("%(actor)s changed %(count)s names in %(object)s."),
    "directory.topic.created": _("%(actor)s added the topic %(object)s."),
    "directory.topic.changed": _("%(actor)s changed the topic %(object)s."),
    "directory.topic.moved": _("%(actor)s moved the topic %(object)s."),
    "directory.term.proposed": _("%(actor)s proposed the term “%(object)s”."),
    "directory.term.approved": _("%(actor)s approved the term “%(object)s”."),
    "directory.term.changed": _("%(actor)s changed the term “%(object)s”."),
    "directory.term.retired": _("%(actor)s retired the term “%(object)s”."),
    "directory.term.reopened": _("%(actor)s proposed the term “%(object)s” again."),
    "directory.terms.imported": _("%(actor)s imported terms: %(new)s new, %(changed)s changed."),
    "directory.records.merged": _("%(actor)s merged %(absorbed)s into %(object)s."),
    "directory.merge.undone": _("%(actor)s undid the merge of %(absorbed)s into %(object)s."),
}


class DirectoryConfig(AppConfig):
    """The room as a Django application."""

    name = "summitry.directory"
    label = "directory"

    def ready(self) -> None:
        from summitry.directory.permissions import POLICIES, ROLES  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.access import register_policy, register_role  # noqa: PLC0415 - needs loaded models
        from summitry.foundation.audit import register_sentence  # noqa: PLC0415 - needs loaded models

        for role in ROLES:
            register_role(role)
        for policy in POLICIES:
            register_policy(policy())
        for action, sentence in SENTENCES.items():
            register_sentence(action, sentence)
