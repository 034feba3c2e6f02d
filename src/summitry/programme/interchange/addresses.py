"""Making values legal where a schema is stricter than the world: addresses, slugs, acronyms."""

import ipaddress
import re
import unicodedata
from urllib.parse import quote, urljoin, urlsplit

from summitry.programme.interchange.document import Conference, Event

_HOST = re.compile(r"[A-Za-z0-9._-]+")
_PLAIN = re.compile(
    r"https?://[a-z0-9._-]+(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?(/[A-Za-z0-9/._~-]*)?"
)
_ABSOLUTE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,20}:)([^\s#]+)")
_OTHER_SCHEMES = frozenset(
    ("mailto:", "tel:", "geo:", "ftp:", "xmpp:", "irc:", "ircs:", "matrix:", "urn:", "doi:")
)
_NOT_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/:=&?~+!$,;'@()*%-._"
_XML_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}")
_JSON_SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
_JSON_ACRONYM = re.compile(r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?")
_XML_ACRONYM = re.compile(r"[a-z0-9_-]{4,}")


def is_plain_address(address: str) -> bool:
    """Whether ``address`` is an absolute http(s) URI in which nothing could need repair."""
    return _PLAIN.fullmatch(address) is not None


def http_address(address: str, base: str = "") -> str:
    """``address`` as an absolute http(s) URI, resolved against ``base``; "" where it cannot be one."""
    if is_plain_address(address):
        return address
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        if not parts.scheme:
            parts = urlsplit(urljoin(base.strip(), address))
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    user = parts.netloc.rpartition("@")[0]
    place = f"{_quoted(user)}@{host}" if user else host
    legal = f"{parts.scheme}://{place}" + (f":{port}" if port is not None else "") + _quoted(parts.path)
    legal += f"?{_quoted(parts.query)}" if parts.query else ""
    return legal + (f"#{_quoted(parts.fragment)}" if parts.fragment else "")


def _host(name: str) -> str:
    """A host name in ASCII, or an IPv6 address in its brackets; "" for what is neither."""
    if ":" in name:
        return f"[{ipaddress.IPv6Address(name)}]"
    ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    return ascii_name if _HOST.fullmatch(ascii_name) else ""


def _quoted(part: str) -> str:
    return quote(_NOT_ESCAPE.sub("%25", part), safe=_SAFE)


def other_address(address: str) -> str:
    """``address`` as a URI of another harmless scheme (``mailto:``, ``geo:``); "" where it is not one."""
    match = _ABSOLUTE.fullmatch(address.strip())
    if match is None or match[1].lower() not in _OTHER_SCHEMES:
        return ""
    return match[1].lower() + _quoted(match[2])


def slugified(text: str, separator: str = "-") -> str:
    """Lower-case ASCII letters and digits of ``text``, with accents dropped and everything else a separator."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return separator.join(re.findall(r"[a-z0-9]+", plain))


def legal_acronym(conference: Conference) -> str:
    """An acronym that both schemas take; XML also takes hyphens, so one that only XML takes is changed for both."""
    acronym = conference.acronym.lower()
    if _JSON_ACRONYM.fullmatch(acronym):
        return acronym
    plain = slugified(conference.acronym or conference.title, "_") or "conference"
    return plain.ljust(4, "_")


def xml_acronym(conference: Conference) -> str:
    """As above, but with the hyphens that XML takes."""
    acronym = conference.acronym.lower()
    return acronym if _XML_ACRONYM.fullmatch(acronym) else legal_acronym(conference)


def legal_slug(event: Event, number: int, acronym: str, taken: set[str]) -> str:
    """A slug that both schemas take and no other event has: the event's own if possible, else made of its title."""
    slug = event.slug.lower()
    if not (_XML_SLUG.fullmatch(slug) and _JSON_SLUG.fullmatch(slug)):
        prefix = slugified(acronym, "_").ljust(4, "_")
        rest = slugified(event.slug) or slugified(event.title)[:80].strip("-") or "event"
        slug = f"{prefix}-{number:04d}-{rest}"
    if slug in taken:
        slug = f"{slug}-{number}"
    while slug in taken:
        slug += "x"
    taken.add(slug)
    return slug
