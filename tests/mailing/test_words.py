"""Words with placeholders: checked before they are kept, filled in as mere text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.mail import Value, unknown_in, write
from summitry.foundation.mail.placeholders import fill_markdown, fill_plain
from summitry.foundation.web.markup import rendered
from summitry.mailing.actions.mailing import update_mailing
from tests.editions.make import make_edition
from tests.mailing.make import SYSTEM, make_mailing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"body": Text.of({"en": "{nam}"})},
            {"body_en": ["{nam} is not a placeholder. Did you mean {name}?"], "body_fr": ["There is a subject, but no text."]},
        ),
        (
            {"subject": Text.of({"en": "Hi", "ar": "مرحبا {شيء}"}), "body": Text.of({"en": "x", "ar": "ص"})},
            {"subject_ar": ["{شيء} is not a placeholder that this audience has."]},
        ),
        ({"body": Text.of({"en": "x", "fr": "y", "es": "z"})}, {"subject_es": ["There is a text, but no subject."]}),
    ],
)  # fmt: skip
def test_words_are_refused_beside_their_field(facts, expected):
    mailing = make_mailing(make_edition())
    with pytest.raises(InvalidInput) as refused:
        update_mailing(mailing, by=SYSTEM, **facts)
    assert refused.value.fields == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{ name }", "{name}"),
        ("{Name}", "{name}"),
        ("｛name｝", "{name}"),
        ("{xyz}", ""),
        ("{towns}", "{town}"),
    ],
)
def test_what_looks_like_a_placeholder_is_pointed_out(written, meant):
    assert unknown_in(f"a {written} b", ["name", "town"]) == [(written, meant)]


@pytest.mark.parametrize("text", ["{name}", "set {1, 2, 3} of {}", "{\n}", "{ two words }"])
def test_what_does_not_look_like_one_is_left_alone(text):
    assert unknown_in(text, ["name"]) == []


def test_values_are_text_never_markup():
    values: dict[str, Value] = {
        "name": "**O'Brien** <b>&</b>\r\nBcc: x",
        "link": "https://x.org/a_b?c=1&d=2",
        "list": ("a*", "b"),
    }
    message = write("Hi {name}", "Dear {name}: [here]({link}) {link}\n\n{list}", values, "en")

    assert message.subject == "Hi **O'Brien** <b>&</b> Bcc: x"
    assert message.text == (
        "Dear **O'Brien** <b>&</b> Bcc: x: [here](https://x.org/a_b?c=1&d=2) https://x.org/a_b?c=1&d=2\n\n- a*\n- b"
    )
    assert "Dear **O'Brien** &lt;b&gt;&amp;&lt;/b&gt; Bcc: x" in message.html
    assert message.html.count('href="https://x.org/a_b?c=1&amp;d=2"') == 2
    assert "<li>a*</li>" in message.html


@given(st.text(max_size=60))
def test_no_value_becomes_markup(value):
    html = rendered(fill_markdown("x {v} y", {"v": value}))
    allowed = ("<p>", "</p>\n", "<br>")
    stripped = str(html)
    for tag in allowed:
        stripped = stripped.replace(tag, "")
    if not value.startswith("http"):
        assert "<" not in stripped
    assert "\n" not in fill_plain("{v}", {"v": value})


def test_the_letter_in_arabic_runs_from_right_to_left():
    message = write("س", "{name}", {"name": "هدى"}, "ar")
    assert '<html lang="ar" dir="rtl">' in message.html
