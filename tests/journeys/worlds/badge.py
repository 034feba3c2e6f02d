"""An edition with two accredited guests and a layout, beside the demo edition of a running server.

`python -m tests.journeys.worlds.badge` writes it into the database that the environment names, and prints where its pages are.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - needs Django set up
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - needs Django set up

from summitry.foundation.models import Account  # noqa: E402 - needs Django set up
from summitry.gates.models import Credential  # noqa: E402 - needs Django set up
from summitry.guests.queries.guest_links import page_path  # noqa: E402 - needs Django set up
from tests.gates.badge_house import make_badges  # noqa: E402 - needs Django set up


def main() -> None:
    """Build, and print."""
    made = make_badges("anna", "li", accounts=True)
    anna = made.guests["anna"]
    where = {
        "layout": made.url(f"badges/layouts/{made.layout.pk}/"),
        "own": page_path(anna, page="badge:page"),
        "carried": page_path(anna, page="badge:carried"),
        "session": session_of(made.accounts["director"]),
        "token": Credential.objects.get(guest=anna).token,
    }
    sys.stdout.write(json.dumps(where))


def session_of(account: Account) -> str:
    """Sign somebody in, and return the key of her session."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
