"""Badges: issued when somebody is accredited, replaced at a reprint, worthless when she no longer is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, record_many, recording
from summitry.foundation.bus import announce
from summitry.foundation.live import hint
from summitry.gates.actions.compiling import compile_roster, next_revision
from summitry.gates.enums import Carrier, CredentialState
from summitry.gates.errors import NotAccredited
from summitry.gates.events import BadgesIssued, BadgesReplaced, BadgesRevoked
from summitry.gates.models import Credential
from summitry.gates.queries.tokens import digest_of, new_token
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest

BATCH = 500


def issue(guest: Guest, *, by: Actor) -> Credential:
    """Give an accredited guest a badge, or return the one she has. Announces BadgesIssued. Raises NotAccredited."""
    if guest.state != GuestState.CONFIRMED:
        raise NotAccredited(guest=str(guest))
    present = valid_one(guest)
    if present is None:
        issue_many([guest], by=by)
        present = valid_one(guest)
    if present is None:
        raise NotAccredited(guest=str(guest))
    return present


def issue_many(guests: Sequence[Guest], *, by: Actor) -> int:
    """Give badges to those accredited guests of one edition who have none; return how many. Announces BadgesIssued.

    It follows from the decision to admit them, for which permission was asked. Their lines of the roster are compiled.
    """
    if not guests:
        return 0
    edition = guests[0].edition
    with recording():
        ids = [guest.pk for guest in guests if guest.state == GuestState.CONFIRMED]
        revision = next_revision(edition.pk)
        have = set(
            Credential.objects.filter(guest__in=ids, state=CredentialState.ACTIVE).values_list(
                "guest_id", flat=True
            )
        )
        new = [_fresh(pk, edition.pk, revision) for pk in ids if pk not in have]
        Credential.objects.bulk_create(new, batch_size=BATCH)
        if new:
            record("gates.badges.issued", by=by, edition_id=edition.pk, count=len(new))
            announce(BadgesIssued(by=by, edition_id=edition.pk, guest_ids=tuple(one.guest_id for one in new)))
        compile_roster(edition, ids, revision=revision)
    return len(new)


def revoke(guest: Guest, *, by: Actor, reason: str = "") -> int:
    """Make the badges of a guest worthless, at every gate; return how many. Announces BadgesRevoked.

    It follows from the decision about her, for which permission was asked.
    """
    with recording():
        revision = next_revision(guest.edition_id)
        ended = Credential.objects.filter(guest=guest, state=CredentialState.ACTIVE).update(
            state=CredentialState.REVOKED, ended_at=clock.now(), reason=reason[:300], revision=revision
        )
        if ended:
            record("gates.badge.revoked", by=by, obj=guest)
            announce(BadgesRevoked(by=by, edition_id=guest.edition_id, guest_ids=(guest.pk,)))
        compile_roster(guest.edition, [guest.pk], revision=revision)
    return ended


def reprint(guest: Guest, *, by: Actor, reason: str, carrier: str = Carrier.BADGE) -> Credential:
    """Give a guest a new token in place of the one she has, which no gate accepts from now on; return the new one.

    Announces BadgesReplaced. Raises NotAccredited, and StaleState where somebody else is doing the same.
    """
    require(by, "print", Credential(guest=guest, edition_id=guest.edition_id))
    with recording():
        state = Guest.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=guest.pk)
        if state != GuestState.CONFIRMED:
            raise NotAccredited(guest=str(guest))
        revision = next_revision(guest.edition_id)
        former = valid_one(guest)
        Credential.objects.filter(guest=guest, state=CredentialState.ACTIVE).update(
            state=CredentialState.SUPERSEDED, ended_at=clock.now(), reason=reason[:300], revision=revision
        )
        made = _fresh(guest.pk, guest.edition_id, revision, carrier=carrier, supersedes=former)
        made.save(force_insert=True)
        record("gates.badge.reprinted", by=by, obj=guest, reason=reason[:300])
        announce(BadgesReplaced(by=by, edition_id=guest.edition_id, guest_ids=(guest.pk,)))
        compile_roster(guest.edition, [guest.pk], revision=revision)
    return made


def mark_printed(credentials: Collection[Credential], *, by: Actor) -> int:
    """Note that badges were printed; those printed before keep their first time. Returns how many were not before."""
    for one in credentials:
        require(by, "print", one)
    with recording():
        rows = list(
            Credential.objects.select_for_update(no_key=True).filter(
                pk__in=[one.pk for one in credentials], printed_at=None
            )
        )
        if rows:
            now = clock.now()
            Credential.objects.filter(pk__in=[row.pk for row in rows]).update(printed_at=now)
            record_many(
                "gates.badges.printed",
                by=by,
                changes=[(row, {"printed_at": None}, {"printed_at": now}) for row in rows],
                edition_id=rows[0].edition_id,
            )
            hint(f"edition:{rows[0].edition_id}:badges", "printed")
    return len(rows)


def valid_one(guest: Guest) -> Credential | None:
    """Return the guest's badge, where she has one that is valid."""
    return Credential.objects.filter(guest=guest, state=CredentialState.ACTIVE).first()


def _fresh(
    guest_id: int,
    edition_id: int,
    revision: int,
    *,
    carrier: str = Carrier.BADGE,
    supersedes: Credential | None = None,
) -> Credential:
    token = new_token()
    return Credential(
        guest_id=guest_id,
        edition_id=edition_id,
        token=token,
        digest=digest_of(token),
        carrier=carrier,
        issued_at=clock.now(),
        supersedes=supersedes,
        revision=revision,
    )
