"""HTML fragments as lxml trees and back."""

from lxml import etree, html
from lxml.html import HtmlElement


class ProseError(ValueError):
    """The HTML cannot be stored; the message is a sentence for the editor."""


def parse(value: str) -> HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    document = f"<html><body><div>{value}</div></body></html>".encode()
    root = html.document_fromstring(document, parser=parser)
    body: HtmlElement = root.find("body")
    if len(body) == 1 and not (body.text or "").strip() and not (body[0].tail or "").strip():
        return body[0]
    raise ProseError("The text is not balanced HTML.")  # pragma: no cover (nh3 balances)


def inner(element: HtmlElement) -> str:
    text = (element.text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    children = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return text + "".join(children)
