"""The picture on the front of a brief: kept while its form is refused, never without words."""

from typing import Any

from django.contrib.admin.widgets import AdminFileWidget
from django.core import signing
from django.template.loader import render_to_string

SALT = "briefs.cover"


class CoverWidget(AdminFileWidget):
    """Shows the saved picture, and says that one which was just uploaded is kept."""

    brief_id: int | None = None
    kept = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"brief_id": self.brief_id, "kept": self.kept}

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        """By the site's templates; those of forms know the packages' only."""
        return render_to_string("admin/briefs/brief/_cover.html", context)


def sealed(address: str) -> str:
    """For a hidden field: nobody puts another file's address there."""
    return signing.dumps(address, salt=SALT)


def unsealed(seal: str) -> str:
    """The address, or nothing where the seal is not ours."""
    try:
        address: str = signing.loads(seal, salt=SALT)
    except signing.BadSignature:
        return ""
    return address
