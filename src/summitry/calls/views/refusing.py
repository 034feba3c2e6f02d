"""What an action refuses, said in the form from which it was asked."""

from __future__ import annotations

from django.forms import Form

from summitry.foundation.errors import InvalidInput, SummitryError


def refuse(form: Form, refusal: SummitryError) -> None:
    """Put a refusal beside the fields that it names; what concerns none of them goes on top."""
    fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
    for name, sentences in (fields or {"": [str(refusal)]}).items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
