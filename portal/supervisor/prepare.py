"""Brings the database and the static files up to date and loads the demonstration.

In one process, because loading Django takes longer than each of them on a second start.
"""

import os
import sys

import django
from django.core.management import call_command


def prepare() -> None:
    """Progress goes to the error stream; the output is what is printed after `ready:`."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
    if os.environ.get("DEMO", "1") != "0":
        call_command("load_demo")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    prepare()
