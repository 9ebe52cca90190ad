from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("briefs.urls")),
]

handler400 = "briefs.views.public.bad_request"
handler403 = "briefs.views.public.forbidden"
handler404 = "briefs.views.public.not_found"
