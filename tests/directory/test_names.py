from __future__ import annotations

import pytest

from summitry.directory.models import Person
from summitry.directory.queries.names import NameRow, NamesIndex, display_name, display_names, names_of
from summitry.foundation.i18n import Shown
from tests.directory.make import make_person, name

ZHAO = (
    name("native", "zh-hans", "赵厚麟", "zhao houlin"),
    name("latin", "en", "Houlin Zhao", "Zhao, Houlin"),
)
KARMAN = (name("native", "ar", "توكل كرمان"), name("latin", "en", "Tawakkol Karman", "Karman, Tawakkol"))
SUHARTO = (name("display", "en", "Suharto"),)
SHEN = (
    name("native", "ru", "Шэнь И"),
    name("native", "zh-hans", "沈逸", "shen yi"),
    name("latin", "en", "Shen Yi"),
)
IVANOV = (name("native", "ru", "Иванов Сергей Борисович"), name("latin", "en", "Sergei Ivanov", "Ivanov"))
GARCIA = (name("native", "es", "María José García Márquez", "García Márquez, María José"),)
NGUYEN = (name("native", "vi", "Nguyễn Văn Hùng"), name("display", "zh-hans", "阮文雄", "ruan wenxiong"))
TANAKA = (name("native", "ja", "田中角栄"), name("latin", "en", "Kakuei Tanaka"))
SATO = (name("native", "ja", "佐藤ひろし"), name("latin", "en", "Hiroshi Satō"))
BAN = (
    name("native", "ko", "반기문"),
    name("latin", "en", "Ban Ki-moon"),
    name("display", "fr", "Ban Ki-moon"),
)
PAPADOPOULOS = (name("native", "el", "Γιώργος Παπαδόπουλος"), name("display", "fr", "Georges Papadopoulos"))


@pytest.mark.parametrize(
    ("names", "lang", "chain", "expected"),
    [
        (ZHAO, "zh-hans", ("en",), Shown("赵厚麟", "zh-hans", fallback=False)),
        (ZHAO, "en", (), Shown("Houlin Zhao", "en", fallback=False)),
        (ZHAO, "fr", ("en",), Shown("Houlin Zhao", "en", fallback=False)),
        (ZHAO, "ar", ("en",), Shown("Houlin Zhao", "en", fallback=True)),
        (KARMAN, "ar", ("en",), Shown("توكل كرمان", "ar", fallback=False)),
        (KARMAN, "es", ("en",), Shown("Tawakkol Karman", "en", fallback=False)),
        (KARMAN, "zh-hans", ("en",), Shown("Tawakkol Karman", "en", fallback=True)),
        (SUHARTO, "en", (), Shown("Suharto", "en", fallback=False)),
        (SUHARTO, "ru", ("en",), Shown("Suharto", "en", fallback=True)),
        (SHEN, "zh-hans", (), Shown("沈逸", "zh-hans", fallback=False)),
        (SHEN, "ru", (), Shown("Шэнь И", "ru", fallback=False)),
        (SHEN, "es", (), Shown("Shen Yi", "en", fallback=False)),
        (IVANOV, "ru", ("en",), Shown("Иванов Сергей Борисович", "ru", fallback=False)),
        (IVANOV, "fr", ("en",), Shown("Sergei Ivanov", "en", fallback=False)),
        (GARCIA, "en", (), Shown("María José García Márquez", "es", fallback=False)),
        (GARCIA, "ru", ("en",), Shown("María José García Márquez", "es", fallback=True)),
        (NGUYEN, "zh-hans", (), Shown("阮文雄", "zh-hans", fallback=False)),
        (NGUYEN, "zh-hant", ("en",), Shown("阮文雄", "zh-hans", fallback=False)),
        (NGUYEN, "en", ("zh-hans",), Shown("Nguyễn Văn Hùng", "vi", fallback=False)),
        (TANAKA, "zh-hans", ("en",), Shown("田中角栄", "ja", fallback=False)),
        (TANAKA, "en", (), Shown("Kakuei Tanaka", "en", fallback=False)),
        (SATO, "zh-hans", ("en",), Shown("Hiroshi Satō", "en", fallback=True)),
        (SATO, "ja", (), Shown("佐藤ひろし", "ja", fallback=False)),
        (BAN, "ko", (), Shown("반기문", "ko", fallback=False)),
        (BAN, "zh-hans", ("fr", "en"), Shown("Ban Ki-moon", "fr", fallback=True)),
        (PAPADOPOULOS, "es", ("en", "fr"), Shown("Georges Papadopoulos", "fr", fallback=False)),
        (PAPADOPOULOS, "en", (), Shown("Georges Papadopoulos", "fr", fallback=False)),
        ((name("badge", "en", "H.E. Somebody"),), "en", (), Shown("On file", "", fallback=False)),
        ((name("passport", "en", "ZHAO<<HOULIN"),), "en", (), Shown("On file", "", fallback=False)),
        ((), "ar", ("en",), Shown("On file", "", fallback=False)),
    ],
)
def test_names_are_chosen_for_the_reader(names, lang, chain, expected):
    index = NamesIndex({1: "On file"}, {1: [NameRow(n.use, n.lang, n.text, n.sort_key) for n in names]})
    assert index.shown(1, lang, chain) == expected


def ordered(people, lang):
    rows = {
        n: [NameRow(form.use, form.lang, form.text, form.sort_key) for form in p]
        for n, p in enumerate(people)
    }
    index = NamesIndex(dict.fromkeys(rows, "On file"), rows)
    return [person.name.text for person in index.in_order(lang)]


def test_people_sort_by_the_key_of_the_name_that_is_shown():
    assert ordered([ZHAO, KARMAN, SUHARTO, IVANOV, GARCIA, SHEN], "en") == [
        "María José García Márquez",
        "Sergei Ivanov",
        "Tawakkol Karman",
        "Shen Yi",
        "Suharto",
        "Houlin Zhao",
    ]
    assert ordered([ZHAO, KARMAN, SUHARTO, IVANOV, NGUYEN, SHEN], "zh-hans") == [
        "Sergei Ivanov",
        "Tawakkol Karman",
        "阮文雄",
        "沈逸",
        "Suharto",
        "赵厚麟",
    ]
    assert ordered([ZHAO, KARMAN, SUHARTO, IVANOV, SHEN], "ru") == [
        "Иванов Сергей Борисович",
        "Шэнь И",
        "Tawakkol Karman",
        "Suharto",
        "Houlin Zhao",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_names_of_many_people_take_one_query(count, django_assert_num_queries):
    people = [make_person(*ZHAO) for _ in range(count)]
    with django_assert_num_queries(1):
        shown = display_names([person.pk for person in people], "zh-hans", ("en",))
    assert shown == {person.pk: Shown("赵厚麟", "zh-hans", fallback=False) for person in people}


@pytest.mark.django_db
def test_names_of_a_query_take_one_query_and_keep_to_it(django_assert_num_queries):
    wanted = make_person(*ZHAO)
    make_person(*SUHARTO)
    with django_assert_num_queries(1):
        index = names_of(Person.objects.filter(reference_name="Houlin Zhao"))
    assert (wanted.pk in index, len(index)) == (True, 1)
    assert index.spellings(wanted.pk) == ["Houlin Zhao", "赵厚麟"]


@pytest.mark.django_db
def test_spellings_keep_the_passport_private():
    person = make_person(*SUHARTO, name("passport", "en", "SUHARTO<<"), name("badge", "en", "Pres. Suharto"))
    assert names_of([person.pk]).spellings(person.pk) == ["Suharto"]


@pytest.mark.django_db
def test_one_name_uses_what_was_prefetched(django_assert_num_queries):
    make_person(*KARMAN)
    person = Person.objects.prefetch_related("names").get()
    with django_assert_num_queries(0):
        assert display_name(person, "ar") == Shown("توكل كرمان", "ar", fallback=False)
