"""Web addresses of sources: which may be linked, and the key by which two of them are one.

Pure: imports nothing of this project.
"""

import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

WEB_SCHEMES = ("http", "https")
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING_PARAMETER = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id"
    r"|_hsenc|_hsmi|mkt_tok|ref_src|ref_url|at_medium|at_campaign|cmpid|ocid",
    re.IGNORECASE,
)
DOI_PREFIX = re.compile(r"^\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
# RFC 3986, 2.3: octets that mean the same escaped or not.
UNRESERVED_ESCAPE = re.compile(
    r"%(?:2D|2E|5F|7E|3\d|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])", re.IGNORECASE
)


def is_web_address(url: str) -> bool:
    """Whether `url` may become a link: http or https, with a host and no white space."""
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in WEB_SCHEMES and bool(parts.hostname)
    except ValueError:
        return False


def canonical_url(url: str) -> str:
    """The key under which addresses of one page match; for comparing, not for printing.

    Scheme and host in lower case, no default port, fragment, tracking parameter or
    trailing slash; the rest of the query is kept in its order. What is no web address is returned
    stripped, as it is.
    """
    url = url.strip()
    if not is_web_address(url):
        return url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    host = _ascii_host((parts.hostname or "").rstrip("."))
    netloc = f"[{host}]" if ":" in host else host
    if port and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    path = _same_escapes(parts.path).rstrip("/")
    query = "&".join(
        pair
        for pair in _same_escapes(parts.query).split("&")
        if pair and not TRACKING_PARAMETER.fullmatch(pair.partition("=")[0])
    )
    return urlunsplit((scheme, netloc, path, query, ""))


def bare_doi(text: str) -> str:
    """The DOI in `text` without resolver or "doi:"; "" if there is none."""
    candidate = DOI_PREFIX.sub("", text.strip())
    return candidate if DOI.fullmatch(candidate) else ""


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _same_escapes(part: str) -> str:
    decoded = UNRESERVED_ESCAPE.sub(lambda match: unquote(match[0]), part)
    upper = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), decoded)
    return quote(upper, safe="/:@!$&'()*+,;=~-._?%[]|{}^`\"<>\\")
