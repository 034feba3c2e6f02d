"""Choices of the directory."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntityKind(TextChoices):
    """What sort of body a person or delegation represents."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    IGO = "igo", _("Intergovernmental organisation")
    UNION = "union", _("Union of states")
    NONE = "none", _("No entity")


class NameForm(TextChoices):
    """Which form of an entity's name is meant."""

    SHORT = "short", _("Short form")
    FORMAL = "formal", _("Formal form")
    SORT = "sort", _("Sort key")


class NameUse(TextChoices):
    """What one form of a person's name is for."""

    DISPLAY = "display", _("Display")
    NATIVE = "native", _("Native script")
    LATIN = "latin", _("Latin form")
    BADGE = "badge", _("Badge line")
    PASSPORT = "passport", _("As in the passport")


class OrganisationKind(TextChoices):
    """What sort of organisation this is."""

    GOVERNMENT = "government", _("Government body")
    IGO = "igo", _("Intergovernmental organisation")
    ACADEMIA = "academia", _("University or research institute")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Association or foundation")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class TermState(TextChoices):
    """How far a term of the glossary has come."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", pgettext_lazy("term", "Approved")
    RETIRED = "retired", _("Retired")
