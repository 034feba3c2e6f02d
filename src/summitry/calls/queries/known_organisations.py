"""Which organisations of the directory entrants mean by the names that they write; a name that two have means neither."""

from __future__ import annotations

from collections.abc import Collection

from summitry.calls.queries.repeats import plain_key
from summitry.directory.models import Organisation


def known_organisations(names: Collection[str]) -> dict[str, int]:
    """Return by the name as it was written the id of the organisation that is called so, in any language; one query.

    Names of many entries are looked up together: each reads the names of the whole directory.
    """
    wanted = {key: name for name in names if (key := plain_key(name))}
    if not wanted:
        return {}
    found: dict[str, set[int]] = {}
    rows = Organisation.objects.values_list("pk", "name", "short_name")
    for pk, name, short_name in rows.iterator(chunk_size=2000):
        for text in (*name.texts.values(), *short_name.texts.values()):
            if (key := plain_key(text)) in wanted:
                found.setdefault(key, set()).add(pk)
    meant = {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}
    return {name: meant[key] for name in names if (key := plain_key(name)) in meant}
