"""The pictures of the README, taken from the desk as it runs; `make screenshots` keeps them in docs/images/desk."""

from __future__ import annotations

from pathlib import Path

import pytest

PICTURES = Path(__file__).resolve().parents[3] / "build/screenshots/readme"
LARGEST_BYTES = 250_000
SHOWN = {
    "front-page": ("head_of_service", "/", "desktop"),
    "list": ("head_of_service", "/schools/", "desktop"),
    "map": ("head_of_service", "/schools/map/", "desktop"),
    "school": ("officer", "/schools/{school}/", "desktop"),
    "category": ("head_teacher", "/decisions/schools/{school}/", "desktop"),
    "moderation": ("officer", "/decisions/queue/", "desktop"),
    "category-on-a-phone": ("head_teacher", "/decisions/schools/{school}/", "phone"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_of_the_readme_is_small_enough_to_load(name, visit, desk) -> None:
    role, path, window = SHOWN[name]
    page = visit(path.format(school=desk.school), role=role, window=window)
    if name == "map":
        page.get_by_text("schools on the map.").wait_for()
    PICTURES.mkdir(parents=True, exist_ok=True)
    taken = PICTURES / f"{name}.png"
    page.screenshot(path=taken, animations="disabled")
    assert page.get_by_role("heading", level=1).is_visible()
    assert taken.stat().st_size < LARGEST_BYTES
