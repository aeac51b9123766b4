"""The story of a scope and a share as people see it, in a real browser."""

import pytest
from django.urls import reverse

from organizations.actions import link_labs
from tests.browser import faults, sign_in
from tests.factories.organizations import make_organization
from tests.factories.people import make_user
from tests.factories.queries import make_run, take_turns

pytestmark = pytest.mark.django_db(transaction=True)
SCOPE = {"regions": ["FR", "NL"], "collaborators_limit": 3, "research_requests_limit": 500}


@pytest.fixture
def open_page(browser, live_server):
    """A page of somebody who is signed in, in a window of their own."""
    contexts = []

    def open_for(person):
        contexts.append(browser.new_context(base_url=live_server.url))
        page = contexts[-1].new_page()
        sign_in(page, person.email)
        return page

    yield open_for
    for context in contexts:
        context.close()


def test_a_lab_reads_its_scope_and_is_told_what_its_query_lacks(open_page, paula):
    lab = make_organization(paula, scope=SCOPE, conditions="Send us the paper.")
    page = open_page(paula)

    page.goto(reverse("lab", args=[lab.pk]))
    assert page.get_by_text("What this lab is approved for").is_visible()
    assert page.get_by_text("Send us the paper.").is_visible()
    assert faults(page) == []

    page.goto(reverse("queries:new", args=[lab.pk]))
    assert page.input_value("[name=region]") == "FR, NL"
    page.fill("[name=region]", "")
    page.fill("[name=keyword]", "cheese")
    page.click("text=Estimate the cost")
    page.wait_for_selector("#estimate :text('approved for some regions only')")
    assert faults(page) == []


def test_one_lab_shares_a_result_the_other_downloads_it_until_the_share_ends(
    open_page, paula, rita
):
    dana = make_user("dana@ethz.ch", name="Dana Dorn")
    lab, other = make_organization(paula, scope=SCOPE), make_organization(dana, name="Dorn Lab")
    link_labs(lab, other, by=rita)
    run = take_turns(make_run(lab, paula, keyword="cheese", region_code="FR"))

    mine = open_page(paula)
    mine.goto(reverse("queries:run", args=[lab.pk, run.pk]))
    mine.click("summary:has-text('Share with a linked lab')")
    mine.click("button:has-text('Share')")
    assert mine.get_by_text("Shared with Dorn Lab.").is_visible()
    assert faults(mine) == []

    theirs = open_page(dana)
    theirs.goto(reverse("queries:sharing", args=[other.pk]))
    assert faults(theirs) == []
    theirs.click("main a:has-text('Sourdough')")
    with theirs.expect_download() as started:
        theirs.click("text=Download JSON Lines")
    assert len(started.value.path().read_bytes().splitlines()) == 40
    assert faults(theirs) == []

    mine.click("main a:has-text('Sourdough')")
    mine.click("summary:has-text('End this share')")
    mine.click(".confirm-body button")
    assert mine.get_by_text("is not shared any more").is_visible()
    theirs.reload()
    assert theirs.get_by_text("This was shared with your lab and is not any more.").is_visible()


def test_the_operator_changes_a_scope(open_page, paula, oscar):
    lab = make_organization(paula, scope=SCOPE)
    page = open_page(oscar)

    page.goto(reverse("lab", args=[lab.pk]))
    page.click("text=Change what it is approved for")
    assert faults(page) == []
    page.fill("[name=regions]", "BE")
    page.fill("[name=reason]", "The project moved.")
    page.click("text=Save the scope")

    assert page.get_by_text("The scope is saved").is_visible()
    lab.refresh_from_db()
    assert lab.approved_data.regions == {"BE"}
