"""What a notebook shows, as HTML and as Chromium and JupyterLab render it."""

import html
import io
import json
import re

import browser
import jupyter
import pandas
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk as cd
from copydesk import cli, notebook
from copydesk._marks import Mark, nested
from copydesk.notebook import COUNTS as TABLES
from copydesk.notebook import LIMIT, page_html

SEEDS = sorted(path for path in (ROOT / "seeds").iterdir() if path.name[0].isdigit())
RUN = f"window.{browser.MARKER}=1"
ATTACKS = {
    "script": f"<script>{RUN}</script>",
    "script in another case": f"<ScRiPt src=//example.com/x.js></ScRiPt ><script>{RUN}</script>",
    "event handler": f"<img src=x onerror={RUN}>",
    "attribute, double quotes": f'"><img src=x onerror={RUN}>',
    "attribute, single quotes": f"' onmouseover='{RUN}' style='background:url(http://example.com/pixel)",
    "attribute, back-ticks": f"`` \"onfocus=`{RUN}` autofocus tabindex=1 x='",
    "svg": f"</style><svg/onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s>",
    "mathml": f"<math><mtext><table><mglyph><style><img src onerror={RUN}>",
    "srcdoc": f"</mark></p></div><iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "javascript: link": f"<a href=javascript:{RUN} autofocus>Ana Lopes</a>",
    "javascript: link, hidden": f"<a href='jav&#x09;ascript:{RUN}'>Lima</a> javascript:{RUN}//",
    "data: link": "<object data=data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==></object><embed src=data:text/html,x>",
    "style": "<style>@import 'http://example.com/a.css';*{background:url(//example.com/b)}</style>",
    "style sheet and base": "<link rel=stylesheet href=http://example.com/a.css><base href=http://example.com/>",
    "refresh": "<meta http-equiv=refresh content='0;url=http://example.com/'>",
    "form": f"<form action=javascript:{RUN}><button formaction=http://example.com/>Lima</button>",
    "template": f"</template><template><img src=x onerror={RUN}></template><img src=x onerror={RUN}>",
    "noscript": f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    "text area": f"</textarea></title></xmp><img src=x onerror={RUN}>",
    "details": f"</summary><details open ontoggle={RUN}><video><source onerror={RUN}>",
    "entities": f"&lt;img src=x onerror={RUN}&gt; &#60;script&#62;{RUN}&#60;/script&#62;",
    "NUL": f"<\0script>{RUN}</\0script><im\0g src=x onerror={RUN}>",
    "comment": f"<!--><img src=x onerror={RUN}>--> <!-- --!><script>{RUN}</script>",
    "CDATA": f"]]><script>{RUN}</script><![CDATA[<img src=x onerror={RUN}>]]> <?php {RUN} ?>",
    "formula": r"$\href{javascript:" + RUN + r"}{Lima}$ and $$\unicode{60}img src=http://example.com/b$$",
    "formula, brackets": r"\(\require{html}\class{x}{\style{background:url(//example.com/c)}{y}}\)",
    "directions": "\u202e\u2066Lima\u2069\u200b\u200d\ufeff<\u200bimg src=x>",
    "terminal": "\u001b]8;;http://example.com\u0007Lima\u001b]8;;\u0007",
}
HOSTILE = list(ATTACKS.values())
NO_MARKUP = {"entities", "formula", "formula, brackets", "directions", "terminal"}
"""What a browser takes for text wherever it stands, if it is written out as it is."""


def hostile_text():
    """Sentences with something of every kind in them, and an attack beside each."""
    said = '"It cost {0} $5m on 3 May 2021," Ana {0} Lopes told {0} Acme Corp in Lima {0}, 40 {0} people said.'
    return " ".join(said.format(bad) for bad in HOSTILE)


def hostile_page():
    """The same as a page, with attacks in what it says of itself."""
    body = html.escape(hostile_text())
    title = html.escape(ATTACKS["attribute, double quotes"], quote=True)
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


SAID = '"It cost {0} $5m on 3 May 2021," Ana {0} Lopes told {0} Acme Corp in Lima {0}, where 40 {0} people said so.'
LISTS = ("blocks", "links", "inlines", "dropped", *TABLES)


def sources(bad):
    """One attack as text, as a page that shows it, and as a page that is made of it."""
    said, quoted = SAID.format(bad), html.escape(bad, quote=True)
    tags = "".join(f'<meta property="{name}" content="{quoted}">' for name in ("og:title", "og:site_name", "article:author", "og:url"))
    inner = f'<h1>{quoted}</h1><p>{html.escape(said)} <a href="{quoted}" title="{quoted}">{quoted}</a> <b>{quoted}</b></p>'
    table = f'<table><caption>{quoted}</caption><tr><th>{quoted}<td>{quoted}</table><figure><img alt="{quoted}"><figcaption>{quoted}</figure>'
    shows = f"<html><head>{tags}</head><body><article>{inner}{table}<aside class=promo>{quoted}</aside></article></body></html>"
    made = f"<article><h1>News</h1><p>{said}</p><p title='{bad}'>{said}</p><a href=\"{bad}\">{bad}</a></article>"
    return [said, shows, made, None]


def renderings(bad):
    """Each form as HTML of all that is read of an attack."""
    said, shows, made, none = sources(bad)
    plain, titled = cd.parse(said, kind="text"), cd.parse(shows, url=bad)
    corpus = cd.Corpus([plain, titled, *cd.parse_many([made, none], ids=[bad, f"{bad} again"])])
    if not set(bad) & set("\0\u001b\u200b"):
        assert bad in plain.text and bad in words(plain._repr_html_())
    own = cd.Desk(names={bad: "ORG", f"Lima {bad}": "PERSON"}, units={bad: "2500 m**3", f"{bad} people": "2 kg"}).parse(said, kind="text")
    views = [corpus, corpus.documents, corpus.failures, corpus.claims.head(3), corpus.compare(), *corpus]
    views += [corpus.table(name) for name in LISTS]
    views += [plain.show(name) for name in TABLES]
    views += [getattr(titled, name) for name in LISTS]
    views += [own, own.entities, own.quantities]
    yield from (view._repr_html_() for view in views)
    yield f'<div class="copydesk"><p>{notebook._marked(bad, 0, [Mark(0, 4, "names", bad, bad)])}</p></div>'


def test_attacks_live_where_nothing_is_escaped(chromium):
    """That the attacks are attacks, and that the watcher knows them."""
    around = ("<p>{}</p>", '<p class="{}">Lima</p>', "<p class='{}'>Lima</p>", "<noscript>{}</noscript>", "<textarea>{}</textarea>")
    with browser.seen(chromium, "<p>Lima</p>") as page:
        for name, bad in ATTACKS.items():
            alive = page.evaluate(
                """pages => pages.flatMap(page => [...new DOMParser().parseFromString(page, "text/html").querySelectorAll("*")]
                    .map(e => [e.localName, e.getAttributeNames()]))""",
                [page.format(bad) for page in around],
            )
            ours = {**browser.WRITTEN, "html": set(), "head": set(), "body": set(), "noscript": set(), "textarea": set()}
            foreign = [name for name, given in alive if name not in ours or not set(given) <= ours[name]]
            assert bool(foreign) != (name in NO_MARKUP), name
    with browser.seen(chromium, f'<div class="copydesk">{HOSTILE[2]}</div>') as page, pytest.raises(AssertionError):
        page.inert(".copydesk")


def test_hostile_articles_are_inert(chromium):
    """Every attack in every form, all in one page: the style sheet, which is ours, once."""
    assert len(ATTACKS) >= 21
    shown = [notebook.document_html(cd.parse("Lima."))]
    for bad in HOSTILE:
        shown += (form.replace(notebook._style(), "") for form in renderings(bad))
    with browser.seen(chromium, "".join(shown)) as page:
        page.inert("body > .copydesk")


def test_hostile_articles_are_inert_in_the_page_of_the_command(chromium, tmp_path):
    rows = [json.dumps({"id": bad, "url": bad, "text": source}) for bad in HOSTILE for source in sources(bad)[:3]]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "page.html"
    cli.main([str(tmp_path / "rows.jsonl"), "--output", str(tmp_path / "out"), "--html", str(out)])
    with browser.seen(chromium, out.read_text(encoding="utf-8")) as page:
        page.inert("body > :not(hr)")
        page.evaluate(TOUCH)
        page.inert("body > :not(hr)")


def test_hostile_pictures_are_inert(chromium):
    """Pictures as SVG, within a page."""
    pyplot = pytest.importorskip("matplotlib.pyplot")
    from copydesk import plot

    claims = cd.parse_many([SAID.format(bad) for bad in HOSTILE]).claims.to_pylist()
    told = {"source_name": HOSTILE, "what": HOSTILE, "unit": HOSTILE, "predicate": HOSTILE}
    rows = pandas.DataFrame([row | {name: bads[at % len(bads)] for name, bads in told.items()} for at, row in enumerate(claims)])
    drawn = []
    for draw in (plot.timeline, plot.quantities, plot.matrix):
        picture = io.StringIO()
        draw(rows).figure.savefig(picture, format="svg")
        drawn.append(picture.getvalue().partition("<svg")[2])
    pyplot.close("all")
    with browser.seen(chromium, "".join(f"<svg{svg}" for svg in drawn)) as page:
        assert page.requests == [] and page.told == [] and page.evaluate(f"window.{browser.MARKER}") is None
        found = page.elements("body > *")
        assert {name for name, _ in found} <= set("svg metadata rdf:rdf cc:work dc:type dc:date dc:format dc:creator cc:agent dc:title defs style g path use clipPath rect image".split())
        assert not [name for _, names in found for name in names if name.startswith("on")]


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


def test_a_cell_that_fails_is_seen(chromium, lab):
    jupyter.write_notebook(lab.folder / "fails.ipynb", "1 / 0")
    with pytest.raises(AssertionError, match="division by zero"), lab.run(chromium, "fails.ipynb"):
        pass


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
        assert page.locator(".jp-OutputArea-output").count() > 0
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.wait_for_selector(f"body[data-jp-theme-light={'true' if theme == 'light' else 'false'}]", state="attached")
            for at, output in enumerate(shown.all()):
                output.scroll_into_view_if_needed()
                page.picture(f"{name.partition('.')[0]}-{theme}-{at}")
        assert page.foreign(lab.home) == [] and page.told == []
