"""A manuscript is brought to the desk: a file, and then the brief that was made of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from briefs.admin.site import url_of
from briefs.forms import ManuscriptForm
from briefs.intake import Intake, IntakeError


def upload(admin: Any, request: HttpRequest) -> HttpResponse:
    if not admin.has_add_permission(request):
        raise PermissionDenied
    posted = request.method == "POST"
    form = ManuscriptForm(request.POST, request.FILES) if posted else ManuscriptForm()
    if posted and form.is_valid():
        try:
            result = form.process(by=request.user)
        except IntakeError as refusal:
            form.add_error("file", str(refusal))
        else:
            admin.log_addition(request, result.brief, "From a manuscript.")
            report(request, result)
            return HttpResponseRedirect(url_of(result.brief))
    context = admin.admin_site.each_context(request) | {
        "title": "New brief from a manuscript",
        "form": form,
        "opts": admin.opts,
    }
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/briefs/brief/manuscript.html", context, status=status)


def report(request: HttpRequest, result: Intake) -> None:
    """What was found, and what must be looked at."""
    found = render_to_string("admin/briefs/brief/_intake.html", {"result": result})
    level = messages.WARNING if result.lost or result.warnings else messages.SUCCESS
    messages.add_message(request, level, found)
