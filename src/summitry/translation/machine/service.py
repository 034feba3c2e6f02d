"""What a machine translator is, which one is in use, and one for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from django.conf import settings

from summitry.translation.machine.libre import LibreTranslate


class MachineTranslator(Protocol):
    """Translates texts between two languages. `terms` are the agreed wordings; a service uses them if it can.

    Raises MachineFailed where the service does not answer as it should.
    """

    name: str

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, terms: Mapping[str, str]
    ) -> list[str]:
        """Return the translations of `texts`, in their order."""
        ...


class Recording:
    """Answers without any service: every text in brackets, behind the name of its language; keeps what it was asked."""

    name = "Recording"

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], str, str, dict[str, str]]] = []

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, terms: Mapping[str, str]
    ) -> list[str]:
        self.asked.append((tuple(texts), source, target, dict(terms)))
        return [f"[{target}] {text}" for text in texts]


_replaced: list[MachineTranslator] = []


def machine() -> MachineTranslator | None:
    """Return the machine translator of this installation, or None where none is set up."""
    if _replaced:
        return _replaced[-1]
    return LibreTranslate(settings.MT_URL, settings.MT_KEY) if settings.MT_URL else None


@contextmanager
def use_machine(translator: MachineTranslator) -> Iterator[MachineTranslator]:
    """Use another translator for a while (tests, rehearsals)."""
    _replaced.append(translator)
    try:
        yield translator
    finally:
        _replaced.remove(translator)
