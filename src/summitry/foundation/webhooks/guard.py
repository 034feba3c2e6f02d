"""Which addresses a webhook may reach: public ones. Nobody makes this server knock at the doors of its own network."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import SummitryError

Address = IPv4Address | IPv6Address
_NOT_PUBLIC = (
    IPv4Network("0.0.0.0/8"),
    IPv4Network("100.64.0.0/10"),
    IPv4Network("168.63.129.16/32"),  # the metadata service of one large cloud hides behind a public address
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("198.18.0.0/15"),
    IPv4Network("240.0.0.0/4"),
)
_ONLY_GLOBAL_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = (
    IPv6Network("2001::/23"),  # protocol assignments, Teredo among them
    IPv6Network("2001:db8::/32"),
    IPv6Network("2002::/16"),  # 6to4 leads to whatever IPv4 address is written inside
    IPv6Network("3fff::/20"),
)
_TRANSLATED = IPv6Network("64:ff9b::/96")


class AddressRefused(SummitryError):
    """A webhook cannot lead there; `code` says why in one word for the delivery log."""

    status = 422

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(message)
        self.code = code


def allows_any_target() -> bool:
    """Return whether the operator allows plain http and private addresses, for development."""
    return bool(settings.WEBHOOK_TARGETS == "any")


def checked_url(url: str) -> SplitResult:
    """Return the parts of `url` if its form is allowed. Raises AddressRefused with a sentence for people."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise AddressRefused("address", _("This is not a complete web address.")) from None
    if not host or not url.isprintable() or " " in url:
        raise AddressRefused("address", _("This is not a complete web address."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("address", _("The address must not hold a user name or password."))
    if parts.scheme != "https" and not (parts.scheme == "http" and allows_any_target()):
        raise AddressRefused("scheme", _("The address must begin with https://."))
    if port == 0:
        raise AddressRefused("address", _("This is not a complete web address."))
    literal = _literal(host)
    if literal is not None:
        _require_public(literal)
    return parts


def resolved(parts: SplitResult) -> Address:
    """Resolve the host once and return the address to connect to. Raises AddressRefused where any is not public."""
    host = parts.hostname or ""
    try:
        name = host if _literal(host) is not None else host.encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused("unknown-host", _("The host of this address is not known.")) from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        _require_public(address)
    return addresses[0]


def is_public(address: Address) -> bool:
    """Return whether `address` belongs to the public internet, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        return address in _ONLY_GLOBAL_V6 and not any(address in network for network in _NOT_PUBLIC_V6)
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


def _require_public(address: Address) -> None:
    if not (is_public(address) or allows_any_target()):
        raise AddressRefused("private", _("This address leads into a private network."))


def _literal(host: str) -> Address | None:
    """Return the address that `host` is, in any of the spellings that resolvers take for one; None for a name."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError, ValueError):
        return None
