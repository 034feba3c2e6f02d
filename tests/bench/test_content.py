from bench.content import missing, shown_text


def test_shown_text_leaves_markup_out_and_entities_in_their_character() -> None:
    body = "<p class='a'>Water &amp;\n  light</p><b>é</b> syl\u00adla&shy;ble".encode()

    assert shown_text(body) == " Water & light é syllable"


def test_shown_text_joins_folded_calendar_lines() -> None:
    assert shown_text(b"SUMMARY:A long ti\r\n tle\r\nEND:VEVENT") == "SUMMARY:A long title END:VEVENT"


def test_missing_names_what_is_not_shown() -> None:
    assert missing(b"<b>One</b> and <i>two</i>", ["One", "two", "three"]) == ["three"]
