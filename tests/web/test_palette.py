"""The colours of the console: told apart by eyes of every kind, and readable."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

TOKENS = Path(__file__).resolve().parents[2] / "web-console" / "src" / "style" / "tokens.css"
SEVERITIES = ("critical", "serious", "caution", "normal", "standby", "off")
LEAST_DIFFERENCE = 20.0
"""CIE76; 2.3 is just noticeable side by side, and these are told apart across a room."""
LEAST_CONTRAST = 4.5
"""Of text, WCAG 2.2, 1.4.3 (level AA)."""

Colour = npt.NDArray[np.float64]

# Severity 1.0 in linear sRGB. Source: Machado, Oliveira, Fernandes (2009), A physiologically-based
# model for simulation of color vision deficiency, table of matrices.
DEFICIENCIES = {
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def palette(theme: str) -> dict[str, Colour]:
    """Return the colours of a theme in linear sRGB, by the names of their tokens."""
    dark, light = TOKENS.read_text(encoding="utf-8").split("[data-theme='light']", 1)
    block = dark if theme == "dark" else light.split("}", 1)[0]
    found = re.findall(r"--([\w-]+): #([0-9a-f]{6});", block)
    return {name: linear(value) for name, value in found}


def linear(value: str) -> Colour:
    """Return a colour as written in CSS in linear sRGB (IEC 61966-2-1)."""
    coded = np.array([int(value[i : i + 2], 16) for i in (0, 2, 4)]) / 255.0
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def luminance(colour: Colour) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    return float(colour @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour) -> Colour:
    """Return a colour in CIELAB under D65."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    ratio = (to_xyz @ np.clip(colour, 0.0, 1.0)) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16.0 / 116.0)
    return np.array([116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])])


@pytest.mark.parametrize("kind", ["protan", "deutan", "tritan"])
def test_severities_are_told_apart_by_the_colour_blind(kind: str) -> None:
    colours = {name: lab(DEFICIENCIES[kind] @ palette("dark")[name]) for name in SEVERITIES}
    apart = {
        (one, other): float(np.linalg.norm(colours[one] - colours[other]))
        for one, other in itertools.combinations(SEVERITIES, 2)
    }
    assert min(apart.values()) >= LEAST_DIFFERENCE, min(apart.items(), key=lambda pair: pair[1])


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_colour_of_text_can_be_read(theme: str) -> None:
    colours = palette("dark") | palette(theme)
    for ground in ("ground", "panel", "panel-high"):
        for name in (*SEVERITIES[:5], "text", "text-soft", "link", "accent", "exercise"):
            shown = contrast(colours[name], colours[ground])
            assert shown >= LEAST_CONTRAST, f"{name} on {ground}: {shown:.2f}"


def test_a_known_pair_has_the_contrast_that_is_published_for_it() -> None:
    # W3C, Understanding success criterion 1.4.3: #767676 on white is 4.54 to 1.
    assert contrast(linear("767676"), linear("ffffff")) == pytest.approx(4.54, abs=0.005)
