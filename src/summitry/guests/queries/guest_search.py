"""Finding guests by whatever is known of them: a name in any script, its pinyin, an organisation, a delegation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from summitry.directory.models import Affiliation
from summitry.directory.queries.names import NamesIndex, names_of
from summitry.foundation.lists import Reader
from summitry.foundation.search.readings import readings_of

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")


def spellings(rows: QuerySet[Any]) -> Iterator[tuple[int, str]]:
    """Yield for each row every public spelling of its person's name, Han ones in pinyin as well, and her organisations."""
    pairs = list(rows.order_by().values_list("pk", "person_id"))
    people = {person for _pk, person in pairs}
    texts: dict[int, list[str]] = {person: [] for person in people}
    names = names_of(people)
    for person in people & {person for person in people if person in names}:
        for spelling in names.spellings(person):
            texts[person] += [spelling, *_pinyin(spelling)]
    posts = Affiliation.objects.filter(person__in=people).values_list("person_id", "organisation__name")
    for person, organisation in posts:
        texts[person] += organisation.texts.values()
    for pk, person in pairs:
        for text in texts[person]:
            yield pk, text


def by_name(rows: QuerySet[Any], reader: Reader) -> Mapping[int, str]:
    """Return by what each row sorts: its person's name in the order of the reader's language."""
    pairs = list(rows.order_by().values_list("pk", "person_id"))
    people = {person for _pk, person in pairs}
    names: NamesIndex = names_of(people)
    keys = {person: names.sort_key(person, reader.lang, reader.edition.fallback) for person in people}
    return {pk: keys[person] for pk, person in pairs}


def _pinyin(spelling: str) -> Iterator[str]:
    """Yield the readings of a name in Han characters, with and without spaces between the syllables."""
    for run in _HAN.findall(spelling):
        syllables = list(readings_of(run))
        yield " ".join(syllables)
        yield "".join(syllables)
