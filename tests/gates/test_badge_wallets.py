import base64
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from django.test import Client

from summitry.config.cli import doctor
from summitry.gates.models import Credential
from summitry.guests.models import Guest
from summitry.guests.queries.guest_links import page_path
from tests.gates.badge_house import make_badges

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(65537, 2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)


def _certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pass")])
    builder = x509.CertificateBuilder(
        name,
        name,
        KEY.public_key(),
        7,
        dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2040, 1, 1, tzinfo=dt.UTC),
    )
    return builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def apple(tmp_path: Path, settings: Any) -> None:
    """Configure Apple's passes with a certificate of our own."""
    for name, content in (("CERTIFICATE", _certificate() + PEM), ("AUTHORITY", _certificate())):
        path = tmp_path / f"{name}.pem"
        path.write_bytes(content)
        setattr(settings, f"APPLE_PASS_{name}", str(path))
    settings.APPLE_PASS_TYPE, settings.APPLE_PASS_TEAM = "pass.org.example.badge", "ABCDE12345"


def test_a_pass_is_a_signed_archive_with_the_token(apple: None) -> None:
    made = make_badges("anna")
    url = page_path(Guest.objects.get(), page="badge:wallet")
    answer = Client().get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/vnd.apple.pkpass")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == {"pass.json", "icon.png", "icon@2x.png", "icon@3x.png", "manifest.json", "signature"}
    manifest = json.loads(files["manifest.json"])
    assert manifest == {
        name: hashlib.sha1(content).hexdigest()
        for name, content in files.items()
        if name not in {"manifest.json", "signature"}
    }
    described = json.loads(files["pass.json"])
    assert described["barcodes"][0]["message"] == Credential.objects.get().token
    assert described["generic"]["primaryFields"][0]["value"] == "Anna de la Cruz"
    assert described["expirationDate"] == f"{made.edition.ends_on.isoformat()}T23:59:59+00:00"
    assert len(pkcs7.load_der_pkcs7_certificates(files["signature"])) >= 1


def test_no_pass_is_offered_without_certificates() -> None:
    make_badges("anna")
    guest = Guest.objects.get()
    assert Client().get(page_path(guest, page="badge:wallet")).status_code == 404
    assert "wallet" not in Client().get(page_path(guest, page="badge:carried")).content.decode()


def test_an_address_for_the_other_wallet_carries_signed_claims(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps({"client_email": "badges@example.org", "private_key": PEM.decode()}))
    settings.GOOGLE_WALLET_KEY, settings.GOOGLE_WALLET_CLASS = str(path), "3388000000000.badge"
    make_badges("anna")
    page = Client().get(page_path(Guest.objects.get(), page="badge:carried"))
    head, claims, signature = page.context["google_url"].rpartition("/")[2].split(".")
    KEY.public_key().verify(
        _bytes(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256()
    )
    told = json.loads(_bytes(claims))
    assert (told["iss"], told["typ"]) == ("badges@example.org", "savetowallet")
    assert told["payload"]["genericObjects"][0]["barcode"]["value"] == Credential.objects.get().token


def test_doctor_names_what_a_wallet_lacks(apple: None, settings: Any) -> None:
    assert (doctor._wallets().verdict, doctor._wallets().detail) == ("good", "Apple")
    settings.APPLE_PASS_TEAM, settings.APPLE_PASS_AUTHORITY = "", "/nowhere.pem"
    assert (
        doctor._wallets().detail
        == "Apple: SUMMITRY_APPLE_PASS_TEAM is not set, SUMMITRY_APPLE_PASS_AUTHORITY names no file"
    )
    assert doctor._wallets().verdict == "missing"


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
