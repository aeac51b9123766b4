"""The self-check and the policy in a real browser: wide, narrow and without any script."""

import pytest
from django.urls import reverse

from applications.states import ApplicationStatus as S
from programmes.models import Programme
from tests.browser import faults, overflow, sign_in
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[1280, 375])
def page(request, browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": request.param, "height": 800})
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text))
    yield page
    assert page.complaints == []
    context.close()


def check(page, name, request):
    pictures = request.config.getoption("--pictures")
    if pictures:
        page.screenshot(path=f"{pictures}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert faults(page) == [], name
    assert overflow(page) <= 0, name


def answer(page, **changes):
    answers = {
        "workplace": "academic",
        "expertise": "yes",
        "independence": "yes",
        "proposal": "yes",
        "non_commercial": "yes",
    }
    page.goto("/eligibility/")
    page.select_option("[name=country]", changes.pop("country", "NL"))
    for name, value in (answers | changes).items():
        page.check(f"[name={name}][value={value}]")
    page.click("main form button[type=submit]")


def test_anybody_learns_where_they_stand_and_may_leave_an_address(page, request):
    answer(page, country="CA", workplace="creator")
    check(page, "self-check", request)
    assert page.get_by_role("heading", name="Creators").is_visible()

    page.fill("[name=email]", "wim@utoronto.ca")
    page.get_by_role("button", name="Tell me when this opens").first.click()

    assert page.get_by_text("Look into your mail").is_visible()
    check(page, "self-check-asked", request)


def test_an_operator_closes_a_country_after_looking_whom_it_affects(page, request, oscar, paula):
    make_application(paula, status=S.SUBMITTED)
    programme = Programme.objects.default()
    sign_in(page, oscar.email)

    for name in ("programme", "terms", "reasons", "waiting", "history", "reason_add"):
        page.goto(reverse(f"staff:policy_{name}", args=[programme.pk]))
        check(page, f"policy-{name}", request)

    page.goto(reverse("staff:policy_section", args=[programme.pk, "regions"]))
    for region in ("EU", "EEA"):
        page.uncheck(f"[name=regions][value={region}]")
    page.fill("[name=reason]", "The law changed.")
    page.get_by_role("button", name="See whom it would affect").click()
    check(page, "policy-preview", request)
    assert page.get_by_text("Open applications from institutions").is_visible()

    page.get_by_role("button", name="Save this change").click()
    assert page.get_by_text("The policy is changed.").is_visible()
    programme.refresh_from_db()
    assert "NL" not in programme.country_codes


def test_the_self_check_works_without_any_script(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    answer(page)

    assert page.get_by_text("Yes, by your answers you qualify.").is_visible()
    context.close()
