from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from briefs.views.public import not_found

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("briefs.urls")),
]
if settings.DEBUG:  # the demo's visitors meet our own page, not Django's list of every address
    urlpatterns.append(re_path(r"^.*/$", not_found))

handler400 = "briefs.views.public.bad_request"
handler403 = "briefs.views.public.forbidden"
handler404 = "briefs.views.public.not_found"
