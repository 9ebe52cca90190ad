"""What a fresh process does to typeset the real brief, from Django's start to the file."""

import sys
from pathlib import Path

import django

django.setup()

from briefs.pdf import typeset
from tests.pdf.compositions import make_real_brief

if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(typeset(make_real_brief()).content)
