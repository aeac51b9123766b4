#!/usr/bin/env python
"""Carrel's command line; `python manage.py help` lists the commands."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        _continue_in_own_environment()
        sys.exit("Django is not installed here. `make run` installs all that Carrel needs.")
    from portal.supervisor.refusal import in_sentences

    with in_sentences():
        execute_from_command_line(sys.argv)


def _continue_in_own_environment() -> None:
    """Start again with the Python that `make run` prepared, if it is there."""
    python = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix) != python.parents[1]:
        os.execv(python, [str(python), *sys.argv])


if __name__ == "__main__":
    main()
