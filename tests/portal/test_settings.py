"""What the outside sets: every variable is explained, and a wrong value is told in a sentence."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

import outbox.actions

CLONE = Path(__file__).resolve().parents[2]
READERS = [CLONE / "portal" / "settings.py", *(CLONE / "portal" / "supervisor").glob("*.py")]
HTTPS = {"PUBLIC_URL": "https://carrel.example.org", "SECRET_KEY": "a-long-text-0123456789-" * 3}


def run(*command, **changes):
    return subprocess.run(
        [sys.executable, *command],
        env={**os.environ, **changes},
        cwd=CLONE,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


def names_read(path):
    """The variables that a file asks for, by whichever of the ways that are in use."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Subscript):
            asked, name = ast.unparse(node.value), node.slice
        elif isinstance(node, ast.Call) and node.args:
            asked, name = ast.unparse(node.func), node.args[0]
        else:
            continue
        reads = asked in {"given", "os.environ", "os.environ.get", "os.getenv"}
        if (reads or asked.split(".")[0] == "env") and isinstance(name, ast.Constant):
            yield name.value


def names_explained():
    lines = (CLONE / ".env.example").read_text()
    return re.findall(r"^#?([A-Z_]+)=", lines, re.MULTILINE)


def test_every_variable_that_is_read_is_explained_and_the_reverse():
    read = {name for path in READERS for name in names_read(path)}

    assert read == set(names_explained())
    assert len(names_explained()) == len(read)


def test_the_containers_are_given_explained_variables_only():
    given = set(re.findall(r"\$\{([A-Z_]+)", (CLONE / "docker-compose.yml").read_text()))

    assert given - set(names_explained()) == {"DATABASE_PASSWORD"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user@host/carrel"),
        ("DATABASE_URL", "postgres://user:pass-word@host:port/carrel"),
        ("DATABASE_URL", "postgres://user@host/"),
        ("REDIS_URL", "nonsense"),
        ("STORAGE_URL", "ftp://host/folder"),
        ("STORAGE_URL", "s3://key:pass-word@host:port/bucket"),
        ("CORPUS_URL", "oracle://host/corpus"),
        ("CLAMAV_URL", "http://127.0.0.1:3310"),
        ("EMAIL_URL", "pigeon://user:pass-word@host"),
        ("PUBLIC_URL", "carrel.example.org"),
        ("PUBLIC_URL", "https://example.org/carrel"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("DEMO", "perhaps"),
    ],
)
def test_a_wrong_value_stops_every_command_with_a_sentence(name, value):
    finished = run("manage.py", "check", **{name: value})

    assert finished.returncode == 1
    assert finished.stderr.startswith(f"carrel: {name} must be ")
    assert finished.stderr.count("\n") == 1
    assert "pass-word" not in finished.stderr


def test_a_missing_key_stops_every_command_with_a_sentence(tmp_path):
    finished = run("manage.py", "check", SECRET_KEY="", CARREL_HOME=str(tmp_path))

    assert finished.returncode == 1
    assert finished.stderr.startswith("carrel: SECRET_KEY is not set.")
    assert "Traceback" not in finished.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence():
    finished = run("manage.py", "migrate", DATABASE_URL="postgres://carrel@127.0.0.1:1/carrel")

    assert finished.returncode == 1
    assert finished.stderr.startswith("carrel: the database does not answer.")
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://user@host/carrel"),
        ("REDIS_URL", "nonsense"),
        ("STORAGE_URL", "ftp://host/folder"),
        ("CORPUS_URL", "oracle://host/corpus"),
        ("PORT", "http"),
    ],
)
def test_make_run_says_the_same_before_anything_is_served(name, value, tmp_path):
    servers = {"DATABASE_URL": "postgres://h/c", "REDIS_URL": "redis://h/0"}
    changes = {"CARREL_HOME": str(tmp_path), "PORT": "8999", **servers, name: value}

    finished = run("-m", "portal.supervisor", "run", **changes)

    assert finished.returncode == 1
    assert name in finished.stderr
    assert "Traceback" not in finished.stderr


def test_an_empty_variable_counts_as_unset():
    show = "from portal import settings as s; print(s.PORT, s.DEMO, s.CARREL_HOME.name)"

    finished = run("-c", show, PORT="", DEMO="", CARREL_HOME="")

    assert finished.stdout.split() == ["8000", "True", "var"]


def test_behind_https_only_what_the_proxy_and_the_domain_decide_is_left_to_warn_about():
    """Redirecting to HTTPS is the proxy's; subdomains and preloading are the domain owner's."""
    finished = run("manage.py", "check", "--deploy", **HTTPS)

    warned = set(re.findall(r"\((\w+\.W\d+)\)", finished.stderr))
    assert warned == {"security.W005", "security.W008", "security.W021"}
    assert "0 silenced" in finished.stderr


def test_behind_a_proxy_each_reader_has_sign_in_limits_of_their_own():
    show = (
        "import django; django.setup()\n"
        "from django.test import RequestFactory\n"
        "from allauth.account.adapter import get_adapter\n"
        "headers = {'x-forwarded-for': '9.9.9.9, 192.0.2.7'}\n"
        "request = RequestFactory(headers=headers).get('/')\n"
        "print(get_adapter(request).get_client_ip(request))"
    )

    told = [run("-c", show, **environment).stdout.strip() for environment in (HTTPS, {})]

    assert told == ["192.0.2.7", "127.0.0.1"]


def test_a_silent_mail_server_holds_a_worker_for_less_than_a_lease():
    assert 0 < settings.EMAIL_TIMEOUT < outbox.actions._LEASE.total_seconds()
