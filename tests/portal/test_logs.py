import json
import logging

import pytest

from portal import logs


def _line(message):
    record = logging.LogRecord("x", logging.INFO, "", 0, message, (), None)
    return json.loads(logs.formatter().format(record))


@pytest.mark.parametrize(
    "path",
    [
        "/organization/01a2/invitation/link/s3cr3t/",
        "/accounts/confirm-email/s3cr3t/",
        "/accounts/password/reset/key/1-s3cr3t/",
        "/accounts/login/?next=/organization/01a2/invitation/link/s3cr3t/",
        "/accounts/signup/?next=%2Forganization%2F01a2%2Finvitation%2Flink%2Fs3cr3t%2F",
    ],
)
def test_the_secret_of_a_link_never_reaches_the_log(path):
    assert "s3cr3t" not in _line(f"Not Found: {path}")["event"]


def test_line_breaks_and_escapes_of_a_stranger_stay_inside_one_line():
    record = logging.LogRecord("x", logging.INFO, "", 0, "a\r\nb\x1b[31m", (), None)

    line = logs.formatter().format(record)

    assert "\n" not in line
    assert "\x1b" not in line
