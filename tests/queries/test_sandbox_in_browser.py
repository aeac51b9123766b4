"""The sandbox in a real browser, as narrow as a phone."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from corpus import synthetic
from tests.browser import faults, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_corpus(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(synthetic, "VIDEOS", 2_000)
    settings.CARREL_HOME = tmp_path / "home"
    yield
    cache.clear()


@pytest.mark.parametrize("javascript", [True, False])
def test_it_works_on_a_phone_with_and_without_javascript(browser, live_server, olga, javascript):
    phone = {"width": 375, "height": 800}
    context = browser.new_context(
        base_url=live_server.url, viewport=phone, java_script_enabled=javascript
    )
    page = context.new_page()
    sign_in(page, olga.email)
    page.goto(reverse("queries:sandbox"))
    page.fill("[name=keyword]", "climate")
    page.fill("[name=start_date]", "2024-01-01")
    page.fill("[name=records_expected]", "250000")

    page.click("text=Try the query")

    assert page.get_by_role("heading", name="The answer").is_visible()
    assert page.get_by_text("2,500 requests, 3 quota days").first.is_visible()
    assert page.get_by_role("link", name="Link to this query").is_visible()
    page.click("summary:has-text('Fields to be returned')")
    found = faults(page) if javascript else []
    width = overflow(page) if javascript else 0
    context.close()
    assert (found, width <= 0) == ([], True)
