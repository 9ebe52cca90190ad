"""Public addresses. Their names and shapes are a contract: see README.md."""

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter

from briefs import feeds, sitemaps
from briefs.views import briefs, files, home, pages, search, styles, subjects
from briefs.views.public import public

newest_of = public(feeds.newest_of)


class Number(IntConverter):
    """From 1, and written in one way: `editions/01/` would be a second address of a page."""

    regex = "[1-9][0-9]{0,8}"


register_converter(Number, "number")

urlpatterns = [
    path("", home.home, name="home"),
    path("briefs/", briefs.briefs, name="briefs"),
    path("briefs/<slug:slug>/", briefs.brief, name="brief"),
    path("briefs/<slug:slug>/editions/<number:number>/", briefs.edition, name="edition"),
    # Who wrote them, where they belong
    path("authors/", subjects.authors, name="authors"),
    path("authors/<slug:slug>/", subjects.author, name="author"),
    path("centres/", subjects.centres, name="centres"),
    path("centres/<slug:slug>/", subjects.centre, name="centre"),
    path("topics/", subjects.topics, name="topics"),
    path("topics/<str:slug>/", subjects.topic, name="topic"),
    path("series/", subjects.series_index, name="series-index"),
    path("series/<slug:slug>/", subjects.series, name="series"),
    path("search/", search.search, name="search"),
    path("about/", pages.about, name="about"),
    path("style/<slug:name>.css", styles.style, name="style"),
    # Files of a brief
    path("briefs/<slug:slug>/<slug:name>.pdf", files.pdf, name="brief-pdf"),
    path(
        "briefs/<slug:slug>/editions/<number:number>/<slug:name>.pdf",
        files.pdf,
        name="edition-pdf",
    ),
    path("briefs/<slug:slug>/edition.json", files.document, name="brief-json"),
    path("briefs/<slug:slug>/cite.<slug:form>", files.cite, name="cite"),
    re_path(
        r"^images/(?P<name>[0-9a-f]{64}(?:-(?:640|1280))?\.(?:jpg|png))$",
        files.picture,
        name="image",
    ),
    # For feed readers and crawlers; monitors are answered by views.probes
    path("feed.atom", public(feeds.newest), name="feed"),
    path("authors/<slug:slug>/feed.atom", newest_of, {"kind": "author"}, "author-feed"),
    path("centres/<slug:slug>/feed.atom", newest_of, {"kind": "centre"}, "centre-feed"),
    path("topics/<str:slug>/feed.atom", newest_of, {"kind": "topic"}, "topic-feed"),
    path("series/<slug:slug>/feed.atom", newest_of, {"kind": "series"}, "series-feed"),
    path("sitemap.xml", public(sitemaps.sitemap), name="sitemap"),
    path("sitemap-<number:page>.xml", public(sitemaps.sitemap_page), name="sitemap-page"),
    path("robots.txt", public(sitemaps.robots), name="robots"),
]
