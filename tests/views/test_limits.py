import pytest
from django.conf import settings
from django.test import Client

LIMIT = settings.MANUSCRIPT_MAX_BYTES + settings.IMAGE_MAX_BYTES + 1024 * 1024


@pytest.mark.parametrize("length", [str(LIMIT + 1), "9" * 4000, "many", "-5"])
def test_a_request_larger_than_any_upload_is_refused_unread(length: str) -> None:
    response = Client().generic("POST", "/admin/login/", b"x", CONTENT_LENGTH=length)
    assert response.status_code == 413
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_any_other_request_goes_on() -> None:
    assert Client().get("/admin/login/").status_code == 200
