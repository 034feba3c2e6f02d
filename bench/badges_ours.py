"""Summitry's side of bench.badges: guests in six scripts with photos, the job that prints, and every code read back."""

import io
import json
import random
import resource
import sys
import time
from datetime import timedelta

import django

django.setup()

import pypdfium2  # noqa: E402
import zxingcpp  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from PIL import Image  # noqa: E402

from summitry.directory.actions.person import NameGiven, NewPerson, create_people  # noqa: E402
from summitry.directory.enums import NameUse  # noqa: E402
from summitry.editions.actions.edition import create_edition, create_summit  # noqa: E402
from summitry.editions.models import Edition  # noqa: E402
from summitry.foundation import clock  # noqa: E402
from summitry.foundation.access import system  # noqa: E402
from summitry.foundation.files import store_file  # noqa: E402
from summitry.foundation.files.store import PORTRAIT  # noqa: E402
from summitry.foundation.i18n import Text  # noqa: E402
from summitry.gates.actions.badge_checks import check_badges  # noqa: E402
from summitry.gates.actions.badge_layouts import create_layout  # noqa: E402
from summitry.gates.actions.badge_printing import print_badges, request_badges  # noqa: E402
from summitry.gates.actions.credentials import issue_many  # noqa: E402
from summitry.gates.models import BadgeBatch, Credential, PrintedBadge  # noqa: E402
from summitry.gates.queries.badge_choice import Choice  # noqa: E402
from summitry.guests.actions.category import create_category  # noqa: E402
from summitry.guests.actions.guest import NewGuest, add_guests  # noqa: E402
from summitry.guests.enums import Capacity, GuestState  # noqa: E402
from summitry.guests.models import Guest  # noqa: E402

BENCH = system("bench")
PHOTOS = 50
RENDERED_DPI = 110
NATIVE = (
    ("ru", "Владимирович Ефремов"), ("ar", "عبد الله الجابر"), ("zh-hans", "欧阳晓明"),
    ("th", "สมชาย ใจดี"), ("hi", "राजेश कुमार"), ("es", "María José Núñez"),
)  # fmt: skip


def seed(number: int) -> Edition:
    """Enter guests with photos, accredit them, and give them badges."""
    today = clock.now().date()
    edition = create_edition(
        create_summit("bench", Text.of("Bench"), by=BENCH), "bench", by=BENCH, name=Text.of("Bench"),
        starts_on=today, ends_on=today + timedelta(days=2), zone_name="UTC", languages=["en", "zh-hans"],
    )  # fmt: skip
    categories = [
        create_category(edition, by=BENCH, name=Text.of(name), capacity=Capacity.DELEGATE)
        for name in ("Delegate", "Speaker", "Media")
    ]
    names = [
        (
            NameGiven(NameUse.DISPLAY, "en", f"Anna Example {each}"),
            NameGiven(NameUse.NATIVE, lang, f"{native} {each}"),
        )
        for each in range(number)
        for lang, native in [NATIVE[each % len(NATIVE)]]
    ]
    people = create_people([NewPerson(names=each) for each in names], by=BENCH)
    photos = [
        store_file(ContentFile(portrait(each), f"{each}.jpg"), PORTRAIT, by=BENCH) for each in range(PHOTOS)
    ]
    guests = add_guests(
        edition,
        [
            NewGuest(person, categories[n % 3], {"state": GuestState.CONFIRMED})
            for n, person in enumerate(people)
        ],
        by=BENCH,
    )
    for n, guest in enumerate(guests):
        guest.photo = photos[n % PHOTOS]
    Guest.objects.bulk_update(guests, ["photo"], batch_size=500)
    issue_many(guests, by=BENCH)
    create_layout(edition, by=BENCH, name="Card")
    return edition


def portrait(number: int) -> bytes:
    """Return a picture of the size that guests hand in, unlike any other."""
    noise = Image.frombytes("RGB", (60, 80), random.Random(number).randbytes(60 * 80 * 3))
    out = io.BytesIO()
    noise.resize((600, 800), Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()


def codes(batch: BadgeBatch) -> tuple[int, list[str]]:
    """Return how many pages the files have, and the codes read from them as they are rendered."""
    pages, found = 0, []
    for stored in batch.files.order_by("pk"):
        with stored.content.open("rb") as file:
            document = pypdfium2.PdfDocument(file.read())
        for page in document:
            pages += 1
            picture = page.render(scale=RENDERED_DPI / 72, grayscale=True).to_pil()
            found += [
                code.text
                for code in zxingcpp.read_barcodes(
                    picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
                )
            ]
    return pages, found


def main(number: int) -> None:
    """Seed, print, read back, and print the figures."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        edition = seed(number)
    begun = time.perf_counter()
    check_badges(edition)
    check = time.perf_counter() - begun
    edition.badge_checks.all().delete()
    begun, spent = time.perf_counter(), _spent()
    batch, progress = request_badges(edition, Choice(), by=BENCH, order="name", sheet="single")
    print_badges.call(str(progress.public_id), batch.pk)
    figures = {"seconds": time.perf_counter() - begun, "cpu": _spent() - spent, "check": check}
    progress.refresh_from_db()
    pages, found = codes(batch)
    wanted = set(Credential.objects.values_list("token", flat=True))
    figures |= {
        "pages": pages,
        "read": len(set(found) & wanted),
        "records": PrintedBadge.objects.filter(batch=batch).count(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


def _spent() -> float:
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]))
