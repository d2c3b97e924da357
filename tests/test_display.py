"""What a notebook shows, as HTML and as Chromium and JupyterLab render it."""

import html
import re

import browser
import jupyter
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk as cd
from copydesk._marks import Mark, nested
from copydesk.notebook import LIMIT, page_html

SEEDS = sorted(path for path in (ROOT / "seeds").iterdir() if path.name[0].isdigit())
RUN = f"window.{browser.MARKER}=1"
HOSTILE = [
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"</style><svg onload={RUN}>",
    f"</mark></p></div><iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"' onmouseover='{RUN}' style='background:url(http://example.com/pixel)",
    "<link rel=stylesheet href=http://example.com/a.css><base href=http://example.com/>",
    f"<a href=javascript:{RUN}>Ana Lopes</a>",
    r"$\href{javascript:" + RUN + r"}{Lima}$ and $$\unicode{60}img src=http://example.com/b$$",
    f"<!--><img src=x onerror={RUN}>--> <![CDATA[<script>{RUN}</script>]]>",
    "\u202e\u2066Lima\u0000\u001b]8;;http://example.com\u0007",
]


def hostile_text():
    """Sentences with something of every kind in them, and an attack beside each."""
    said = '"It cost {0} $5m on 3 May 2021," Ana {0} Lopes told {0} Acme Corp in Lima {0}, 40 {0} people said.'
    return " ".join(said.format(bad) for bad in HOSTILE)


def hostile_page():
    """The same as a page, with attacks in what it says of itself."""
    body = html.escape(hostile_text())
    title = html.escape(HOSTILE[1], quote=True)
    head = f'<meta property="og:title" content="{title}"><meta name="author" content="{title}"><meta property="og:site_name" content="{title}">'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{body}</p><aside class=promo>{body}</aside></article></body></html>"


def words(shown):
    """The words between the tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


marks = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("abc")), max_size=12)


@settings(max_examples=300, deadline=None)
@given(marks)
def test_marks_nest(found):
    given_marks = [Mark(start, start + length, css, "label", "") for start, length, css in found]
    laid = list(nested(given_marks))
    for at, mark in enumerate(laid):
        for other in laid[:at]:
            assert other.end <= mark.start or mark.end <= other.end, (other, mark)
    covered = lambda marks: sorted((mark.css[0], at) for mark in marks for at in range(mark.start, mark.end))  # noqa: E731
    assert covered(laid) == covered(given_marks)
    assert sum(mark.label != "" for mark in laid) == len(given_marks)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE, "Ana Lopes said ", '"It cost $5m," ', "on 3 May 2021 ", "\n\n", "é😀"]), max_size=20).map("".join))
def test_the_text_between_the_tags_is_the_text(text):
    doc = cd.parse(text, kind="text")
    shown = doc.show("sentences", "entities", "dates", "quantities", "quotes", "claims")._repr_html_()
    body = re.search(r'<div class="cd-text">(.*)</div>(?:<details>|</div>$)', shown, re.S)[1]
    assert words(body) == "".join(block.text for block in doc.blocks)


def test_what_is_shown_is_capped():
    long = cd.parse("Ana Lopes paid $5m on 3 May 2021 in Lima. " * 20_000, kind="text")
    assert len(words(long._repr_html_())) < LIMIT + 6_000
    assert len(long._repr_html_()) < 1_000_000
    assert "characters more" in long._repr_html_() and "characters more" not in page_html([cd.parse("Short.")])
    wide = cd.parse_many(["x" * 100_000] * 500)
    assert len(wide._repr_html_()) < 50_000 and len(wide.sentences._repr_html_()) < 50_000


def test_no_two_renderings_share_an_id():
    doc = cd.parse(SEEDS[0].read_bytes())
    ids = re.findall(r' id="([^"]+)"', doc._repr_html_() + doc._repr_html_() + page_html([doc, doc]))
    assert len(ids) == len(set(ids)) == 20


def test_what_to_show():
    doc = cd.parse("Ana Lopes left Lima on 3 May 2021. “It is over,” she said.")
    assert "2021-05-03" in doc.show("dates")._repr_html_() and "PERSON" not in doc.show("dates")._repr_html_()
    assert 'class="quotes"' in doc.show("quotes")._repr_html_()
    with pytest.raises(ValueError, match="tables='names' cannot be shown in the text: use 'entities'"):
        doc.show("names")


TOUCH = """() => document.querySelectorAll("mark, label, summary").forEach(element =>
    ["mouseover", "mouseenter", "focus", "click"].forEach(kind => element.dispatchEvent(new MouseEvent(kind, {bubbles: true}))))"""
"""A pointer over all that might answer to one, and a click on it."""


def test_hostile_articles_are_inert(chromium):
    sources = [hostile_text(), hostile_page(), HOSTILE, None]
    corpus = cd.parse_many(sources, ids=[*HOSTILE[:3], "none"])
    views = [corpus, corpus.quotes, corpus.dropped, *corpus, *(doc.show("claims", "sentences") for doc in corpus)]
    for shown in ("".join(view._repr_html_() for view in views), page_html(corpus)):
        with browser.seen(chromium, shown) as page:
            page.inert("body > .copydesk")
            page.evaluate(TOUCH)
            page.inert("body > .copydesk")


def style(page, selector, of, pseudo=""):
    return page.locator(selector).first.evaluate(f"e => getComputedStyle(e, '{pseudo}').{of}")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_kind_is_switched_off_without_a_script(chromium, dark):
    doc = cd.parse("<p>“It cost $5m,” Ana Lopes of Acme said on 3 May 2021.</p>")
    with browser.seen(chromium, page_html([doc]), dark=dark) as page:
        for name in ("names", "quantities", "quotes", "dates"):
            assert style(page, f"mark.{name}", "backgroundColor") != "rgba(0, 0, 0, 0)"
            fill = style(page, "mark.names", "backgroundColor")
            page.locator(f"label.{name}").click()
            assert style(page, f"mark.{name}", "backgroundColor").endswith(", 0)")
            assert style(page, f"mark.{name}[data-label]", "display", "::after") == "none"
            assert name == "names" or style(page, "mark.names", "backgroundColor") == fill
            if name == "names":
                page.locator(f"label.{name}").click()
        assert style(page, "mark.claims[data-label]", "display", "::after") == "none"
        page.locator("label.claims").click()
        assert style(page, "mark.claims[data-label]", "display", "::after") == "inline"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pictures_of_the_articles(chromium, dark):
    corpus = cd.parse_many([path.read_bytes() for path in SEEDS], ids=[path.name for path in SEEDS])
    with browser.seen(chromium, page_html(corpus), dark=dark) as page:
        page.locator("mark.quantities").nth(2).hover()
        assert style(page, "mark.quantities:hover", "content", "::before") not in ("none", "normal")
        text, ground = style(page, "mark", "color"), style(page, "body", "color")
        assert text == ground
        page.picture(f"articles-{'dark' if dark else 'light'}")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    if reason := browser.missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("lab")
    jupyter.copy_notebooks(folder)
    setup = f"import copydesk as cd\nHOSTILE = {HOSTILE!r}\ntext, page = {hostile_text()!r}, {hostile_page()!r}"
    several = "corpus = cd.parse_many([text, page, HOSTILE, None], ids=[*HOSTILE[:3], 'none'])\ncorpus"
    shown = ["corpus[0]", "corpus[1]", "corpus[1].show('quotes', 'claims')", "corpus.claims", "corpus[1].dropped"]
    jupyter.write_notebook(folder / "hostile.ipynb", setup, several, *shown)
    with jupyter.running(folder) as lab:
        yield lab


def test_hostile_articles_are_inert_in_jupyterlab(chromium, lab):
    with lab.run(chromium, "hostile.ipynb") as page:
        assert page.locator(".copydesk").count() == 6
        page.inert(".copydesk", lab.home)
        # MathJax leaves the article alone.
        assert page.locator(".copydesk").first.locator("mjx-container").count() == 0
        assert "$5m" in page.locator(".cd-text").first.inner_text()
        page.picture("hostile")


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_notebooks_in_jupyterlab(chromium, lab, name):
    with lab.run(chromium, name) as page:
        assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        shown = page.locator(".copydesk, .jp-RenderedImage")
        assert shown.count() > 0
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.wait_for_selector(f"body[data-jp-theme-light={'true' if theme == 'light' else 'false'}]", state="attached")
            for at, output in enumerate(shown.all()):
                output.scroll_into_view_if_needed()
                page.picture(f"{name.partition('.')[0]}-{theme}-{at}")
        assert page.foreign(lab.home) == [] and page.told == []
