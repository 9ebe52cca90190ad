"""`python -m tests.benchmarks`: measures, and prints a table for each group of figures.

A benchmark is a module beside this one, named in BENCHMARKS, with a function `tables`."""

import argparse
import importlib
import os
import platform
from importlib.metadata import version

import django

from tests.benchmarks import measuring

BENCHMARKS = ("pdf", "beside", "editing")


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    chromium = importlib.import_module("tests.benchmarks.chromium")  # it needs Django
    versions = {
        "Python": platform.python_version(),
        "WeasyPrint": version("weasyprint"),
        "Chromium": chromium.version(),
    }
    print(measuring.head(options.rounds, versions), flush=True)
    for name in options.only or BENCHMARKS:
        benchmark = importlib.import_module(f"tests.benchmarks.{name}")
        for table in benchmark.tables(rounds=options.rounds, jobs=options.jobs):
            print("", table, sep="\n", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=_positive, default=15, help="of what is quick")
    parser.add_argument("--jobs", type=_positive, default=60, help="in which memory may grow")
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="may be repeated")
    return parser.parse_args()


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    main()
