"""The texts of the programme that the translation workbench offers: forums, sessions, contributions, and who appears."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.directory.actions.translating import translate_people
from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.programme.actions.translating import (
    translate_contributions,
    translate_forums,
    translate_sessions,
)
from summitry.programme.models import Contribution, Forum, Session
from summitry.programme.permissions import FORUM_EDITOR
from summitry.translation.permissions import let_translate
from summitry.translation.sources import SAVED, Rewritten, Source, TextField, register_source

_TITLE = TextField("title", _("Title"))
_ABSTRACT = TextField("abstract", _("Abstract"), is_prose=True)


def register() -> None:
    """Offer the programme's texts, and let forum editors translate those of their forums."""
    for source in (FORUMS, SESSIONS, CONTRIBUTIONS, PEOPLE):
        register_source(source)
    let_translate(FORUM_EDITOR.code)


def _forums(edition: Edition) -> QuerySet[Forum]:
    return Forum.objects.filter(edition=edition).only("pk", "title", "abstract", "edition_id")


def _sessions(edition: Edition) -> QuerySet[Session]:
    rows = Session.objects.filter(edition=edition).select_related("forum").order_by("forum__position", "pk")
    return rows.only("pk", "edition_id", "forum__title", *(field.name for field in SESSIONS.fields))


def _contributions(edition: Edition) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(session__edition=edition).select_related("session")
    ordered = rows.order_by("session__forum__position", "session_id", "position", "pk")
    return ordered.only("pk", "title", "abstract", "session__title")


def _people(edition: Edition) -> QuerySet[Person]:
    """Everybody who appears or chairs; declined appearances included, for the page keeps them until they are removed."""
    appearing = Q(pk__in=Session.objects.filter(edition=edition).values("appearances__person"))
    chairing = Q(pk__in=Forum.objects.filter(edition=edition).values("chair"))
    rows = Person.objects.filter(appearing | chairing).order_by("reference_name", "pk")
    return rows.only("pk", "reference_name", "honorific", "biography")


def _write_forums(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    translate_forums(edition, [(one.row, one.texts) for one in changes], by=by, audit=SAVED)


def _write_sessions(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    translate_sessions(edition, [(one.row, one.texts) for one in changes], by=by, audit=SAVED)


def _write_contributions(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    translate_contributions(edition, [(one.row, one.texts) for one in changes], by=by, audit=SAVED)


def _write_people(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    rows = [(one.row, one.texts) for one in changes]
    translate_people(rows, by=by, audit=SAVED, edition_id=edition.pk)


FORUMS = Source(
    key="programme.forum",
    model=Forum,
    label=_("Forum"),
    plural=_("Forums"),
    fields=(_TITLE, _ABSTRACT),
    rows=_forums,
    name=lambda forum: forum.title,
    write=_write_forums,
    forums=("pk",),
    is_forum=True,
    order=20,
)
SESSIONS = Source(
    key="programme.session",
    model=Session,
    label=_("Session"),
    plural=_("Sessions"),
    fields=(_TITLE, TextField("subtitle", _("Subtitle")), _ABSTRACT),
    rows=_sessions,
    name=lambda session: session.title,
    within=lambda session: session.forum.title,
    write=_write_sessions,
    forums=("forum_id",),
    order=30,
)
CONTRIBUTIONS = Source(
    key="programme.contribution",
    model=Contribution,
    label=_("Contribution"),
    plural=_("Contributions"),
    fields=(_TITLE, _ABSTRACT),
    rows=_contributions,
    name=lambda contribution: contribution.title,
    within=lambda contribution: contribution.session.title,
    write=_write_contributions,
    forums=("session__forum_id",),
    order=40,
)
PEOPLE = Source(
    key="directory.person",
    model=Person,
    label=_("Person"),
    plural=_("People"),
    fields=(TextField("honorific", _("Honorific")), TextField("biography", _("Biography"), is_prose=True)),
    rows=_people,
    name=lambda person: person.reference_name,
    write=_write_people,
    forums=("appearances__session__forum_id", "chaired_forums"),
    many=True,
    order=50,
)
