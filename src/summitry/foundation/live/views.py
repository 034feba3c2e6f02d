"""Where pages say that they show a record, and hear who else does."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from summitry.foundation.errors import NotFound
from summitry.foundation.i18n.formats import listing
from summitry.foundation.live.presence import Present, attended_record, present_on, say_present
from summitry.foundation.web.actor import actor_of
from summitry.foundation.web.security import same_origin_only

TAB = re.compile(r"[a-zA-Z0-9-]{1,40}")
NAMED = 4


@same_origin_only
@never_cache
@require_POST
def presence(request: HttpRequest) -> JsonResponse:
    """Take a page's sign of life (`record`, `tab`; `left` when it closes) and answer who else is there, in a sentence.

    Raises NotFound for whoever may not edit the record: such a page is not told that the record exists.
    """
    actor = actor_of(request)
    record = attended_record(request.POST.get("record", ""), actor)
    tab = request.POST.get("tab", "")
    if record is None or not TAB.fullmatch(tab):
        raise NotFound
    say_present(record, actor, tab, is_leaving="left" in request.POST)
    others = present_on(record, besides=actor)
    lang = request.POST.get("language", "")
    with translation.override(lang if lang in dict(settings.LANGUAGES) else None):
        return JsonResponse({"count": len(others), "sentence": sentence(others)})


def sentence(others: tuple[Present, ...]) -> str:
    """Return who else edits, as one sentence in the active language; nothing where nobody does."""
    if not others:
        return ""
    names = [one.name for one in others[:NAMED]]
    more = len(others) - NAMED
    if more > 0:
        names.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    listed = listing(names, translation.get_language() or settings.LANGUAGE_CODE)
    if len(others) == 1:
        return _("%(name)s is also editing this.") % {"name": listed}
    return _("%(names)s are also editing this.") % {"names": listed}
