"""The desk in a real browser: wide and narrow, by mouse and by keyboard, without a fault."""

import pytest
from django.urls import reverse

from applications import actions
from applications.states import ApplicationStatus as S
from reviews.models import Outcome, Review
from tests.browser import faults, overflow, sign_in
from tests.factories.applications import begin_reviews, fill_in, make_application
from tests.staff.conftest import url

WIDTHS = [1280, 375]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser, live_server, request):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.complaints = []
    page.pictures = request.config.getoption("--pictures")
    page.on("console", lambda line: page.complaints.append(line.text))
    yield page
    context.close()


def check(page, name):
    """What every page of the desk has to be."""
    if page.pictures:
        width = page.viewport_size["width"]
        page.screenshot(path=f"{page.pictures}/{name}-{width}.png", full_page=True)
    assert faults(page) == [], name
    assert overflow(page) <= 0, name
    assert page.complaints == [], name


@pytest.mark.parametrize("width", WIDTHS)
def test_the_queue_and_each_stage_of_a_file(page, width, rita, paula, olga, carl):
    screened = make_application(paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"])
    reviewed = make_application(olga, status=S.CHANGES_REQUESTED, project_title="Second")
    fill_in(reviewed, {"summary": "Five parties in three countries."})
    actions.submit_application(reviewed, by=olga)
    begin_reviews(reviewed, rita)
    decided = make_application(carl, status=S.SUBMITTED, project_title="Third")
    begin_reviews(decided, rita)
    for review in Review.objects.about(decided):
        actions.give_review(
            decided,
            by=review.reviewer,
            recommendation=Outcome.APPROVED,
            comment="The design fits the questions.",
            checklist={
                each.code: {
                    "verdict": "MET" if review.reviewer == rita else "UNSURE",
                    "remark": "Two papers.",
                }
                for each in decided.programme.criteria.all()
            },
        )
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, rita.email)

    page.goto(reverse("staff:applications"))
    check(page, "queue")
    page.goto(url("application", screened))
    check(page, "screening")
    page.goto(url("application", reviewed))
    page.click("#give_review > summary")
    check(page, "review")
    page.goto(url("application", decided))
    page.click("#approve > summary")
    check(page, "decision")
    page.click("text=Show the history")
    page.get_by_text("Draft started").first.wait_for()
    check(page, "history")
