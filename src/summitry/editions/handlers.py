"""What the directory changes, an edition's pages show: their content version rises with it."""

from __future__ import annotations

from django.db.models import F, Q

from summitry.directory.events import (
    EntityNamesChanged,
    MergeUndone,
    OrganisationsChanged,
    RecordsMerged,
    TopicsChanged,
)
from summitry.editions.models import Edition
from summitry.foundation.bus import subscribe


def on_organisations_changed(event: OrganisationsChanged) -> None:
    """Touch the editions in which these organisations have a role."""
    _touch(Q(organisers__organisation__in=event.organisation_ids))


def on_entity_names_changed(event: EntityNamesChanged) -> None:
    """Touch the editions that name entities by this profile."""
    _touch(Q(naming_profile=event.profile_id))


def on_topics_changed(event: TopicsChanged) -> None:
    """Touch the editions that use these topics or topics below them."""
    _touch(
        Q(edition_topics__topic__in=event.topic_ids) | Q(edition_topics__topic__parent__in=event.topic_ids)
    )


def on_merge(event: RecordsMerged | MergeUndone) -> None:
    """Touch the editions in which a merged (or separated) organisation has a role."""
    if event.model == "directory.organisation":
        _touch(Q(organisers__organisation__in=(event.kept_id, event.absorbed_id)))


def register() -> None:
    """Subscribe, inside the transactions, so that no page is ever built from half of a change."""
    subscribe(OrganisationsChanged, on_organisations_changed, inside=True)
    subscribe(EntityNamesChanged, on_entity_names_changed, inside=True)
    subscribe(TopicsChanged, on_topics_changed, inside=True)
    subscribe(RecordsMerged, on_merge, inside=True)
    subscribe(MergeUndone, on_merge, inside=True)


def _touch(condition: Q) -> None:
    concerned = Edition.objects.filter(condition).values("pk")
    Edition.objects.filter(pk__in=concerned).update(content_version=F("content_version") + 1)
