"""Enter the summit's talks into pretalx as an event of their own; with `--session`, print an organiser's session instead.

Runs in pretalx's environment, after `bench.peers.seed_pretalx`, whose organiser and speakers it uses.
"""

import json
import sys
from importlib import import_module

from bench.peers.seed_pretalx import seed_event
from bench.summit import synthetic_summit
from bench.talks import talks_of

from django.conf import settings  # isort: skip
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # isort: skip
from django_scopes import scopes_disabled  # type: ignore[import-not-found]  # isort: skip
from pretalx.event.models import Event, Organiser  # type: ignore[import-not-found]  # isort: skip
from pretalx.person.models import User  # type: ignore[import-not-found]  # isort: skip

EVENT = "console"
ORGANISER = "organiser@example.org"


def main(arguments: list[str]) -> None:
    """Seed, or open a session."""
    with scopes_disabled():
        if arguments == ["--session"]:
            print(json.dumps({"cookie": session()}))
            return
        for old in Event.objects.filter(slug=EVENT):
            old.shred()
        User.objects.update_or_create(
            email=ORGANISER, defaults={"name": "Organiser", "is_administrator": True, "locale": "en"}
        )
        accounts = {
            int(user.email.removeprefix("speaker").partition("@")[0]): user
            for user in User.objects.filter(email__startswith="speaker")
        }
        organiser = Organiser.objects.get(slug="bench")
    print(json.dumps(seed_event(organiser, EVENT, talks_of(synthetic_summit()), accounts, with_texts=True)))


def session() -> str:
    """The cookie of a signed-in organiser."""
    user = User.objects.get(email=ORGANISER)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


if __name__ == "__main__":
    main(sys.argv[1:])
