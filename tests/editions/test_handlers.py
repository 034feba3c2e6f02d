from __future__ import annotations

import pytest

from summitry.directory.actions.merge import merge_organisations, undo_merge
from summitry.directory.actions.naming import set_entity_name
from summitry.directory.actions.organisation import update_organisation
from summitry.directory.actions.topic import update_topic
from summitry.editions.actions.edition import set_topics
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from tests.directory.make import SYSTEM, make_entity, make_organisation, make_profile, make_topic
from tests.editions.make import make_edition

pytestmark = pytest.mark.django_db


def touched(act):
    before = dict(Edition.objects.values_list("pk", "content_version"))
    act()
    return {
        pk for pk, version in Edition.objects.values_list("pk", "content_version") if version > before[pk]
    }


def test_change_in_the_directory_touches_the_editions_that_show_it():
    profile, topic, organisation = make_profile(), make_topic(), make_organisation()
    child = make_topic(parent=topic)
    named, themed, hosted, other = (
        make_edition(naming_profile=profile),
        make_edition(),
        make_edition(),
        make_edition(),
    )
    set_topics(themed, [child], by=SYSTEM)
    roles = [OrganiserGiven(organisation, role) for role in (OrganiserRole.HOST, OrganiserRole.SUPPORTER)]
    set_organisers(hosted, roles, by=SYSTEM)
    assert touched(lambda: set_entity_name(profile, make_entity(), "en", "China", by=SYSTEM)) == {named.pk}
    assert touched(lambda: update_topic(child, by=SYSTEM, name=Text.of("New"))) == {themed.pk}
    assert touched(lambda: update_topic(topic, by=SYSTEM, tone="teal")) == {themed.pk}
    assert touched(lambda: update_organisation(organisation, by=SYSTEM, name=Text.of("New"))) == {hosted.pk}
    assert Edition.objects.get(pk=other.pk).content_version == 1


def test_merge_of_organisers_touches_their_editions():
    kept, absorbed = make_organisation(), make_organisation()
    edition = make_edition()
    set_organisers(edition, [OrganiserGiven(absorbed, OrganiserRole.HOST)], by=SYSTEM)
    merges = []
    assert touched(lambda: merges.append(merge_organisations(kept, absorbed, by=SYSTEM))) == {edition.pk}
    assert touched(lambda: undo_merge(merges[0], by=SYSTEM)) == {edition.pk}
