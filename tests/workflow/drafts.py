"""What tests of the verbs start from."""

import datetime as dt
from typing import Any

from briefs.models import Brief, User
from tests.factories import approve, make_brief, make_user

HOUR = dt.timedelta(hours=1)


def approved(**fields: Any) -> Brief:
    return approve(make_brief(**fields))


def publisher() -> User:
    return make_user(group="Publishers")
