"""Who can be asked to translate: those who hold a role that lets them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from summitry.editions.models import Edition
from summitry.editions.permissions import TRANSLATOR
from summitry.foundation.access import Actor, visible
from summitry.foundation.models import Account
from summitry.translation.models import Assignment
from summitry.translation.permissions import COORDINATORS, FORUM, forum_roles


def translators(edition: Edition, forum_ids: list[int]) -> QuerySet[Account]:
    """Return the active accounts that may translate texts of `edition`, in all of it or in one of these forums."""
    whole = Q(
        grants__role__in=[*COORDINATORS, TRANSLATOR.code],
        grants__scope_kind="edition",
        grants__scope_id=edition.pk,
    )
    forums = Q(grants__role__in=forum_roles(), grants__scope_kind=FORUM, grants__scope_id__in=forum_ids)
    return Account.objects.filter(whole | forums, is_active=True).distinct().order_by("name", "email")


def assignments(edition: Edition, actor: Actor) -> QuerySet[Assignment]:
    """Return the assignments of `edition` that `actor` may see, by language, then by person."""
    rows = visible(actor, Assignment.objects.filter(edition=edition)).select_related("account")
    return rows.order_by("language", "account__name", "pk")
