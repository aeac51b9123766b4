"""`manage.py story`, as an operator types it."""

import os
import subprocess
import sys

import psycopg
from django.conf import settings


def databases():
    with psycopg.connect(settings.DATABASE_URL) as connection:
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
    return {name for (name,) in names if name.startswith("test_story_")}


def test_every_step_holds_and_nothing_is_left_behind():
    before = databases()

    told = subprocess.run(
        [sys.executable, "manage.py", "story"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": settings.DATABASE_URL},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert "100,000 of 100,000 records used today" in told.stdout
    assert "102,940 records" in told.stdout
    assert "Every step held." in told.stdout
    assert databases() <= before


def test_without_a_database_one_sentence_says_what_to_do():
    told = subprocess.run(
        [sys.executable, "manage.py", "story"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": "postgres://carrel@127.0.0.1:1/carrel"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert "make run" in told.stderr
    assert "Traceback" not in told.stderr
