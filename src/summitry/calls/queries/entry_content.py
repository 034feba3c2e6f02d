"""What is frozen of an entry, and what of it readers are shown: the office all, a blind panel nothing that names anybody.

The frozen content is plain JSON with canonical bytes (`record.canonical`), so that its digest can be found again by
anybody. It holds what the entrant wrote and is judged: no address, no declared relation, no translation by somebody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from summitry.calls.enums import EntrantKind, MemberState, QuestionKind
from summitry.calls.models import Attachment, Call, Entry, EntryVersion, Question
from summitry.calls.queries.entry_form import EntryForm, area_slug, form_of
from summitry.calls.queries.entry_values import composed
from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.foundation.i18n import Shown, Text, TextState, formats
from summitry.foundation.i18n.text import NOTHING

FORMAT = 1


def content_of(entry: Entry, form: EntryForm | None = None) -> dict[str, Any]:
    """Return the content of an entry as it is frozen: JSON values only, texts in Unicode form C.

    The same entry gives the same canonical bytes, whatever the order in which things were saved. At most three queries
    where `form` is known, none where the entry's attachments and members are prefetched.
    """
    form = form or form_of(entry.call)
    area = area_slug(entry, form)
    asked = form.asked(area, entry.answers)
    plain = {one.slug for one in asked if one.kind != QuestionKind.FILE}
    wanted = {one.slug for one in asked} - plain
    content = {
        "format": FORMAT,
        "edition": form.call.edition.slug,
        "call": form.call.slug,
        "number": entry.number,
        "area": area,
        "kind": str(entry.kind),
        "title": _own_words(entry.title),
        "abstract": _own_words(entry.abstract),
        "organisation": entry.organisation_name,
        "entity": entry.entity.code if entry.entity else "",
        "answers": {slug: entry.answers[slug] for slug in sorted(plain & entry.answers.keys())},
        "files": {
            one.slug: _file(one) for one in sorted(_attached(entry), key=_by_slug) if one.slug in wanted
        },
        "team": [
            {"name": one.name, "organisation": one.organisation_name, "part": one.part}
            for one in sorted(entry.members.all(), key=lambda one: (one.position, one.name, one.pk))
            if one.state != MemberState.DENIED
        ],
        "rules": entry.rules_text.number if entry.rules_text else 0,
    }
    frozen: dict[str, Any] = composed(content)
    return frozen


def erased_content(number: int) -> dict[str, Any]:
    """Return what stands in the place of a content whose time is over; its digest stays as it was."""
    nothing: dict[str, Any] = {"source": "", "texts": {}}
    empty = dict.fromkeys(("edition", "call", "area", "kind", "organisation", "entity"), "")
    return {
        "format": FORMAT,
        "erased": True,
        "number": number,
        **empty,
        "title": nothing,
        "abstract": nothing,
        "answers": {},
        "files": {},
        "team": [],
        "rules": 0,
    }


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a frozen version: found by its digest, whatever became of the entry since."""

    slug: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A question with its answer in words; `lines` has several where several were chosen, `link` an address of the web."""

    slug: str
    label: Shown
    kind: str
    lines: tuple[str, ...] = ()
    link: str = ""
    file: ShownFile | None = None


@dataclass(frozen=True, slots=True)
class ShownContent:
    """A frozen version as one reader is shown it. What a blind reader is not shown is empty.

    `translated` says that title or abstract are read in somebody's translation, whose state is `translation`.
    """

    number: int
    version: int
    digest: str
    title: Shown
    abstract: Shown
    source: str
    translation: TextState | None
    area: Shown
    kind: str
    organisation: str
    entity: str
    answers: tuple[ShownAnswer, ...]
    team: tuple[tuple[str, str, str], ...]
    is_blind: bool


class Shower:
    """Shows versions of one call to readers of one language: what they share is read once, with at most five queries."""

    def __init__(self, call: Call, lang: str) -> None:
        self.form = form_of(call)
        self.call, self.lang = call, lang
        self.chain: Sequence[str] = call.edition.fallback
        self._questions = {one.slug: one for one in self.form.questions}
        self._names: EntityNames | None = None
        self._codes: dict[str, int] = {}

    def shown(self, version: EntryVersion, *, blind: bool = False, only_public: bool = False) -> ShownContent:
        """Return a version as a reader sees it; `version.entry` is loaded. With `only_public` what the gallery shows."""
        content = version.content
        title, abstract = self._text(content["title"]), self._text(content["abstract"])
        live_title = _with_translations(title, version.entry.title)
        live_abstract = _with_translations(abstract, version.entry.abstract)
        shown = live_abstract.shown(self.lang, self.chain)
        area = self.form.area(content["area"])
        return ShownContent(
            number=content["number"],
            version=version.number,
            digest=version.digest,
            title=live_title.shown(self.lang, self.chain),
            abstract=shown,
            source=abstract.source,
            translation=live_abstract.state(shown.lang) if shown.lang not in abstract.texts else None,
            area=area.name.shown(self.lang, self.chain) if area else NOTHING,
            kind=str(EntrantKind(content["kind"]).label) if content["kind"] else "",
            organisation="" if blind else content["organisation"],
            entity="" if blind else self._entity(content["entity"]),
            answers=self._answers(content, blind=blind, only_public=only_public),
            team=() if blind else tuple((m["name"], m["organisation"], m["part"]) for m in content["team"]),
            is_blind=blind,
        )

    def _answers(
        self, content: Mapping[str, Any], *, blind: bool, only_public: bool
    ) -> tuple[ShownAnswer, ...]:
        found = []
        for slug, one in self._questions.items():
            if (blind and one.identifies) or (only_public and not one.is_public):
                continue
            if slug in content["files"]:
                found.append(self._with_file(one, content["files"][slug], blind=blind))
            elif slug in content["answers"]:
                found.append(self._answer(one, content["answers"][slug]))
        return tuple(found)

    def _with_file(self, one: Question, kept: Mapping[str, Any], *, blind: bool) -> ShownAnswer:
        label = one.label.shown(self.lang, self.chain)
        suffix = kept["name"].rpartition(".")[2]
        name = f"{one.slug}.{suffix}" if blind else kept["name"]  # how a file is called may say whose it is
        file = ShownFile(one.slug, name, kept["type"], kept["size"], kept["sha256"])
        return ShownAnswer(one.slug, label, str(one.kind), (file.name,), file=file)

    def _answer(self, one: Question, value: Any) -> ShownAnswer:
        lines = tuple(self._in_words(one, each) for each in (value if isinstance(value, list) else [value]))
        link = str(value) if one.kind == QuestionKind.LINK else ""
        return ShownAnswer(one.slug, one.label.shown(self.lang, self.chain), str(one.kind), lines, link)

    def _in_words(self, one: Question, value: Any) -> str:
        if isinstance(value, bool):
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        if one.kind == QuestionKind.ENTITY:
            return self._entity(str(value))
        if one.kind == QuestionKind.DATE:
            return day_in_words(str(value), self.lang)
        for option in one.options:
            if option["value"] == value:
                return Text.from_json(option["label"]).shown(self.lang, self.chain).text or str(value)
        return str(value)

    def _entity(self, code: str) -> str:
        if not code:
            return ""
        if self._names is None:
            self._names = EntityNames(self.call.edition.naming_profile_id, self.lang, self.chain)
            self._codes = dict(Entity.objects.values_list("code", "pk"))
        return self._names.short(self._codes[code]).text if code in self._codes else code

    @staticmethod
    def _text(kept: Mapping[str, Any]) -> Text:
        return Text.of(kept["texts"], kept["source"]) if kept["texts"] else Text()


def day_in_words(value: str, lang: str) -> str:
    """Return a day of an answer as the reader's language writes it; what is no day stays as it is."""
    try:
        return formats.date(dt.date.fromisoformat(value), lang)
    except ValueError:
        return value


def shown_content(
    version: EntryVersion, call: Call, lang: str, *, blind: bool, only_public: bool = False
) -> ShownContent:
    """Return a frozen version as a reader of `lang` is shown it; whoever shows many keeps a `Shower`."""
    return Shower(call, lang).shown(version, blind=blind, only_public=only_public)


def latest_version(entry: Entry) -> EntryVersion | None:
    """Return the newest frozen version of an entry."""
    return EntryVersion.objects.filter(entry=entry).order_by("-number").first()


def _own_words(text: Text) -> dict[str, Any]:
    """Return what the entrant wrote, without what was translated by a machine or no longer fits."""
    own = {lang: words for lang, words in text.texts.items() if text.state(lang) is TextState.REVIEWED}
    return {"source": text.source if own else "", "texts": own}


def _with_translations(frozen: Text, live: Text) -> Text:
    """Return the frozen words with the translations that were made of exactly these words."""
    if not frozen or live.get(frozen.source) != frozen.get(frozen.source):
        return frozen
    for lang in live.texts.keys() - frozen.texts.keys():
        if live.state(lang) is not TextState.STALE:
            frozen = frozen.with_text(lang, live.get(lang), live.state(lang))
    return frozen


def _attached(entry: Entry) -> list[Attachment]:
    prefetched = getattr(entry, "_prefetched_objects_cache", {})
    if "attachments" in prefetched:
        return list(entry.attachments.all())
    return list(entry.attachments.select_related("file"))


def _by_slug(one: Attachment) -> str:
    return one.slug


def _file(one: Attachment) -> dict[str, Any]:
    return {
        "name": one.file.name,
        "type": one.file.media_type,
        "size": one.file.size,
        "sha256": one.file.sha256,
    }
