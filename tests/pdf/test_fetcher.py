"""The engine reaches nothing but the files that it was given."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefs.pdf import Limits, TypesettingError, process
from tests.pdf.compositions import make_job


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server on loopback, and whatever was asked of it."""
    heard: list[bytes] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(self.request.recv(200))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


ATTEMPTS = {
    "image": '<img src="{}/a.png">',
    "style sheet": '<link rel=stylesheet href="{}/a.css"><p>x</p>',
    "import": "<style>@import url({}/a.css);</style><p>x</p>",
    "font": "<style>@font-face{{font-family:f;src:url({}/f)}}p{{font-family:f}}</style><p>x</p>",
    "background": '<p style="background:url({}/a.png)">x</p>',
    "list marker": '<ul style="list-style-image:url({}/a.png)"><li>x</ul>',
    "content": "<style>p::before{{content:url({}/a.png)}}</style><p>x</p>",
    "object": '<object data="{}/a.svg"></object>',
    "embed": '<embed src="{}/a.svg">',
    "drawing": '<svg width=9 height=9><image href="{}/a.png" width=9 height=9 /></svg>',
    "attachment": '<link rel=attachment href="{}/secret"><p>x</p>',
    "attached link": '<a rel=attachment href="{}/secret">x</a>',
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_nothing_is_asked_of_the_network(attempt: str, listener: tuple[str, list[bytes]]) -> None:
    address, heard = listener
    with pytest.raises(TypesettingError, match=r"file that is not its own: http://127\.0\.0\.1"):
        process.run(make_job(attempt.format(address)), Limits())
    assert heard == []


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_nothing_is_read_from_the_disk(attempt: str, tmp_path: Path) -> None:
    for name in ("a.png", "a.css", "a.svg", "f", "secret"):
        (tmp_path / name).write_text("SENTINEL")
    with pytest.raises(TypesettingError, match="file that is not its own: file:///"):
        process.run(make_job(attempt.format(tmp_path.as_uri())), Limits())


def test_a_drawing_uses_nothing_from_elsewhere(listener: tuple[str, list[bytes]]) -> None:
    address, heard = listener
    svg = f'<svg width=9 height=9><use href="{address}/a.svg#x" /></svg>'
    process.run(make_job(svg), Limits())
    assert heard == []


@pytest.mark.parametrize(
    "css",
    [
        "@font-face {{ font-family: f; src: url({0}/f) }} p {{ font-family: f }}",
        "@page {{ background: url({0}/a.png) }}",
    ],
)
def test_style_sheets_reach_nothing_either(css: str, listener: tuple[str, list[bytes]]) -> None:
    address, heard = listener
    with pytest.raises(TypesettingError, match="file that is not its own"):
        process.run(make_job("<p>x</p>", css.format(address)), Limits())
    assert heard == []


@pytest.mark.parametrize(
    "url",
    [
        "data:image/svg+xml,<svg/>",
        "ftp://127.0.0.1/a.png",
        "//127.0.0.1/a.png",
        "../../etc/passwd",
        "missing.png",
        "https://assets.invalid.example/a.png",
        "HTTPS://ASSETS.INVALID/a.png",
    ],
)
def test_unknown_names_and_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(TypesettingError, match="file that is not its own"):
        process.run(make_job(f'<img src="{url}">'), Limits())


def test_a_file_that_was_given_is_found_by_its_name() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    job = make_job('<img src="img/a.svg">', assets={"img/a.svg": svg})
    assert process.run(job, Limits()).content.startswith(b"%PDF")
