"""The editor of the form in a real browser."""

import pytest

from programmes.models import Programme
from tests.browser import faults, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_editor_is_accessible_and_fits(browser, live_server, oscar, width):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, oscar.email)
    editor = f"/staff/policy/{Programme.objects.default().pk}/form/"

    page.goto(editor)
    page.get_by_label("Retire: Expected outputs").click()
    for address in ("", "add/", "questions/role/", "preview/contact/", "preview/public/"):
        page.goto(editor + address)
        assert faults(page) == [], address
        assert overflow(page) <= 0, address
    context.close()
