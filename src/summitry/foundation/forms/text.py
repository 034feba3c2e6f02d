"""A text in several languages as one form field: a box for each language, in its script's direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.foundation.i18n import Text, direction, language_tag, languages
from summitry.foundation.i18n.text import digest

EMPTY = Text()


class TextWidget(forms.Widget):
    """A box for each language, the source's first; posted as `title.zh-hans`."""

    template_name = "widgets/text.html"
    use_fieldset = True

    def __init__(
        self, languages_: Sequence[str] = (), *, lines: int = 1, limit: int | None = None, folds: bool = False
    ) -> None:
        """Where one language is enough, a widget that `folds` opens only the reader's box and those with words."""
        super().__init__()
        self.languages = tuple(languages_)
        self.lines = lines
        self.limit = limit
        self.folds = folds

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = value if isinstance(value, Text) else EMPTY
        words = value if isinstance(value, Mapping) else text.texts
        reader = get_language() or "en"
        boxes = [
            {
                "name": f"{name}.{lang}",
                "id": f"{context['widget']['attrs'].get('id', name)}-{lang}",
                "lang": language_tag(lang),
                "dir": direction(lang),
                "label": languages.name_in(lang, reader),
                "words": words.get(lang, ""),
                "state": str(text.state(lang)),
                "is_source": lang == text.source and (bool(text) or not self.folds),
            }
            for lang in self.ordered(text, words, reader)
        ]
        context["boxes"] = [box for n, box in enumerate(boxes) if not self.folds or n == 0 or box["words"]]
        context["folded"] = [box for box in boxes if box not in context["boxes"]]
        context["lines"], context["limit"] = self.lines, self.limit
        return context

    def ordered(self, text: Text, words: Mapping[str, str], reader: str) -> list[str]:
        """Return the languages to ask for: the source, the edition's, and any other in which something stands."""
        first = [text.source] if text.get(text.source) else []
        if self.folds and not first and reader in self.languages:
            first = [reader]
        return list(dict.fromkeys([*first, *self.languages, *words]))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        head = f"{name}."
        return {key.removeprefix(head): data[key] for key in data if key.startswith(head)}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}.") for key in data)

    def id_for_label(self, id_: str) -> str:
        reader = get_language() or "en"
        first = reader if self.folds and reader in self.languages else (*self.languages, "")[0]
        return f"{id_}-{first}" if first and id_ else id_


class TextFormField(forms.Field):
    """Cleans to a `Text`: words that a person changed count as reviewed, and unchanged ones keep their state.

    `present` is the text as it is now, `seen` the digest of each language's words when the form was opened: a language
    that this editor has not touched keeps what stands there now. After `clean`, `crossed` names the languages that
    somebody else changed as well. A required text needs words in at least one language.
    """

    def __init__(
        self,
        *,
        languages_: Sequence[str],
        present: Text = EMPTY,
        lines: int = 1,
        limit: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=TextWidget(languages_, lines=lines, limit=limit), **kwargs)
        self.present = present
        self.limit = limit
        self.allowed = frozenset((*languages_, *present.texts))
        self.seen: Mapping[str, str] | None = None
        self.crossed: list[str] = []

    def clean(self, value: Any) -> Text:
        text = self.present
        self.crossed = []
        given = {lang: words.replace("\r\n", "\n").strip() for lang, words in (value or {}).items()}
        # The source goes first, so that a translation changed with it is marked against the new source.
        for lang in sorted(given.keys() & self.allowed, key=lambda lang: (lang != text.source, lang)):
            words, now = given[lang], self.present.get(lang)
            before = digest(now) if self.seen is None else self.seen.get(lang, digest(""))
            if words == now or digest(words) == before:
                continue
            self._check_length(lang, words)
            if digest(now) != before:
                self.crossed.append(lang)
            text = text.with_text(lang, words) if text else Text.of({lang: words}, lang)
        if self.required and not text:
            raise ValidationError(self.error_messages["required"])
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or EMPTY)
        except ValidationError:
            return True

    def _check_length(self, lang: str, words: str) -> None:
        if self.limit and len(words) > self.limit:
            raise ValidationError(
                _("%(language)s: at most %(limit)d characters are possible; these are %(count)d.")
                % {
                    "language": languages.name_in(lang, get_language() or "en"),
                    "limit": self.limit,
                    "count": len(words),
                }
            )
