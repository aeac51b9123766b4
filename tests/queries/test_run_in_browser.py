"""The page of a run in a real browser, where a part of it replaces itself every two seconds."""

import pytest
from django.urls import reverse

from tests.browser import faults, sign_in
from tests.factories.organizations import make_organization
from tests.factories.queries import make_run, take_turns

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_question_before_cancelling_stays_open_and_goes_when_the_run_ends(
    browser, live_server, paula
):
    lab = make_organization(paula, name="Bread lab")
    run = make_run(lab, paula)
    page = browser.new_context(base_url=live_server.url).new_page()
    sign_in(page, paula.email)
    page.goto(reverse("queries:run", args=[lab.pk, run.pk]))

    page.click("summary:has-text('Cancel this run')")
    with page.expect_response(lambda answer: str(run.pk) in answer.url):
        pass

    assert page.get_by_text("What was charged stays charged").is_visible()
    assert faults(page) == []

    take_turns(run)
    page.wait_for_selector("#cancel", state="detached")

    assert page.get_by_role("link", name="Download CSV").is_visible()
    page.context.close()
