"""The pages in a real browser: wide and narrow, without a fault of accessibility or policy."""

import os
import shutil
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import sync_playwright

from tests.factories.organizations import make_invited, make_organization
from tests.factories.people import PASSWORD

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text()
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
WIDTHS = [1280, 375]
OPEN_PAGES = [
    "/",
    "/help/",
    "/outbox/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/confirm-email/",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser():
    # Playwright keeps an event loop in this thread, which Django takes for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text))
    yield page
    context.close()


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def faults(page):
    """What axe finds. It runs as the page's own script would not be allowed to."""
    found = page.evaluate(f"() => {{ {AXE}; return axe.run(); }}")
    assert found["passes"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_everybodys_pages_are_accessible_and_fit(page, width):
    page.set_viewport_size({"width": width, "height": 800})

    for path in OPEN_PAGES:
        page.goto(path)
        assert faults(page) == [], path
        assert overflow(page) <= 0, path
    assert page.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_members_home_is_accessible_and_fits(page, width, paula, carl):
    make_organization(carl, name="Claes Lab")
    make_invited(make_organization(paula, name="A laboratory with a very long name indeed"), carl)
    page.set_viewport_size({"width": width, "height": 800})

    sign_in(page, carl)
    page.click("summary:has-text('Labs')")

    assert page.get_by_role("link", name="Claes Lab").first.is_visible()
    assert faults(page) == []
    assert overflow(page) <= 0
    assert page.complaints == []


def test_a_menu_closes_by_escape_and_gives_the_focus_back(page, paula):
    sign_in(page, paula)
    page.click("summary:has-text('Paula Prins')")
    assert page.get_by_role("button", name="Sign out").is_visible()

    page.keyboard.press("Escape")

    assert not page.get_by_role("button", name="Sign out").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_tab_stop_leads_to_the_content(page):
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_people_sign_out_from_the_menu_without_any_script(browser, live_server, paula):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, paula)

    page.click("summary:has-text('Paula Prins')")
    page.get_by_role("button", name="Sign out").click()

    assert page.get_by_role("link", name="Sign in").is_visible()
    context.close()
