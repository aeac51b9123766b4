"""The pages in a real browser: wide and narrow, without a fault of accessibility or policy."""

import pytest

from tests.browser import faults, overflow, sign_in
from tests.factories.organizations import make_invited, make_organization

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


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text))
    yield page
    context.close()


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

    sign_in(page, carl.email)
    page.click("summary:has-text('Labs')")

    assert page.get_by_role("link", name="Claes Lab").first.is_visible()
    assert faults(page) == []
    assert overflow(page) <= 0
    assert page.complaints == []


def test_a_menu_closes_by_escape_and_gives_the_focus_back(page, paula):
    sign_in(page, paula.email)
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
    sign_in(page, paula.email)

    page.click("summary:has-text('Paula Prins')")
    page.get_by_role("button", name="Sign out").click()

    assert page.get_by_role("link", name="Sign in").is_visible()
    context.close()
