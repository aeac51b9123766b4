"""Brings the database and the static files up to date and loads the demonstration.

In one process, because loading Django takes longer than each of them on a second start.
"""

import sys

import django
from django.conf import settings
from django.core.management import call_command

from portal.supervisor.refusal import in_sentences


def prepare() -> None:
    """Progress goes to the error stream; the output is what is printed after `ready:`."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
    if settings.DEMO:
        call_command("load_demo")


if __name__ == "__main__":
    with in_sentences():
        prepare()
