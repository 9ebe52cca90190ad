"""A request that is larger than any upload may be is refused before a byte of it is stored."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

# A manuscript, a picture and the fields around them.
ROOM = 1024 * 1024  # bytes


def refuse_large_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: 413 by the length that the client announces. Under WSGI a body without a length
    is not read at all."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        limit = settings.MANUSCRIPT_MAX_BYTES + settings.IMAGE_MAX_BYTES + ROOM
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length[:20]) > limit:
            sentence = f"The request is larger than {limit // 1024**2} MB."
            return HttpResponse(
                sentence,
                status=413,
                content_type="text/plain; charset=utf-8",
                headers={"Cache-Control": "no-store", "Connection": "close"},
            )
        return get_response(request)

    return answer
