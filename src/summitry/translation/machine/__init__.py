"""The edge to machine translation: an optional service behind a small protocol. Its output never counts as reviewed."""

from summitry.translation.machine.service import MachineTranslator, Recording, machine, use_machine

__all__ = ["MachineTranslator", "Recording", "machine", "use_machine"]
