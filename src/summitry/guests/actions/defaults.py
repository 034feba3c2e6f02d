"""Setting up what an edition's guests are asked: categories, purposes and questions, as most summits have them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.i18n import Text
from summitry.guests.default_form import CATEGORIES, CLOCKS, FIELDS, PURPOSES, FieldLine
from summitry.guests.enums import Step
from summitry.guests.events import CategoriesChanged
from summitry.guests.models import Category, Field, Purpose


def install_defaults(edition: Edition, *, by: Actor) -> list[Category]:
    """Add every default category, purpose and question that the edition does not have yet; return its categories.

    What is there already, by its address, stays as it is. Announces CategoriesChanged where anything is new.
    """
    require(by, "edit", Category(edition=edition))
    langs = [lang for lang in edition.languages if lang in dict(settings.LANGUAGES)]
    with recording():
        categories = _new_categories(edition, langs)
        fields = _new_fields(edition, langs, _purposes(edition, langs))
        if categories or fields:
            record("guests.form.installed", by=by, obj=edition, edition_id=edition.pk)
            announce(
                CategoriesChanged(
                    by=by, edition_id=edition.pk, category_ids=tuple(category.pk for category in categories)
                )
            )
    return list(Category.objects.filter(edition=edition))


def worded(words: str | Promise, langs: Iterable[str]) -> Text:
    """Return words of the catalogues in English and each of these languages; where one has none of its own, it has none."""
    with translation.override("en"):
        source = str(words)
    texts = {"en": source}
    for lang in langs:
        with translation.override(lang):
            if (found := str(words)) != source:
                texts[lang] = found
    return Text.of(texts, "en") if source else Text()


def _new_categories(edition: Edition, langs: list[str]) -> list[Category]:
    known = set(Category.objects.filter(edition=edition).values_list("slug", flat=True))
    return Category.objects.bulk_create(
        Category(
            edition=edition,
            slug=line.capacity.value.replace("_", "-"),
            name=worded(line.capacity.label, langs),
            capacity=line.capacity,
            position=position,
            colour=line.colour,
            steps=[step.value for step in Step if step in line.steps],
            clocks={step: hours for step, hours in CLOCKS.items() if step in line.steps},
            needs_two=line.needs_two,
            photo=line.photo,
            identity=line.identity,
            visa=line.visa,
            on_behalf=line.on_behalf,
            counts=line.counts,
            companions=line.companions,
        )
        for position, line in enumerate(CATEGORIES)
        if line.capacity.value.replace("_", "-") not in known
    )


def _purposes(edition: Edition, langs: list[str]) -> dict[str, Purpose]:
    known = {purpose.slug: purpose for purpose in Purpose.objects.filter(edition=edition)}
    new = Purpose.objects.bulk_create(
        Purpose(
            edition=edition,
            slug=line.slug,
            name=worded(line.name, langs),
            reason=worded(line.reason, langs),
            keep_days=line.keep_days,
            needs_consent=line.needs_consent,
            sealed=line.sealed,
        )
        for line in PURPOSES
        if line.slug not in known
    )
    return {**known, **{purpose.slug: purpose for purpose in new}}


def _new_fields(edition: Edition, langs: list[str], purposes: dict[str, Purpose]) -> list[Field]:
    known = set(Field.objects.filter(edition=edition).values_list("slug", flat=True))
    lines = [(position, line) for position, line in enumerate(FIELDS) if line.slug not in known]
    fields = Field.objects.bulk_create(
        Field(
            edition=edition,
            slug=line.slug,
            label=worded(line.label, langs),
            hint=worded(line.hint, langs),
            kind=line.kind,
            step=line.step,
            purpose=purposes[line.purpose],
            is_required=line.required,
            attendance=[way.value for way in line.attendance],
            options=[
                {"value": value, "label": worded(label, langs).to_json()} for value, label in line.options
            ],
            condition={"field": line.condition[0], "in": list(line.condition[1])} if line.condition else {},
            position=position,
        )
        for position, line in lines
    )
    categories = list(Category.objects.filter(edition=edition))
    through = Field.categories.through
    through.objects.bulk_create(
        through(field_id=field.pk, category_id=category.pk)
        for field, (_position, line) in zip(fields, lines, strict=True)
        for category in _asked(line, categories)
    )
    return fields


def _asked(line: FieldLine, categories: list[Category]) -> list[Category]:
    """Return the categories that a question names; none means that it is asked of all."""
    if not (line.of or line.but or line.screened):
        return []
    return [
        category
        for category in categories
        if (not line.of or category.capacity in line.of)
        and category.capacity not in line.but
        and (not line.screened or Step.SCREENING in category.steps)
    ]
