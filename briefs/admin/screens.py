"""Every screen of the desk, registered by being imported; not in the package itself, from which
Django takes the site before anything may register with it."""

from django.contrib import admin
from taggit.models import Tag

from briefs.admin import briefs, editions, institute, people, sources, taxonomy, users

__all__ = ["briefs", "editions", "institute", "people", "sources", "taxonomy", "users"]

admin.site.unregister(Tag)  # topics are our own
