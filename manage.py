#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from thinktank import environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thinktank.settings")
    if sys.argv[1:2] == ["demo"]:
        environment.write_for_demo(sys.argv[2:], os.environ)
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"manage.py: {error}")


if __name__ == "__main__":
    main()
