import gettext
import json
import os
import shutil
from pathlib import Path

import pytest

from summitry.foundation.web import assets, npm
from summitry.foundation.web.assets import AssetError, Checkout

FLAG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path d="M0 0" onclick="x"/></svg>'
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Room"\nmsgstr "会议室"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A source tree whose packages are fetched already: one script and one flag."""
    made = Checkout(tmp_path)
    package = made.frontend / "node_modules" / "thing"
    (package / "svg").mkdir(parents=True)
    (package / "LICENSE").write_text("Do as you like.")
    (package / "thing.min.js").write_text("let thing")
    (package / "svg" / "xx.svg").write_text(FLAG.replace(' onclick="x"', ""))
    (made.frontend / "package-lock.json").write_text("{}")
    (made.frontend / "assets.toml").write_text(
        '[[package]]\nname = "thing"\nfolder = "things"\nlicence = "LICENSE"\nfiles = [\n'
        '  { from = "thing.min.js", to = "thing.js" },\n  { from = "svg/*.svg", to = "./", clean = true },\n]\n'
    )
    made.css.mkdir(parents=True)
    return made


def _catalogue(checkout: Checkout, text: str = CATALOGUE) -> Path:
    path = checkout.package / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_copy_packages_writes_listed_files_licence_and_ratios(checkout: Checkout) -> None:
    assert assets.copy_packages(checkout) == 4
    things = checkout.vendor / "things"
    assert {path.name for path in things.iterdir()} == {"thing.js", "xx.svg", "LICENCE.txt", "ratios.json"}
    assert json.loads((things / "ratios.json").read_text()) == {"xx": [3.0, 2.0]}
    assert (things / "LICENCE.txt").read_text() == "Do as you like."
    assert (checkout.vendor / ".gitignore").read_text() == "*\n"


def test_copy_packages_replaces_what_was_there(checkout: Checkout) -> None:
    checkout.vendor.mkdir()
    (checkout.vendor / "old.js").write_text("")
    assets.copy_packages(checkout)
    assert not (checkout.vendor / "old.js").exists()


def test_copy_packages_prefers_our_own_drawing(checkout: Checkout) -> None:
    listed = checkout.frontend / "assets.toml"
    listed.write_text(listed.read_text().replace("clean = true", 'clean = true, replacements = "flags"'))
    own = checkout.frontend / "flags" / "xx.svg"
    own.parent.mkdir()
    own.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>')
    assets.copy_packages(checkout)
    assert json.loads((checkout.vendor / "things" / "ratios.json").read_text()) == {"xx": [2.0, 1.0]}
    assert assets.is_fetched(checkout)
    own.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    assert not assets.is_fetched(checkout)


def test_copy_packages_refuses_an_unsafe_drawing_and_keeps_the_old_files(checkout: Checkout) -> None:
    assets.copy_packages(checkout)
    (checkout.frontend / "node_modules" / "thing" / "svg" / "xx.svg").write_text(FLAG)
    with pytest.raises(AssetError, match=r"thing/xx\.svg is refused: attribute onclick"):
        assets.copy_packages(checkout)
    assert (checkout.vendor / "things" / "xx.svg").exists()


def test_copy_packages_names_a_missing_file(checkout: Checkout) -> None:
    (checkout.frontend / "node_modules" / "thing" / "thing.min.js").unlink()
    with pytest.raises(AssetError, match=r"thing has no file thing\.min\.js"):
        assets.copy_packages(checkout)


def test_is_fetched_notices_every_difference(checkout: Checkout) -> None:
    assert not assets.is_fetched(checkout)
    assets.copy_packages(checkout)
    assert assets.is_fetched(checkout)
    (checkout.vendor / "things" / "thing.js").write_text("changed by hand")
    assert not assets.is_fetched(checkout)
    assets.copy_packages(checkout)
    (checkout.frontend / "package-lock.json").write_text('{"other": 1}')
    assert not assets.is_fetched(checkout)


def test_compile_catalogues_writes_what_gettext_reads_and_only_once(checkout: Checkout) -> None:
    source = _catalogue(checkout)
    assert assets.compile_catalogues(checkout) == 1
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Room") == "会议室"
    assert assets.compile_catalogues(checkout) == 0
    os.utime(source, (2_000_000_000, 2_000_000_000))
    assert assets.compile_catalogues(checkout) == 1


def test_compile_catalogues_names_a_broken_catalogue(checkout: Checkout) -> None:
    _catalogue(checkout, 'msgid "Room\n')
    with pytest.raises(AssetError, match=r"django\.po is not a valid catalogue"):
        assets.compile_catalogues(checkout)


def test_build_does_nothing_when_all_is_fresh(checkout: Checkout) -> None:
    assets.copy_packages(checkout)
    _catalogue(checkout)
    assert assets.build(checkout) == [
        "Wrote summitry.css.",
        "Wrote console.css.",
        "Compiled 1 translation catalogues.",
        "Wrote readings.txt.",
    ]
    assert assets.build(checkout) == []


def test_build_names_a_stylesheet_without_a_layer(checkout: Checkout) -> None:
    assets.copy_packages(checkout)
    (checkout.css / "stray.css").write_text("")
    with pytest.raises(AssetError, match=r"stray\.css"):
        assets.build(checkout)


def test_build_outside_a_source_tree_says_that_assets_are_carried(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match="already carries its own"):
        assets.build(Checkout(tmp_path))


def test_main_reports_refusals_with_exit_code_one(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(assets, "HERE", checkout)
    monkeypatch.setattr(npm, "installed", list)
    monkeypatch.setattr(npm, "packaged", list)
    assert assets.main([], say=said.append) == 1
    assert said[0].startswith("Assets were not built. Fetching the browser files needs Node with npm 10")


@pytest.mark.slow
def test_tampered_lock_is_refused(tmp_path: Path) -> None:
    """The real npm refuses a package whose hash is not the promised one; nothing is left half-fetched."""
    if not (npm.installed() or npm.packaged()):
        pytest.skip("needs npm")
    checkout = Checkout(tmp_path)
    checkout.frontend.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc", "assets.toml"):
        shutil.copyfile(assets.HERE.frontend / name, checkout.frontend / name)
    path = checkout.frontend / "package-lock.json"
    lock = json.loads(path.read_text())
    htmx = lock["packages"]["node_modules/htmx.org"]
    htmx["integrity"] = htmx["integrity"][:-6] + "AAAA=="
    path.write_text(json.dumps(lock))
    with pytest.raises(npm.NpmError, match="does not have the hash"):
        assets.build(checkout)
    assert not checkout.vendor.exists()
