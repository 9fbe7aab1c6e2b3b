"""Pictures are made, are as wide as promised, and can be read without colour."""

import io
import subprocess
import sys
from itertools import pairwise

import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from matplotlib.image import imread

from reports import drawing, pictures
from reports.drawing import png
from reports.pictures import (
    ZONE_COLOURS,
    Bar,
    Bars,
    Course,
    Facts,
    Funnel,
    Line,
    Picture,
    Tiles,
    percent,
)
from surveys.statistics import Zone, zone

LEGEND = pictures.legend(("до 33", "33–50", "50–75", "от 75 %"))
PANELS: tuple[pictures.Panel, ...] = (
    Facts((("20 318", "педагогов"), ("+412", "новых"))),
    Bars("Опросы", (Bar("Форум", 0.42, "42 из 100", 0.3, 0.55), Bar("Скрыто", None)), 0.75, "цель"),
    Course("Как меняется", ("сен", "окт"), (Line("Ответили", (0.3, None)),), 0.75, "цель"),
    Tiles("Муниципалитеты", (("Калинов", 0.8), ("Глупов", None)), LEGEND, "мало ответов"),
    Funnel("Задания", (("Выдано", 40), ("Сдано", 10))),
    Funnel("Пока ничего", (("Выдано", 0),)),
)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def deuteranope(colour: str) -> str:
    """As a deuteranope sees it: G. M. Machado et al. (2009), severity 1, on linear sRGB."""
    matrix = (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    )
    parts = [(int(colour[place : place + 2], 16) / 255) ** 2.2 for place in (1, 3, 5)]
    seen = [sum(row[k] * parts[k] for k in range(3)) for row in matrix]
    return "#" + "".join(f"{round(min(1, max(0, each)) ** (1 / 2.2) * 255):02X}" for each in seen)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: type(panel).__name__)
def test_every_panel_is_drawn_1080_pixels_wide(panel: pictures.Panel) -> None:
    made = png(Picture("Сводка недели", "Вся область", (panel,), "Составлено сегодня"))
    assert made.startswith(b"\x89PNG")
    image = imread(io.BytesIO(made))
    assert image.shape[1] == pictures.WIDTH
    assert image[..., :3].min() < 0.5, "something is drawn"


def test_telegram_takes_the_longest_picture_as_a_photo() -> None:
    tiles = Tiles("Все", tuple((f"М{n}", n / 44) for n in range(44)), LEGEND, "мало")
    bars = Bars("Опросы", tuple(Bar(f"Опрос {n}", n / 8) for n in range(8)), 0.75, "цель")
    made = png(Picture("Сводка", "", (*PANELS, tiles, bars)))
    height, width = imread(io.BytesIO(made)).shape[:2]
    assert height + width <= 10_000
    assert height / width <= 20
    assert len(made) < 10 * 2**20


def test_zones_grow_lighter_with_the_share_for_grey_print_and_colour_blind_eyes() -> None:
    for seen in (lambda colour: colour, deuteranope):
        light = [luminance(seen(ZONE_COLOURS[each])) for each in Zone]
        contrasts = [(b + 0.05) / (a + 0.05) for a, b in pairwise(light)]
        assert min(contrasts) >= 1.25, contrasts


def test_words_on_tiles_can_be_read() -> None:
    for each, colour in ZONE_COLOURS.items():
        ink = "#FFFFFF" if each is Zone.RED else pictures.INK
        light, dark = sorted((luminance(colour), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, each


def test_the_typeface_comes_with_the_library_and_has_every_russian_letter() -> None:
    found = font_manager.findfont("DejaVu Sans", fallback_to_default=False)
    assert "matplotlib" in found
    letters = FT2Font(found).get_charmap()
    assert all(ord(letter) in letters for letter in "АБВЯабвяЁё№«»–—%·")


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.125, "13 %"),
        (0.748, "74,8 %"),
        (0.4951, "49,5 %"),
        (0.75, "75 %"),
    ],
)
def test_a_rounded_per_cent_never_leaves_its_zone(share: float, shown: str) -> None:
    assert percent(share) == shown
    number = float(shown.removesuffix(" %").replace(",", ".")) / 100
    assert zone(number) is zone(share)


def test_what_people_type_is_never_taken_for_mathematics() -> None:
    bars = Bars("$\\frac{1}{0}$", (Bar("$x_", 0.5, "\\undefined{$"),))
    assert png(Picture("$$", "_^{", (bars,))).startswith(b"\x89PNG")


def test_the_bot_itself_does_not_pay_for_matplotlib() -> None:
    code = "import sys, reports.pictures, reports.drawing; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_two_lines_that_end_at_one_height_show_both_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[tuple[str, float]] = []
    say = drawing._Place.say

    def noted(at: drawing._Place, x: float, y: float, text: str, **look: object) -> None:
        if look.get("weight") == "bold":
            said.append((text, y))
        say(at, x, y, text, **look)

    monkeypatch.setattr(drawing._Place, "say", noted)
    lines = (Line("Ответили", (0.3, 0.4)), Line("Удовлетворены", (0.5, 0.4)))
    png(Picture("Сводка", "", (Course("Как меняется", ("сен", "окт"), lines, None, ""),)))
    first, second = (y for text, y in said if text == percent(0.4))
    assert abs(first - second) > 0.3
