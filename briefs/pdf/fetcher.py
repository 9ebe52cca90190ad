"""The engine's only way to a file: a dictionary of named assets. No network, no disk."""

import mimetypes
import ssl
from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefs.pdf.job import NOWHERE

# The base class would read the system's certificates for each job, and nothing is ever fetched.
NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
mimetypes.add_type("font/woff2", ".woff2")


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `assets` by name below NOWHERE; refuses all else and remembers what was asked for."""

    def __init__(self, assets: Mapping[str, bytes]):
        super().__init__(allowed_protocols=(), allow_redirects=False, ssl_context=NO_TRUST)
        self.assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix(NOWHERE)
        if name == url or name not in self.assets:
            self.refused.append(url)
            raise ValueError(f"Not one of the brief's own files: {url}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self.assets[name], {"Content-Type": kind})
