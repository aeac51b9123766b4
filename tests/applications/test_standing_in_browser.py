"""Where an application stands, as a browser shows it: accessible, and fitting a phone."""

import pytest

from applications import actions
from applications.states import ApplicationStatus as S
from tests.browser import faults, overflow, sign_in
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_of_an_ended_application_are_accessible_and_fit(
    browser, live_server, paula, rita
):
    refused = make_application(paula, status=S.DECLINED, reviewer=rita)
    draft = actions.apply_again(refused, by=paula)
    page = browser.new_page(base_url=live_server.url)
    sign_in(page, paula.email)
    found = []

    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        for address in (
            refused.get_absolute_url(),
            f"{refused.get_absolute_url()}appeal/",
            draft.get_absolute_url(),
            f"{draft.get_absolute_url()}project/",
            f"{draft.get_absolute_url()}withdraw/",
        ):
            page.goto(address)
            found += [(width, address, fault) for fault in faults(page)]
            found += [(width, address, overflow(page))] if overflow(page) > 0 else []
    page.close()

    assert not found
