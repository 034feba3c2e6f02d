"""Where webhooks may not lead, in whatever spelling it is written; and answers that never end."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.webhooks import sender
from summitry.foundation.webhooks.guard import AddressRefused, checked_url, is_public, resolved
from summitry.foundation.webhooks.sender import send
from tests.foundation.webhooks.receiver import Receiver, receiving

PRIVATE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
]


@st.composite
def private_v4(draw: st.DrawFn) -> IPv4Address:
    base, _slash, bits = draw(st.sampled_from(PRIVATE)).partition("/")
    return IPv4Address(int(IPv4Address(base)) + draw(st.integers(0, 2 ** (32 - int(bits)) - 1)))


def spellings(address: IPv4Address) -> list[str]:
    """The ways in which resolvers let an IPv4 address be written, and IPv6 addresses that lead to it."""
    number = int(address)
    a, b, c, d = address.packed
    return [
        f"{a}.{b}.{c}.{d}",
        f"{number}",
        f"0x{number:08x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"0x{a:x}.{b}.{c}.{d}",
        f"{a}.{b * 65536 + c * 256 + d}",
        f"[::ffff:{address}]",
        f"[::ffff:{a:02x}{b:02x}:{c:02x}{d:02x}]",
        f"[64:ff9b::{a:02x}{b:02x}:{c:02x}{d:02x}]",
        f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
        f"[::{a:x}{b:02x}:{c:02x}{d:02x}]",
    ]


@given(private_v4(), st.integers(0, 10))
def test_no_spelling_of_a_private_address_is_reached(address: IPv4Address, spelling: int) -> None:
    with pytest.raises(AddressRefused):
        resolved(checked_url(f"https://{spellings(address)[spelling]}/"))


@pytest.mark.parametrize(
    "text",
    [
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "100::1",
        "64:ff9b:1::1",
        "168.63.129.16",
        "192.88.99.1",
        "255.255.255.255",
    ],
)
def test_special_addresses_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", ["93.184.215.14", "1.1.1.1", "2606:2800:21f::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_an_ipv6_address_outside_the_global_range_is_public_only_by_what_it_wraps(
    address: IPv6Address,
) -> None:
    if is_public(address):
        assert int(address) >> 125 == 1 or address.ipv4_mapped or str(address).startswith("64:ff9b::")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "address"),
        ("https://", "address"),
        ("https:///path", "address"),
        ("https://user:pass@example.org/", "address"),
        ("https://example.org:99999/", "address"),
        ("https://example.org:0/", "address"),
        ("https://[::1", "address"),
        ("https://exa mple.org/", "address"),
        ("https://example.org/\r\nX: y", "address"),
        ("https://127.1/", "private"),
        ("https://[::1%25eth0]/", "private"),
    ],
)
def test_what_is_no_proper_address_is_refused_with_its_reason(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        checked_url(url)
    assert refused.value.code == code


@given(st.text(max_size=60))
def test_any_text_is_either_an_address_or_refused(text: str) -> None:
    for url in (text, f"https://{text}"):
        with contextlib.suppress(AddressRefused):
            assert checked_url(url).scheme == "https"


def test_a_name_that_leads_inside_is_refused_when_it_is_sent() -> None:
    assert checked_url("https://localhost/").hostname == "localhost"
    assert send("https://localhost/", b"{}", {}).problem == "private"
    assert send("https://nobody.invalid/", b"{}", {}).problem == "unknown-host"


def test_nothing_is_sent_to_a_private_address_without_leave() -> None:
    with receiving() as receiver:
        port = receiver.url.split(":")[2].split("/")[0]
        assert send(receiver.url, b"{}", {}).problem == "scheme"
        assert send(f"https://127.0.0.1:{port}/", b"{}", {}).problem == "private"
    assert receiver.got == []


def test_a_redirect_is_an_answer_and_is_not_followed(receiver: Receiver) -> None:
    receiver.statuses, receiver.headers = [307], {"Location": "http://127.0.0.1:1/"}
    answer = send(receiver.url, b"{}", {})
    assert (answer.status, answer.is_success, len(receiver.got)) == (307, False, 1)


def test_a_long_answer_is_read_to_its_beginning_only(receiver: Receiver) -> None:
    receiver.text = "x" * 1_000_000
    receiver.statuses = [200]
    assert send(receiver.url, b"{}", {}).text == "x" * sender.MOST_ANSWER


@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_an_answer_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch, beginning: bytes) -> None:
    monkeypatch.setattr(sender, "TOTAL_SECONDS", 0.6)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _address = listener.accept()
        with connection:
            connection.recv(10_000)
            try:
                connection.send(beginning)
                for byte in b"x" * 200:
                    connection.send(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    with override_settings(WEBHOOK_TARGETS="any"):
        answer = send(f"http://127.0.0.1:{listener.getsockname()[1]}/", b"{}", {})
    thread.join()
    listener.close()
    assert (answer.problem, answer.milliseconds < 8000) == ("timeout", True)


def test_nobody_listening_is_a_failed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with override_settings(WEBHOOK_TARGETS="any"):
        assert send(f"http://127.0.0.1:{port}/", b"{}", {}).problem == "connection"
        assert send(f"http://[::1]:{port}/", b"{}", {}).problem == "connection"


def test_a_plain_server_has_no_certificate(receiver: Receiver) -> None:
    assert send(receiver.url.replace("http:", "https:"), b"{}", {}).problem == "certificate"
