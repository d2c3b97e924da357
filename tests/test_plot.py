"""Pictures: what is drawn, not how it looks."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import polars as pl
import pytest
from conftest import ROOT
from matplotlib.colors import to_rgb
from matplotlib.text import Text

import copydesk as cd
from copydesk import plot

TEXT = (
    "The army said more than 40 people died in Lima on 3 May 2021. The mayor said 30 to 50 people died. "
    "Ana Lopes said $5m to $9m was lost in Cusco in June 2021. The bank said it lost about $3bn."
)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def doc():
    return cd.parse(TEXT, published="2021-07-01")


def texts(axes):
    axes.figure.canvas.draw()
    return [text.get_text() for text in axes.texts if text.get_text()]


def rows(axes):
    return [label.get_text() for label in axes.get_yticklabels()]


def test_quantities(doc):
    axes = plot.quantities(doc, what="people")
    assert rows(axes) == ["army", "mayor"]
    assert [list(line.get_xdata()) for line in axes.lines[::2]] == [[40, 40], [30, 50]]
    money = plot.quantities(doc, unit="USD")
    assert money.get_xscale() == "log" and "$5m to $9m" in texts(money)


def test_timeline(doc):
    axes = plot.timeline(doc)
    assert rows(axes)[0] == "army" and len(rows(axes)) == len(axes.texts) >= 2


def test_matrix(doc):
    axes = plot.matrix(doc)
    assert set(rows(axes)) >= {"army", "mayor"} and "people" in [label.get_text() for label in axes.get_xticklabels()]
    assert "> 40" in texts(axes) and "30–50" in texts(axes)


def test_places(doc):
    axes = plot.places(doc)
    assert set(texts(axes)) == {"Lima", "Cusco"}
    west, east = axes.get_xlim()
    assert west < -77 < -72 < east and len(axes.collections[0].get_offsets()) > 200


@pytest.mark.parametrize("draw", [plot.timeline, plot.quantities, plot.matrix])
def test_all_forms_of_rows_draw_the_same(doc, draw):
    table = doc.to_arrow("claims")
    forms = [doc, cd.Corpus([doc]), table, table.to_pandas(), pl.DataFrame(table)]
    drawn = [(rows(axes), texts(axes)) for axes in map(draw, forms)]
    assert all(one == drawn[0] for one in drawn)


@pytest.mark.parametrize("draw", [plot.timeline, plot.quantities, plot.matrix, plot.places])
def test_nothing_and_anything_can_be_drawn(draw):
    draw(cd.parse("")).figure.canvas.draw()
    odd = cd.parse("Ana $\\frac{ Lopes$ said $5m$ \u202e\x07 in Lima on 3 May 2021. $x_{ said $$ 7 people died in Cusco in May 2021.")
    draw(odd).figure.canvas.draw()
    with pytest.raises(TypeError, match="data=int has no rows"):
        draw(7)


@pytest.mark.parametrize("draw", [plot.timeline, plot.quantities, plot.matrix, plot.places])
def test_words_can_be_read_on_any_ground(doc, draw):
    """Pictures have no ground, and each word stands out from white and from JupyterLab's dark, or from the cell that it is on."""
    axes = draw(doc)
    assert not axes.patch.get_visible() and not axes.figure.patch.get_visible()
    cells = [patch.get_facecolor() for patch in axes.patches]
    words = [*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels(), axes.xaxis.label, *(axes.get_legend() or axes).findobj(Text)]
    for word in [word for word in words if word.get_text()]:
        on = cells if draw is plot.matrix and word in axes.texts else ["white", "#111111"]
        assert min(contrast(word.get_color(), ground) for ground in on) >= 3.9, (word, word.get_color())


def test_axes_of_the_caller_keep_their_ground(doc):
    with plt.style.context("dark_background"):
        _, mine = plt.subplots()
        axes = plot.quantities(doc, what="people", ax=mine)
    assert axes is mine and axes.patch.get_visible() and axes.texts[0].get_color() == "white"


def contrast(one, other):
    """Of two colours, 1 to 21 (WCAG 2)."""

    def luminance(color):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_all_seeds():
    corpus = cd.parse_many([path.read_bytes() for path in sorted((ROOT / "seeds").glob("0*"))])
    for draw in (plot.timeline, plot.quantities, plot.matrix, plot.places):
        draw(corpus).figure.canvas.draw()
