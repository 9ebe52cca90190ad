"""The licences under which a brief may be published: key, names, deed. Pure data."""

from dataclasses import dataclass

from django.db.models import TextChoices

ALL_RIGHTS_RESERVED = "all-rights-reserved"


class Licence(TextChoices):
    ALL_RIGHTS = ALL_RIGHTS_RESERVED, "All rights reserved"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_NC = "cc-by-nc-4.0", "CC BY-NC 4.0"
    CC_BY_NC_ND = "cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0"


@dataclass(frozen=True)
class Deed:
    """What a licence grants to whoever reads: nothing stands here for rights reserved."""

    name: str
    long_name: str
    url: str


def _deed(key: Licence, words: str, path: str) -> Deed:
    name = str(key.label)
    return Deed(
        name,
        f"Creative Commons {words} 4.0 ({name})",
        f"https://creativecommons.org/licenses/{path}/4.0/",
    )


# A key that is not here grants nothing.
DEEDS: dict[str, Deed] = {
    Licence.CC_BY: _deed(Licence.CC_BY, "Attribution", "by"),
    Licence.CC_BY_NC: _deed(Licence.CC_BY_NC, "Attribution-NonCommercial", "by-nc"),
    Licence.CC_BY_NC_ND: _deed(
        Licence.CC_BY_NC_ND, "Attribution-NonCommercial-NoDerivatives", "by-nc-nd"
    ),
}
