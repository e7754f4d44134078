"""
Copy what the desk vendors out of unpacked npm packages, fitted to be served by ourselves.

`npm pack govuk-frontend@6.6.0 leaflet@1.9.4 inter-ui@4.1.1` in a scratch folder, unpack each into a folder of its own
name, then `python scripts/vendor_assets.py SCRATCH`. What changes on the way: addresses become relative, source maps
and GOV.UK's own font and crest go (they are for GOV.UK services only), and body text becomes 16 px.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "src/strandline/web/design/static/design"
SOURCE_MAP = re.compile(r"\s*(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*$")
FONT_FACE = re.compile(r"(/\*![^*]*Margaret Calvert.*?\*/)?@font-face\{[^}]*\}", re.DOTALL)
CREST = re.compile(r"[a-z-]+:url\(/assets/images/govuk-crest\.svg\)[^;}]*;?")
SIZES = {
    "font-size:1.1875rem;line-height:1.3157894737": "font-size:1rem;line-height:1.4",
    "font-size:1.1875rem;line-height:1.25": "font-size:1rem;line-height:1.25",
    "font-size:1.1875rem;line-height:1": "font-size:1rem;line-height:1",
    "font-size:14pt": "font-size:10.5pt",
    "font-size:18pt": "font-size:12pt",
    "font-size:24pt": "font-size:16pt",
    "font-size:32pt": "font-size:20pt",
}
FONT = "Inter,system-ui,sans-serif"


def without_source_map(text: str) -> str:
    """Give the text without the line that names its source map."""
    return SOURCE_MAP.sub("\n", text)


def fitted(css: str) -> str:
    """Give GOV.UK Frontend's style sheet without its font, crest, absolute addresses and large body text."""
    css = CREST.sub("", FONT_FACE.sub("", without_source_map(css)))
    css = css.replace("GDS Transport,arial,sans-serif", FONT)
    for theirs, ours in SIZES.items():
        css = css.replace(theirs, ours)
    left = [word for word in ("GDS Transport", "url(/", "@font-face", "sourceMappingURL") if word in css]
    if left:
        raise SystemExit(f"govuk-frontend.min.css: still holds {', '.join(left)}; adjust the rules in this script.")
    return css


def govuk(package: Path) -> None:
    """Vendor GOV.UK Frontend: one style sheet, one module."""
    into = STATIC / "govuk-frontend"
    into.mkdir(parents=True, exist_ok=True)
    built = package / "dist/govuk"
    (into / "govuk-frontend.min.css").write_text(fitted((built / "govuk-frontend.min.css").read_text("utf-8")), "utf-8")
    script = without_source_map((built / "govuk-frontend.min.js").read_text("utf-8"))
    (into / "govuk-frontend.min.js").write_text(script, "utf-8")


def leaflet(package: Path) -> None:
    """Vendor Leaflet with the pictures that its style sheet names."""
    into = STATIC / "leaflet"
    shutil.copytree(package / "dist/images", into / "images", dirs_exist_ok=True)
    shutil.copy(package / "LICENSE", into / "LICENSE")
    for name in ("leaflet.css", "leaflet.js"):
        (into / name).write_text(without_source_map((package / "dist" / name).read_text("utf-8")), "utf-8")


def inter(package: Path) -> None:
    """Vendor Inter: every weight in one file, Latin letters only."""
    into = STATIC / "inter"
    into.mkdir(parents=True, exist_ok=True)
    shutil.copy(package / "variable-latin/InterVariable-subset.woff2", into / "InterVariable.woff2")
    shutil.copy(package / "LICENSE.txt", into / "OFL.txt")


def main(scratch: Path) -> None:
    """Vendor everything from the folder of unpacked packages."""
    govuk(scratch / "govuk-frontend/package")
    leaflet(scratch / "leaflet/package")
    inter(scratch / "inter-ui/package")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
