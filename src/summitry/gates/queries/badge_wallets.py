"""Passes for the wallets of telephones: Apple's archive, signed or not at all, and the address that adds one to Google's.

They hold what the badge says and the same token; neither is offered before its certificates are configured.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.errors import SummitryError
from summitry.gates.queries.badge_carried import EBadge

WALLET_TYPE = "application/vnd.apple.pkpass"
SAVE = "https://pay.google.com/gp/v/save/"
APPLE = ("APPLE_PASS_CERTIFICATE", "APPLE_PASS_AUTHORITY", "APPLE_PASS_TYPE", "APPLE_PASS_TEAM")
GOOGLE = ("GOOGLE_WALLET_KEY", "GOOGLE_WALLET_CLASS")
ICON_SIZES = {"icon.png": 29, "icon@2x.png": 58, "icon@3x.png": 87}


class WalletNotSetUp(SummitryError):
    """No pass can be made: certificates are missing."""

    code = "wallet-not-set-up"
    status = 404
    message = gettext_lazy("Passes for this wallet are not offered here.")


@dataclass(frozen=True, slots=True)
class Setup:
    """Whether a wallet can be offered: the settings that are missing, the files that cannot be read, and whether any is set."""

    missing: tuple[str, ...]
    unreadable: tuple[str, ...]
    is_begun: bool

    @property
    def is_complete(self) -> bool:
        """Whether passes can be made."""
        return not self.missing and not self.unreadable


def apple_setup() -> Setup:
    """Return what Apple's passes lack: certificate with key, Apple's intermediate certificate, type and team."""
    return _setup(APPLE, files=APPLE[:2])


def google_setup() -> Setup:
    """Return what Google's passes lack: the key of a service account, and the class of the passes."""
    return _setup(GOOGLE, files=GOOGLE[:1])


def apple_pass(badge: EBadge) -> bytes:
    """Return a signed pass. Raises WalletNotSetUp: an unsigned one is never made."""
    if not apple_setup().is_complete:
        raise WalletNotSetUp
    files = {"pass.json": json.dumps(_described(badge), ensure_ascii=False).encode(), **_icons(badge.colour)}
    manifest = json.dumps(
        {name: hashlib.sha1(content, usedforsecurity=False).hexdigest() for name, content in files.items()}
    ).encode()
    files |= {"manifest.json": manifest, "signature": _signature(manifest)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def google_address(badge: EBadge) -> str:
    """Return the address that adds a pass to Google's wallet. Raises WalletNotSetUp."""
    if not google_setup().is_complete:
        raise WalletNotSetUp
    account = json.loads(Path(settings.GOOGLE_WALLET_KEY).read_text())
    claims = {
        "iss": account["client_email"],
        "aud": "google",
        "typ": "savetowallet",
        "iat": int(clock.now().timestamp()),
        "origins": [settings.BASE_URL],
        "payload": {"genericObjects": [_object(badge)]},
    }
    return SAVE + _signed_claims(claims, account["private_key"])


# --- Apple ---------------------------------------------------------------------------------------------------------
def _described(badge: EBadge) -> dict[str, Any]:
    edition = badge.guest.edition
    title = edition.name.shown(get_language() or "en", edition.fallback).text
    fields = [
        {"key": "organisation", "label": _("Organisation"), "value": badge.organisation},
        {"key": "line", "label": _("Post"), "value": badge.line},
    ]
    zones = "\n".join(f"{zone.name.text}: {zone.days}" for zone in badge.zones)
    return {
        "formatVersion": 1,
        "passTypeIdentifier": settings.APPLE_PASS_TYPE,
        "teamIdentifier": settings.APPLE_PASS_TEAM,
        "organizationName": title,
        "description": _("Badge for %(edition)s") % {"edition": title},
        "serialNumber": hashlib.sha256(badge.token.encode()).hexdigest()[:24],
        "logoText": title,
        "foregroundColor": "rgb(255, 255, 255)",
        "labelColor": "rgb(230, 230, 230)",
        "backgroundColor": "rgb({}, {}, {})".format(*_rgb(badge.colour)),
        "expirationDate": f"{edition.ends_on.isoformat()}T23:59:59+00:00",
        "barcodes": [
            {
                "format": "PKBarcodeFormatQR",
                "message": badge.token,
                "messageEncoding": "iso-8859-1",
                "altText": badge.number,
            }
        ],
        "generic": {
            "primaryFields": [{"key": "name", "label": badge.second_name, "value": badge.name}],
            "secondaryFields": [{"key": "category", "label": _("Category"), "value": badge.category}],
            "auxiliaryFields": [each for each in fields if each["value"]],
            "backFields": [{"key": "zones", "label": _("Zones"), "value": zones}] if zones else [],
        },
    }


def _signature(manifest: bytes) -> bytes:
    from cryptography import x509  # noqa: PLC0415 - heavy, and only passes need it
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import pkcs7  # noqa: PLC0415 - as above

    own = Path(settings.APPLE_PASS_CERTIFICATE).read_bytes()
    key = serialization.load_pem_private_key(own, None)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(manifest)
    builder = builder.add_signer(x509.load_pem_x509_certificate(own), key, hashes.SHA256())  # type: ignore[arg-type] # RSA, as Apple gives it
    builder = builder.add_certificate(
        x509.load_pem_x509_certificate(Path(settings.APPLE_PASS_AUTHORITY).read_bytes())
    )
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.sign(serialization.Encoding.DER, options)


@lru_cache(maxsize=32)
def _icons(colour: str) -> Mapping[str, bytes]:
    from PIL import Image  # noqa: PLC0415 - heavy: only pictures need Pillow

    icons = {}
    for name, edge in ICON_SIZES.items():
        out = io.BytesIO()
        Image.new("RGB", (edge, edge), colour).save(out, "PNG")
        icons[name] = out.getvalue()
    return icons


# --- Google --------------------------------------------------------------------------------------------------------
def _object(badge: EBadge) -> dict[str, Any]:
    lang = get_language() or "en"
    title = badge.guest.edition.name.shown(lang, badge.guest.edition.fallback).text
    issuer = settings.GOOGLE_WALLET_CLASS.partition(".")[0]
    return {
        "id": f"{issuer}.{hashlib.sha256(badge.token.encode()).hexdigest()[:24]}",
        "classId": settings.GOOGLE_WALLET_CLASS,
        "state": "ACTIVE",
        "cardTitle": _in(lang, title),
        "header": _in(lang, badge.name),
        "subheader": _in(lang, badge.category),
        "hexBackgroundColor": badge.colour,
        "barcode": {"type": "QR_CODE", "value": badge.token, "alternateText": badge.number},
    }


def _in(lang: str, text: str) -> dict[str, Any]:
    return {"defaultValue": {"language": lang, "value": text}}


def _signed_claims(claims: Mapping[str, Any], key: str) -> str:
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - heavy, and only passes need it
    from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415 - as above

    private = serialization.load_pem_private_key(key.encode(), None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise WalletNotSetUp
    head = _base64(json.dumps({"alg": "RS256", "typ": "JWT"}).encode())
    signed = f"{head}.{_base64(json.dumps(claims, ensure_ascii=False).encode())}"
    return f"{signed}.{_base64(private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


# --- Both ----------------------------------------------------------------------------------------------------------
def _setup(names: tuple[str, ...], files: tuple[str, ...]) -> Setup:
    missing = tuple(f"SUMMITRY_{name}" for name in names if not getattr(settings, name))
    unreadable = tuple(
        f"SUMMITRY_{name}"
        for name in files
        if getattr(settings, name) and not Path(getattr(settings, name)).is_file()
    )
    return Setup(missing, unreadable, is_begun=len(missing) < len(names))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
