"""The parts that pages are put together from, each with the parameters named at its top."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.forms import SignupForm
from lib.errors import Refused
from portal.middleware import RefusalMiddleware

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"


def part(name, request=None, /, **parameters):
    return " ".join(render_to_string(f"components/{name}.html", parameters, request).split())


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_every_component_says_at_its_top_what_it_is(path):
    first_line = path.read_text().splitlines()[0]

    assert re.fullmatch(r"\{# .+\. .+ #\}", first_line)


@pytest.mark.parametrize("path", sorted(COMPONENTS.parent.rglob("*.html")), ids=str)
def test_no_template_holds_inline_style_or_script(path):
    assert not re.search(r"\sstyle=|<style|<script(?! src)|\son\w+=", path.read_text())


def test_a_status_has_its_colour_or_grey():
    assert part("status", label="Approved", colour="GREEN") == (
        '<span class="status status-green">Approved</span>'
    )
    assert "status-grey" in part("status", label="Draft")


def test_evidence_says_its_colour_in_words():
    row = part(
        "evidence", colour="RED", label="Speaks against it", sentence="No.", source="Registry"
    )

    assert "evidence-red" in row
    assert "Speaks against it" in row
    assert "Source: Registry" in row


def test_a_quota_is_drawn_and_said():
    meter = part("quota", label="Requests", used=250, reserved=100, limit=1000, left=650)

    assert "250 of 1,000 used" in meter
    assert "100 reserved for requests under way." in meter
    assert "650 left." in meter
    assert 'class="quota-used" width="25%"' in meter
    assert 'class="quota-reserved" x="25%" width="10%"' in meter


def test_a_quota_of_nothing_is_drawn_empty():
    meter = part("quota", label="Requests", used=0, limit=0, left=0)

    assert 'class="quota-used" width="0%"' in meter
    assert "0 left." in meter
    assert "reserved for" not in meter


def test_a_quota_that_is_not_told_what_is_left_says_nothing_about_it():
    assert "left" not in part("quota", label="Requests", used=1, limit=10)


def test_pages_keep_the_rest_of_the_address(rf):
    page = Paginator(range(30), 10).page(2)

    links = part("pagination", rf.get("/", {"status": "SUBMITTED", "page": 2}), page=page)

    assert "Page 2 of 3" in links
    assert 'href="?status=SUBMITTED&amp;page=1"' in links
    assert 'href="?status=SUBMITTED&amp;page=3"' in links


def test_one_page_needs_no_links(rf):
    assert part("pagination", rf.get("/"), page=Paginator([1], 10).page(1)) == ""


def test_errors_lead_to_their_fields():
    form = SignupForm({"name": ""})

    assert '<a href="#id_name">Name</a>: This field is required.' in part("errors", form=form)
    assert part("errors", form=SignupForm()) == ""


def test_a_change_is_a_post_and_may_ask_before(rf):
    asked = part(
        "confirm", rf.get("/"), action="/x/", label="Remove", kind="danger", sentence="Sure?"
    )
    plain = part("confirm", rf.get("/"), action="/x/", label="Go", name="answer", value="accept")

    for form in (asked, plain):
        assert '<form method="post" action="/x/"' in form
        assert "csrfmiddlewaretoken" in form
    assert "<details" in asked
    assert "Sure?" in asked
    assert "<details" not in plain
    assert '<input type="hidden" name="answer" value="accept">' in plain


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        ("danger", "btn-outline-danger"),
        ("outline-secondary", "btn-outline-secondary"),
        ("", "btn-primary"),
    ],
)
def test_a_change_that_asks_before_looks_as_it_is_told(rf, kind, look):
    asked = part("confirm", rf.get("/"), action="/x/", label="Go", kind=kind, sentence="Sure?")

    assert f'<summary class="btn {look}">' in asked


def test_code_is_shown_as_it_is():
    assert "<code>&lt;b&gt; 1</code>" in part("code", label="Secret", text="<b> 1")


def test_an_empty_list_says_what_to_do():
    assert '<a class="btn btn-primary" href="/new/">Write one</a>' in part(
        "empty", title="No queries", url="/new/", action="Write one"
    )
    assert "btn" not in part("empty", title="No queries")


def test_a_moment_names_its_zone():
    moment = dt.datetime(2026, 3, 9, 7, 5, tzinfo=dt.UTC)

    item = part("timeline_item", moment=moment, title="Submitted", actor="Paula", text="a\nb")

    assert "9 Mar 2026, 07:05 UTC" in item
    assert "<strong>Submitted</strong> · Paula" in item
    assert "a<br>b" in item


def test_a_missing_value_shows_a_dash():
    assert "–" in part("definition", term="Website", value="")
    assert "–" in part("definition", term="Website")


def test_a_value_of_nought_is_a_value():
    assert "–" not in part("definition", term="Runs", value=0)


def test_links_to_pages_that_do_not_exist_are_left_out():
    assert part("tab", url="", label="Queries", key="queries", current="queries") == ""
    assert part("back", url="", label="Back") == ""


def test_the_open_tab_is_marked():
    tab = {"url": "/x/", "label": "Queries", "key": "queries"}

    assert 'aria-current="page"' in part("tab", **tab, current="queries")
    assert "aria-current" not in part("tab", **tab, current="members")


def test_breadcrumbs_end_at_the_page():
    crumbs = part("breadcrumbs", url="/b/", parent="Lab", top_url="/a/", top="Labs", label="Here")

    assert crumbs.index("Labs") < crumbs.index(">Lab<") < crumbs.index("Here")
    assert '<li aria-current="page">Here</li>' in crumbs


def test_a_refusal_shows_its_sentence_and_a_way_back(rf, paula):
    request = rf.get("/")
    request.user = paula
    middleware = RefusalMiddleware(lambda request: None)

    page = middleware.process_exception(request, Refused("The quota of today is spent."))

    assert page.status_code == 409
    assert "The quota of today is spent." in page.content.decode()
    assert f'href="{reverse("home")}"' in page.content.decode()


def test_the_page_for_our_own_faults_stands_by_itself():
    page = render_to_string("500.html")

    assert "The fault is ours" in page
    assert 'href="/static/css/carrel.css"' in page


def test_a_form_that_cannot_be_checked_says_what_to_do(db):
    page = Client(enforce_csrf_checks=True).post("/accounts/login/")

    assert page.status_code == 403
    assert "load the page again" in page.content.decode()
