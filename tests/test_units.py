"""Units: names that Pint parses, factors that Pint has, and the user's own."""

from pathlib import Path

import pytest

import copydesk as cd

TABLE = Path(__file__).parents[1] / "src" / "quantity" / "en" / "units.txt"
# Pint knows per cent, per mille and parts per million, but neither points of a per cent nor parts per billion.
UNKNOWN = {"percentage point", "basis point", "ppb"}
# Calendar units by their mean length (Gregorian), where Pint's are Julian; tons are metric; barrels are of oil; a decibel is a ratio of any sort; acres are
# international ones, not those of the US survey (which is why the test below is not stricter).
OTHERWISE = {"month", "year", "decade", "century", "millennium", "barrel", "kiloton", "megaton", "gigaton", "decibel", "rpm", "becquerel", "sievert"}


def rows():
    lines = TABLE.read_text(encoding="utf8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@pytest.fixture(scope="module")
def pint():
    return pytest.importorskip("pint").UnitRegistry()


@pytest.mark.parametrize("name", sorted({name for row in rows() for name in (row[0], row[3])} - UNKNOWN))
def test_pint_parses_every_name(pint, name):
    pint.parse_units(name)


@pytest.mark.parametrize("row", [r for r in rows() if r[0] not in UNKNOWN | OTHERWISE], ids=lambda row: row[0])
def test_factors_are_those_of_pint(pint, row):
    name, _, factor, si = row
    delta = {"celsius": "delta_degC", "fahrenheit": "delta_degF"}.get(name, name)
    assert pint.Quantity(1, delta).to(si).magnitude == pytest.approx(float(factor), rel=1e-5)


def test_units_of_ones_own():
    desk = cd.Desk(units={"football pitch": "7140 m**2 = pitch", "boe": "6.1e9 J"})
    (burnt, sold) = desk.quantities("Fire took 20 football pitches, and the well gave 3.5 million boe.")
    assert (burnt.text, burnt.unit, burnt.kind, burnt.si_value) == ("20 football pitches", "football pitch", "area", 142800.0)
    assert (sold.value, sold.unit, sold.kind, sold.si_unit) == (3.5e6, "boe", "energy", "joule")
    assert [q.unit for q in desk.quantities("Two pitches (1.4 hectares) burnt.")] == ["football pitch", "hectare"]
    assert cd.quantities("20 football pitches")[0].unit is None


def test_conversion_with_ones_own_unit():
    first, second = cd.Desk(units={"pitch": "7140 m**2"}).quantities("It covers 20 pitches (35 acres).")
    assert (first.converts, second.converts, first.agrees) == (1, 0, True)
    assert 0 < first.relative_error < 0.01


@pytest.mark.parametrize("definition", ["", "2", "2 fooz", "m m", "-1 m", "5 USD", "1 m ="])
def test_a_definition_that_cannot_be_read(definition):
    with pytest.raises(ValueError, match="units=.*thing"):
        cd.Desk(units={"thing": definition})


@pytest.mark.parametrize("units", [["a"], {"a": 1}, {1: "m"}, "a"])
def test_units_of_another_type(units):
    with pytest.raises(TypeError, match="units=.*write {'pool'"):
        cd.Desk(units=units)
