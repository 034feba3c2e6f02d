"""Translated content, its states and fallbacks, and the one place where dates, numbers and lists are formatted.

Interface strings are gettext's business; this package is about what organisers write.
"""

from summitry.foundation.i18n.field import TranslatedField
from summitry.foundation.i18n.languages import direction, language_tag, local_name
from summitry.foundation.i18n.text import Shown, Text, TextState

__all__ = ["Shown", "Text", "TextState", "TranslatedField", "direction", "language_tag", "local_name"]
