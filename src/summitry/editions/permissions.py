"""Who may do what with editions and their venue, and the roles that are granted for a whole edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.access import Role, ScopedPolicy

DIRECTOR = Role("director", ("edition",), _("Edition director"), _("Configures an edition and everything in it."))
EDITOR = Role("editor", ("edition",), _("Programme editor"), _("Edits and publishes an edition's programme."))
TRANSLATOR = Role("translator", ("edition",), _("Translator"), _("Translates an edition's texts."))
VIEWER = Role("viewer", ("edition",), _("Viewer"), _("Sees an edition's console and drafts, changes nothing."))
ROLES = (DIRECTOR, EDITOR, TRANSLATOR, VIEWER)
STAFF = frozenset(role.code for role in ROLES)


class EditionPolicy(ScopedPolicy[Edition]):
    """Public editions are everybody's to view; directors edit their own."""

    model = Edition
    verbs = ("view", "view_draft", "edit", "clone")
    paths: ClassVar[Mapping[str, str]] = {"edition": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": STAFF,
        "view_draft": STAFF,
        "edit": frozenset({DIRECTOR.code}),
        "clone": frozenset({DIRECTOR.code}),
    }
    public: ClassVar[Mapping[str, Any] | None] = {"is_public": True}
