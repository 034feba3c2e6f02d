"""`summitry relay`: what stands behind the command; serving is composed in `config`."""

from __future__ import annotations

from pathlib import Path

from summitry.foundation import sealing
from summitry.foundation.errors import SummitryError
from summitry.gates.relay.answers import USE, Relay
from summitry.gates.relay.forwarding import Forwarder
from summitry.gates.relay.store import RelayStore
from summitry.gates.relay.upstream import NoUpstream, Upstream

CREATED = 201


def open_relay(folder: Path, upstream: Upstream, code: str, name: str) -> tuple[Relay, Forwarder]:
    """Return the relay whose data lie in `folder`, enrolled by `code` at its first start, and its work in the background.

    Raises SummitryError where it can neither be enrolled nor is enrolled already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = RelayStore(folder / "relay.sqlite3")
    if store.fact("address") not in {None, upstream.address}:
        raise SummitryError(
            f"This relay belongs to {store.fact('address')}. Start another in a data folder of its own."
        )
    if store.fact("device") is None:
        store.put_fact("device", sealing.seal(_enrolled(upstream, code, name), USE))
        store.put_fact("address", upstream.address)
    relay = Relay(store, upstream, folder / "relay-photos")
    forwarder = Forwarder(relay, sealing.unseal(store.fact("device"), USE))
    try:
        forwarder.mirror()
    except NoUpstream:
        if store.fact("roster") is None:
            raise SummitryError("The server does not answer, and this relay has no list yet.") from None
    return relay, forwarder


def _enrolled(upstream: Upstream, code: str, name: str) -> str:
    if not code:
        raise SummitryError("A relay needs a code at its first start: --code, from the page of devices.")
    try:
        status, told = upstream.told("POST", "enrol", {"code": code, "name": name}, device="0.")
    except NoUpstream as error:
        raise SummitryError("The server does not answer. Check --upstream.") from error
    if status != CREATED:
        raise SummitryError(told.get("detail", f"The server refused the code ({status})."))
    return f"{told['device']}.{told['key']}"
