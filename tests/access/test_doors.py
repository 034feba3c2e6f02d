"""Every role at every address and every operation of the API: who gets in, and that nobody is told what is another's.

The addresses come from the URL conf and the operations from the OpenAPI description, so a new page or operation fails
here until `expected.py` says who may open it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping

import pytest
from django.urls import reverse

from summitry.foundation.api.auth import issue_token
from tests.access.doors import body_of, operations, routes
from tests.access.expected import DELEGATION_TO, FOREIGN_TO, HIDDEN_TO, OPERATIONS, PAGES
from tests.access.gates import Answer, ask, ask_api
from tests.access.groups import name_of
from tests.access.world import DELEGATION, FOREIGN, HIDDEN, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:.*")]
Answers = Mapping[str, Answer]
EVERY = bool(os.environ.get("SUMMITRY_EVERY_DOOR"))
PARTS = 3
"""Into how many tests the walk is cut, so that all cores walk; each builds a world of its own."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Hundreds of refusals are wanted here; they are not for the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_says_who_may_open_it():
    assert {route.name for route in routes()} == {page.route for page in PAGES}


def test_every_operation_says_who_may_use_it():
    assert operations() == {(one.method, one.path) for one in OPERATIONS}


@pytest.mark.parametrize("part", range(PARTS))
def test_doors_open_to_exactly_those_who_may(part: int):
    world = make_world()
    wrong, told = [], []
    for found in (_walk_pages(world, part), _walk_operations(world, part)):
        wrong += found[0]
        told += found[1]
    assert (wrong, told) == ([], [])


def _walk_pages(world: World, part: int) -> tuple[list[str], list[str]]:
    """Knock at a part of the pages; return what opened or stayed closed wrongly, and what was told to whom it should not."""
    clients = {role: world.client(role) for role in world.roles}
    wrong, told = [], []
    for number, page in enumerate(PAGES[part::PARTS]):
        url = reverse(page.route, kwargs=world.filled(page.arguments))
        asked = _asked(clients, page.open_to, number)
        answers = {role: ask(clients[role], url) for role in asked}
        wrong += _differences(f"{page.route} {page.arguments}", answers, page.open_to)
        told += _betrayals(url, answers)
    return wrong, told


def _walk_operations(world: World, part: int) -> tuple[list[str], list[str]]:
    """Ask a part of the operations, with what each needs; return what `_walk_pages` does."""
    client = world.client("visitor")
    tokens = {role: _token(world, role) for role in world.roles}
    wrong, told = [], []
    for number, one in enumerate(OPERATIONS[part::PARTS]):
        url = one.path.format(**world.filled(one.arguments))
        body = body_of(one.method, one.path)
        asked = _asked(tokens, one.open_to, number)
        answers = {role: ask_api(client, one.method, url, tokens[role], body) for role in asked}
        wrong += _differences(f"{one.method} {one.path} {one.arguments}", answers, one.open_to)
        told += _betrayals(f"{one.method} {url}", answers)
    return wrong, told


def _asked(roles: Iterable[str], open_to: frozenset[str], number: int) -> list[str]:
    """Return who asks at the door of this number: a third of those who are let in, a third of those who are refused, and the visitor.

    Whoever is left out at one door asks at one of the next two, and doors of one kind stand side by side. With
    SUMMITRY_EVERY_DOOR all ask everywhere, which takes three times as long.
    """
    if EVERY:
        return list(roles)
    let_in = [role for role in roles if role in open_to]
    refused = [role for role in roles if role not in open_to]
    return list(dict.fromkeys(["visitor", *let_in[number % 3 :: 3], *refused[number % 3 :: 3]]))


def _token(world: World, role: str) -> str:
    return "" if role == "visitor" else issue_token(world.accounts[role], "walk", ["read", "write"])[1]


def _differences(door: str, answers: Answers, expected: frozenset[str]) -> list[str]:
    opened = frozenset(role for role, answer in answers.items() if answer.is_open)
    expected &= answers.keys()
    failed = sorted(role for role, answer in answers.items() if answer.status >= 500 and answer.status != 503)
    found = [f"{door}: failed for {failed}"] if failed else []
    return (
        found
        if opened == expected
        else [*found, f"{door}: opened to {name_of(opened)}, not {name_of(expected)}"]
    )


def _betrayals(url: str, answers: Answers) -> list[str]:
    rights = {HIDDEN: HIDDEN_TO, DELEGATION: DELEGATION_TO, FOREIGN: FOREIGN_TO}
    return [
        f"{url} tells {role} of {marker}"
        for role, answer in answers.items()
        for marker in answer.told
        if role not in rights[marker]
    ]
