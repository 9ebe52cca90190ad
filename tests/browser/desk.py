"""What tests of the desk in a browser share: the places on the screen, and a text of everything."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.factories import cite, make_source, note

type Desk = Callable[..., Page]
TEXT = ".ProseMirror[contenteditable='true']"
OBSERVE = """
    window.breaches = [];
    document.addEventListener("securitypolicyviolation", event =>
        window.breaches.push(event.violatedDirective + " " + event.blockedURI + event.sample));
"""


class Complaints(list[str]):
    """What the browser complained about on any page that was opened."""

    def gather(self, page: Page) -> None:
        self.extend(page.evaluate("window.breaches ?? []"))


def save(page: Page) -> None:
    """Press the button of the bar, and wait until it is done."""
    page.locator(".stage-bar").get_by_role("button", name="Save changes").click()
    page.get_by_text("Saved.").wait_for()


EVERYTHING = (
    '<p>Both <strong><code>x</code></strong><span data-note="" lang="ur" dir="rtl">حاشیہ</span></p>'
    '<h2>Head</h2><p>One<em> two</em>{a} <strong>three</strong> <a href="https://e.org/">four</a>{b}'
    ' <sub>5</sub><sup>6</sup> <s>7</s> <code>8</code><br>nine <span lang="ur" dir="rtl">دس</span></p>'
    '<p lang="ar" dir="rtl">نص</p><h3>Sub</h3><h4>Subsub</h4>'
    '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol start="3"><li>d</li></ol>'
    "<blockquote><p>quoted</p></blockquote><hr>"
    '<blockquote data-pull=""><p>pulled</p></blockquote>'
    '<table><caption>Cap <em>tion</em></caption><thead><tr><th scope="col">H</th><th>I</th></tr>'
    '</thead><tbody><tr><td colspan="2">J{c}</td></tr></tbody></table>'
    "<figure><p>Kept whole</p><figcaption>Figure</figcaption></figure><p>End</p>"
)


def everything() -> str:
    source, other = make_source(), make_source("Other")
    return EVERYTHING.format(
        a=note(f"See <em>this</em>, {cite(source, 'p. 4')}; {cite(other)}.<br>And more."),
        b=note('Only <a href="https://example.org/?a=1&amp;b=2">prose</a> &lt;here&gt;'),
        c=note(cite(source)),
    )
