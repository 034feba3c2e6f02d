"""What goes from the log of the gates when a guest is erased: whatever was said in words. That somebody was there remains."""

from __future__ import annotations

from summitry.gates.models import Grant, Handover, Presence, Scan


def forget_words(guest_id: int) -> None:
    """Empty notes, reasons, evidence and who carried the badge away. The caller records the erasure."""
    Handover.objects.filter(credential__guest=guest_id).update(to="", authority="")
    Grant.objects.filter(guest=guest_id).update(reason="")
    Scan.objects.filter(guest=guest_id).update(note="")
    Presence.objects.filter(guest=guest_id).update(evidence="")
