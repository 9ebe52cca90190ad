"""Which addresses are the same page, and which may be linked."""

import pytest

from briefs.citations import canonical_url, is_web_address


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTPS://WWW.Dawn.com:443/News/1/#top", "https://www.dawn.com/News/1"),
        ("http://dawn.com:80", "http://dawn.com"),
        ("http://dawn.com:8080/", "http://dawn.com:8080"),
        ("https://e.org/a?utm_source=x&id=7&fbclid=abc&b=", "https://e.org/a?id=7&b="),
        ("https://e.org/?dtl/5383/Text+of", "https://e.org?dtl/5383/Text+of"),
        ("https://e.org/?UTM_Medium=x", "https://e.org"),
        ("https://e.org/%7euser/%d9%85", "https://e.org/~user/%D9%85"),
        ("https://e.org/م", "https://e.org/%D9%85"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        (" https://e.org/a%2Fb ", "https://e.org/a%2Fb"),
        ("http://[::1]:8000/x/", "http://[::1]:8000/x"),
        ("www.dawn.com/", "www.dawn.com/"),
        ("http://e.org:port/", "http://e.org:port/"),
        ("", ""),
    ],
)
def test_addresses_of_one_page_have_one_key(url, key):
    assert canonical_url(url) == key
    assert canonical_url(key) == key


@pytest.mark.parametrize("url", ["https://e.org", "HTTP://e.org/x?y#z", "https://[::1]/"])
def test_web_addresses_may_be_linked(url):
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "http:\n//e.org",
        "//e.org",
        "mailto:a@b",
    ],
)
def test_anything_else_may_not(url):
    assert not is_web_address(url)
