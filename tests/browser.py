"""A real browser: where it is found, how somebody signs in, and what it says of a page."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import axe_core_python
from playwright.sync_api import Error, sync_playwright

from tests.factories.people import PASSWORD

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text()
_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
_QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def open_browser():
    """The machine's Chromium or Chrome, else the one that playwright installed; else None."""
    # Playwright keeps an event loop in this thread, which Django takes for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        except Error:
            browser = None
        yield browser
        if browser:
            browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def sign_in(page, email, password=PASSWORD):
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")


def faults(page):
    """What axe finds. It runs as the page's own script would not be allowed to."""
    found = page.evaluate(f"() => {{ {AXE}; return axe.run(); }}")
    assert found["passes"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]


def overflow(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
