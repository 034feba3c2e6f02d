"""The renderer of people's names: which of the names that a person gave is shown to a reader, and how it sorts.

Pages, badges, lists and exports all ask here, so that nobody is called differently on two screens. No name is split,
turned round or transliterated; the choice is only ever among what its owner gave. In order:

1. the display name in the reader's language, or in another variant of it that is written in a script she reads;
2. the native name, where the reader reads its script (a Han name for readers of Chinese, a Cyrillic one of Russian);
3. the display name in a language of the fallback chain;
4. the Latin form;
5. any other display name, then the native name;
6. the reference name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from summitry.directory.enums import NameUse
from summitry.directory.models import Person
from summitry.directory.queries.scripts import is_readable
from summitry.directory.queries.sorting import collation_key
from summitry.foundation.i18n import Shown

PRIVATE_USES = frozenset({NameUse.PASSPORT.value, NameUse.BADGE.value})


class NameRow(NamedTuple):
    """One name as its owner gave it."""

    use: str
    lang: str
    text: str
    sort_key: str


class NamedPerson(NamedTuple):
    """A person in a list: whom it is about, the name for this reader, and the key by which the list is sorted."""

    person_id: int
    name: Shown
    sort_key: str


class NamesIndex:
    """The names of many people, ready to be rendered for any reader without another query."""

    def __init__(self, references: Mapping[int, str], forms: Mapping[int, Sequence[NameRow]]) -> None:
        self._references = references
        self._forms = forms

    def __contains__(self, person_id: int) -> bool:
        return person_id in self._references

    def __len__(self) -> int:
        return len(self._references)

    def shown(self, person_id: int, lang: str, chain: Sequence[str] = ()) -> Shown:
        """Return the person's name for a reader of `lang`; `fallback` says that it is in a script she may not read.

        A name whose language nobody stated has an empty `lang`. Raises KeyError for a person who is not in the index.
        """
        return self._person(person_id, lang, chain).name

    def sort_key(self, person_id: int, lang: str, chain: Sequence[str] = ()) -> str:
        """Return the collation key of the name that is shown."""
        return self._person(person_id, lang, chain).sort_key

    def in_order(self, lang: str, chain: Sequence[str] = ()) -> list[NamedPerson]:
        """Return all people in the order of the reader's language."""
        people = [self._person(person_id, lang, chain) for person_id in self._references]
        return sorted(people, key=lambda person: (person.sort_key, person.person_id))

    def spellings(self, person_id: int) -> list[str]:
        """Return every public form of the person's name once, for search and matching; the passport stays out."""
        forms = (form.text for form in self._forms.get(person_id, ()) if form.use not in PRIVATE_USES)
        return list(dict.fromkeys([self._references[person_id], *forms]))

    def _person(self, person_id: int, lang: str, chain: Sequence[str]) -> NamedPerson:
        form = chosen(self._forms.get(person_id, ()), lang, chain)
        if form is None:
            form = NameRow("", "", self._references[person_id], "")
        shown = Shown(form.text, form.lang, fallback=bool(form.lang) and not is_readable(form.text, lang))
        return NamedPerson(person_id, shown, collation_key(form.sort_key or form.text, lang))


def chosen(forms: Sequence[NameRow], lang: str, chain: Sequence[str] = ()) -> NameRow | None:
    """Return the form to show to a reader of `lang`, by the order of this module; None where there is none."""
    display = {form.lang: form for form in forms if form.use == NameUse.DISPLAY}
    if lang in display:
        return display[lang]
    language = lang.partition("-")[0]
    own_first = sorted(forms, key=lambda form: form.lang.partition("-")[0] != language)
    native = [form for form in own_first if form.use == NameUse.NATIVE]
    latin = [form for form in own_first if form.use == NameUse.LATIN]
    variants = (form for form in display.values() if form.lang.partition("-")[0] == language)
    readable = (form for form in (*variants, *native) if is_readable(form.text, lang))
    chained = (display[other] for other in chain if other in display)
    rest = sorted(display.values(), key=lambda form: not is_readable(form.text, lang))
    return next(iter((*readable, *chained, *latin, *rest, *native)), None)


def names_of(people: Iterable[int] | QuerySet[Person]) -> NamesIndex:
    """Return the index of the names of `people` (ids, or a query of them) with one query."""
    ids: Iterable[int] = people.values_list("pk", flat=True) if isinstance(people, QuerySet) else set(people)
    rows = Person.objects.filter(pk__in=ids).values_list(
        "pk", "reference_name", "names__use", "names__lang", "names__text", "names__sort_key"
    )
    references: dict[int, str] = {}
    forms: dict[int, list[NameRow]] = defaultdict(list)
    for person_id, reference, use, lang, text, sort_key in rows.order_by("pk", "names__pk"):
        references[person_id] = reference
        if use is not None:
            forms[person_id].append(NameRow(use, lang, text, sort_key))
    return NamesIndex(references, forms)


def display_names(
    people: Iterable[int] | QuerySet[Person], lang: str, chain: Sequence[str] = ()
) -> dict[int, Shown]:
    """Return the name of each of `people` for a reader of `lang`, by id, with one query."""
    index = names_of(people)
    return {person.person_id: person.name for person in index.in_order(lang, chain)}


def display_name(person: Person, lang: str, chain: Sequence[str] = ()) -> Shown:
    """Return one person's name for a reader of `lang`, using prefetched `names` where there are any."""
    forms = [NameRow(name.use, name.lang, name.text, name.sort_key) for name in person.names.all()]
    return NamesIndex({person.pk: person.reference_name}, {person.pk: forms}).shown(person.pk, lang, chain)
