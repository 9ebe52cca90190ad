"""The palette: readable in light, in dark and on paper."""

import re

import pytest

from briefs.pdf.looks import static_file

TEXT = ("ink", "muted", "accent", "alert")
GROUNDS = ("paper", "surface")
AA_TEXT, AA_CONTROL = 4.5, 3.0


def palette(*selectors: str) -> dict[str, str]:
    """Custom properties of the rules that follow each of `selectors`, later ones winning."""
    css = static_file("css/tokens.css").decode()
    found: dict[str, str] = {}
    for selector in selectors:
        block = css[css.index(selector) :].split("}", 1)[0]
        found |= dict(re.findall(r"--([\w-]+): ([^;]+);", block))
    return found


LIGHT = palette(":root {")
DARK = palette(":root {", "(prefers-color-scheme: dark)")
PAPER = palette(":root {", "@media print")


def colour(name: str, colours: dict[str, str]) -> tuple[float, ...]:
    """Linear red, green and blue of a token, mixtures with white included (about, for oklab)."""
    value = colours[name]
    if match := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(match[1], colours)
    if match := re.fullmatch(r"color-mix\(in oklab, var\(--([\w-]+)\) (\d+)%, white\)", value):
        share = int(match[2]) / 100
        parts = colour(match[1], colours)
        return tuple((share * part ** (1 / 3) + 1 - share) ** 3 for part in parts)
    digits = value.removeprefix("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return tuple(linear(int(full[at : at + 2], 16) / 255) for at in (0, 2, 4))


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str, colours: dict[str, str]) -> float:
    """WCAG 2.2's contrast ratio."""
    weights = (0.2126, 0.7152, 0.0722)
    lights = [
        sum(w * part for w, part in zip(weights, colour(name, colours), strict=True))
        for name in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
def test_text_is_readable_on_every_ground(colours: dict[str, str]) -> None:
    for text in TEXT:
        for ground in (*GROUNDS, "alert-surface") if text in {"ink", "alert"} else GROUNDS:
            assert contrast(text, ground, colours) >= AA_TEXT, (text, ground)
    assert contrast("on-accent", "accent", colours) >= AA_TEXT


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_are_seen(colours: dict[str, str]) -> None:
    assert contrast("rule-strong", "paper", colours) >= AA_CONTROL


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_the_note_just_jumped_to(colours: dict[str, str]) -> None:
    assert contrast("ink", "target", colours) >= AA_TEXT
    assert contrast("accent", "target", colours) >= AA_TEXT


def test_the_measure_can_fail() -> None:
    assert contrast("paper", "surface", LIGHT) < AA_CONTROL
    assert DARK["paper"] != LIGHT["paper"]
