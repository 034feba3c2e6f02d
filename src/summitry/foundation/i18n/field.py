"""`TranslatedField`: the only type for content that a reader sees, titles included."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from summitry.foundation.i18n.text import EMPTY, Text


class TranslatedField(models.JSONField):
    """A JSON column that holds a `Text`. Its `max_length`, in characters, applies to each language."""

    description = _("Text in several languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value == "{}":
            return EMPTY
        loaded = super().from_db_value(value, expression, connection)
        # `values_list("title__en")` asks for the words of one language: they come as they are.
        return Text.from_json(loaded) if loaded is None or isinstance(loaded, dict) else loaded

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.to_json() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        return super().get_db_prep_value(
            value.to_json() if isinstance(value, Text) else value, connection, prepared
        )

    def to_python(self, value: Any) -> Text:
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return Text.of(value)
        return Text.from_json(value) if value else EMPTY

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj).to_json()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not self.blank and not value:
            raise ValidationError(self.error_messages["blank"], code="blank")
        if self.max_length is not None:
            for lang, text in value.texts.items():
                if len(text) > self.max_length:
                    raise ValidationError(
                        _("The text in “%(lang)s” is longer than %(max)d characters."),
                        code="max_length",
                        params={"lang": lang, "max": self.max_length},
                    )
