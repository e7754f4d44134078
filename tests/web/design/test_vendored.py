"""What is vendored: nothing of GOV.UK's own, no address outside, every reference there, a licence beside each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from strandline.web import design

WEB = Path(design.__file__).parents[1]
STATIC = WEB / "design/static/design"
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
HANDLER = re.compile(r"<[^>]*\s(on[a-z]+|style)\s*=", re.IGNORECASE)
OPENING = re.compile(r"<(script|style)\b([^>]*)>", re.IGNORECASE)


@pytest.mark.parametrize("folder", ["govuk-frontend", "inter", "leaflet"])
def test_a_licence_lies_beside_what_is_vendored(folder) -> None:
    assert [one for one in (STATIC / folder).iterdir() if one.name in ("LICENSE", "OFL.txt")]


def test_neither_the_crest_nor_the_font_of_government_is_here() -> None:
    for file in STATIC.rglob("*"):
        if file.suffix in (".css", ".svg"):
            text = file.read_text(encoding="utf-8")
            assert "GDS Transport" not in text
            assert "crest" not in text
    assert sorted(one.suffix for one in STATIC.rglob("*.woff*")) == [".woff2"]


def test_no_style_sheet_asks_another_server() -> None:
    for file in STATIC.rglob("*.css"):
        assert not re.search(r"url\([\"']?(?:https?:|/)", file.read_text(encoding="utf-8")), file.name


def test_every_reference_is_there_when_files_get_their_hashes(tmp_path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    hashed = ManifestStaticFilesStorage(location=str(tmp_path)).hashed_files
    assert "design/desk.css" in hashed
    written = (tmp_path / hashed["design/desk.css"]).read_text(encoding="utf-8")
    assert re.search(r"inter/InterVariable\.[0-9a-f]{12}\.woff2", written)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.relative_to(WEB)))
def test_a_template_has_neither_inline_script_nor_inline_style(template) -> None:
    text = template.read_text(encoding="utf-8")
    assert not HANDLER.search(text)
    for tag, attributes in OPENING.findall(text):
        assert tag.lower() == "script"
        assert "src=" in attributes or 'type="application/json"' in attributes


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.relative_to(WEB)))
def test_a_template_asks_no_other_server(template) -> None:
    assert not re.search(
        r"(?:src|href|action)=[\"']https?://(?!www\.legislation\.gov\.uk)", template.read_text("utf-8")
    )
