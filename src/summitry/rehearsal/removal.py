"""Removing the demo edition, and nothing else."""

from __future__ import annotations

from summitry.calls.models import Assignment, Ballot, Call, EligibilityCheck, Entry, Laureate
from summitry.directory.models import Organisation, Person, Term
from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition
from summitry.foundation.access import Scope, system
from summitry.foundation.audit import record, recording
from summitry.foundation.files.shredding import shred_files
from summitry.foundation.models import Account, Grant, SearchDocument, StoredFile
from summitry.gates.models import Device, Gate, Scan, Zone
from summitry.guests.models import Field, Guest, VisaLetter
from summitry.protocol.models import HealthStep, Stay, Transfer
from summitry.rehearsal.build_translation import TERM_SOURCE


def remove_demo(slug: str, domain: str) -> None:
    """Delete the edition `slug` with all that hangs on it, its accounts, its people and their organisations.

    Accounts and people are known by the `domain` of their addresses; whoever anything else refers to stays. The audit log stays whole and says what was done.
    """
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        return
    with recording():
        summit = edition.summit
        record("rehearsal.demo.removed", by=system("demo"), obj=edition)
        SearchDocument.objects.filter(edition_id=edition.pk).delete()
        Grant.objects.filter(scope_kind=Scope("edition", edition.pk).kind, scope_id=edition.pk).delete()
        _remove_guests(edition)
        _remove_calls(edition.summit_id)
        summit.editions.filter(origin=EditionOrigin.RECORD).delete()
        edition_id = edition.pk
        edition.delete()
        shred_files(StoredFile.objects.filter(edition_id=edition_id))
        if not summit.editions.exists():
            summit.delete()
        Account.objects.filter(email__endswith=domain).delete()
        Term.objects.filter(source=TERM_SOURCE).delete()
        people = Person.objects.filter(email__endswith=domain, appearances=None, chaired_forums=None)
        employers = set(people.values_list("affiliations__organisation_id", flat=True))
        people.delete()
        Organisation.objects.filter(
            pk__in=employers, affiliations=None, edition_roles=None, forum_roles=None
        ).delete()


def _remove_calls(summit_id: int) -> None:
    """Delete the calls of a summit, what refers to entries and jurors before these."""
    calls = Call.objects.filter(edition__summit=summit_id)
    Laureate.objects.filter(entry__call__in=calls).delete()
    Ballot.objects.filter(final__round__call__in=calls).delete()
    Assignment.objects.filter(round__call__in=calls).delete()
    EligibilityCheck.objects.filter(entry__call__in=calls).delete()
    Entry.objects.filter(call__in=calls).delete()
    calls.delete()


def _remove_guests(edition: Edition) -> None:
    """Delete what keeps other rows from going with the edition: those that refer first, what they refer to afterwards."""
    Transfer.objects.filter(edition=edition).delete()
    Stay.objects.filter(guest__edition=edition).delete()
    HealthStep.objects.filter(edition=edition).delete()
    Scan.objects.filter(edition=edition).delete()
    Device.objects.filter(edition=edition).delete()
    Gate.objects.filter(edition=edition).delete()
    Zone.objects.filter(edition=edition).exclude(parent=None).delete()
    VisaLetter.objects.filter(edition=edition).delete()
    Guest.objects.filter(edition=edition).exclude(principal=None).delete()
    Guest.objects.filter(edition=edition).delete()
    Field.objects.filter(edition=edition).delete()
