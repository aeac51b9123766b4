"""The form in a real browser: saved as one types, on a phone, without a fault."""

import re

import pytest

from applications.models import form_of
from tests.browser import faults, overflow, sign_in
from tests.factories.applications import make_draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text))
    yield page
    context.close()


@pytest.fixture
def draft(paula):
    return make_draft(paula, collaborators=["carl@uva.nl"])


def address(draft, section):
    return f"/apply/{draft.pk}/{section}/"


def saved(page):
    return page.get_by_text(re.compile(r"Saved .* UTC"))


@pytest.mark.parametrize("width", [1280, 375])
def test_every_section_is_accessible_and_fits(page, paula, draft, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, paula.email)

    for section in form_of(draft).sections:
        page.goto(address(draft, section.key))
        assert faults(page) == [], section.key
        assert overflow(page) <= 0, section.key
    page.goto(f"/apply/{draft.pk}/")
    assert faults(page) == []
    assert page.complaints == []


def test_text_is_saved_as_it_is_typed_and_counted(page, paula, draft):
    sign_in(page, paula.email)
    page.goto(address(draft, "public"))

    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name=public_summary]").fill("Two words 👩‍👩‍👧")

    assert page.get_by_text("3 of at most 200 words").is_visible()
    assert page.locator(".register-summary").inner_text() == "Two words 👩‍👩‍👧"
    saved(page).wait_for()
    draft.refresh_from_db()
    assert draft.answers["public_summary"] == "Two words 👩‍👩‍👧"
    assert page.complaints == []


def test_questions_appear_when_they_are_called_for(page, paula, draft):
    sign_in(page, paula.email)
    page.goto(address(draft, "contact"))
    advisor, travelling = page.locator("[name=advisor]"), page.locator("[name=travels_from]")
    assert not advisor.is_visible()

    page.check("[name=role][value=student]")
    page.select_option("[name=works_in]", "BR")
    assert advisor.is_visible()
    assert not travelling.is_visible()
    page.check("[name=is_travelling][value=yes]")
    assert travelling.is_visible()
    page.select_option("[name=works_in]", "NL")

    assert not travelling.is_visible()
    assert not page.locator("[name=is_travelling]").first.is_visible()


def test_two_windows_compare_what_both_changed(page, browser, live_server, paula, draft):
    sign_in(page, paula.email)
    other = page.context.new_page()
    for window in (page, other):
        window.goto(address(draft, "security"))
    with other.expect_response(lambda answer: answer.request.method == "POST"):
        other.locator("[name=security_plan]").fill("From the other window")

    page.locator("[name=security_plan]").fill("From this window")
    page.get_by_role("button", name="Compare the two").click()

    assert page.get_by_text("Saved meanwhile in the other tab").is_visible()
    assert page.get_by_text("From the other window").is_visible()
    assert faults(page) == []
    page.get_by_label("Keep what I typed here").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()
    draft.refresh_from_db()
    assert draft.answers["security_plan"] == "From this window"


def test_a_button_pressed_right_after_typing_does_not_collide_with_the_page_itself(
    page, paula, draft
):
    sign_in(page, paula.email)
    page.goto(address(draft, "security"))

    for text in ("One", "Two", "Three"):
        page.locator("[name=security_plan]").fill(text)
        page.locator("[name=security_plan]").dispatch_event("change")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()

    draft.refresh_from_db()
    assert draft.answers["security_plan"] == "Three"


def test_what_was_typed_without_a_connection_is_offered_again(page, paula, draft):
    sign_in(page, paula.email)
    page.goto(address(draft, "security"))
    page.context.set_offline(True)
    page.locator("[name=security_plan]").fill("Typed in a tunnel")
    page.locator("[name=security_plan]").dispatch_event("change")
    page.get_by_text("Not saved yet: there is no connection").wait_for()
    page.context.set_offline(False)

    page.goto(address(draft, "security"))
    assert page.get_by_text("This text was typed here but not saved").is_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Put it back").click()

    saved(page).wait_for()
    draft.refresh_from_db()
    assert draft.answers["security_plan"] == "Typed in a tunnel"


def test_signing_in_again_brings_back_what_was_typed(page, paula, draft):
    sign_in(page, paula.email)
    page.goto(address(draft, "security"))
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=security_plan]").fill("Typed while signed out")
    page.get_by_role("link", name="sign in again").click()
    page.fill("[name=login]", paula.email)
    page.fill("[name=password]", "a long enough password")
    page.click("main button[type=submit]")

    assert page.locator("[name=security_plan]").input_value() == "Typed while signed out"
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()
    draft.refresh_from_db()
    assert draft.answers["security_plan"] == "Typed while signed out"
