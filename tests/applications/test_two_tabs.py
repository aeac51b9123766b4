"""Two tabs with the same page: neither overwrites the other, and nothing that was typed is lost."""

import html
import re

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application, form_of
from applications.tabs import Page, fingerprint, page_sent
from lib.errors import Refused
from tests.factories.applications import make_draft

OLD = {"design": "A content analysis of a sample of videos.", "summary": "We study how parties"}


@pytest.fixture
def draft(paula):
    return make_draft(paula)


@pytest.fixture
def as_paula(client, paula):
    client.force_login(paula)
    return client


class Tab:
    """One window with one section's page; it knows only what the page told it."""

    def __init__(self, client, application, section):
        self.client, self.url = client, section_url(application, section)
        self.application, self.section = application, section
        self._read(client.get(self.url))

    def _read(self, page):
        content = page.content.decode()
        for name in ("revision", "shown"):
            found = re.search(rf'name="{name}"\s+id="[^"]+"\s+value="([^"]*)"', content)
            if found:
                setattr(self, name, html.unescape(found[1]))

    def send(self, *, is_htmx=False, **typed):
        self.application.refresh_from_db()
        known = getattr(self, "typed", None) or dict(self.application.answers)
        self.typed = {**known, **typed}
        keys = [q.key for q in form_of(self.application).section(self.section).questions]
        answers = {key: self.typed[key] for key in keys if self.typed.get(key)}
        answers |= {key: value for key, value in typed.items() if key not in keys}
        headers = {"HX-Request": "true"} if is_htmx else {}
        given = {**answers, "revision": self.revision, "shown": self.shown}
        page = self.client.post(self.url, given, headers=headers)
        if page.content:
            self._read(page)
        return page

    def remember(self):
        """What the fields of this window show, whatever others save."""
        self.application.refresh_from_db()
        self.typed = dict(self.application.answers)
        return self


def section_url(application, section):
    return reverse("applications:section", args=[application.pk, section])


def answer(draft, key):
    return Application.objects.get(pk=draft.pk).answers[key]


def two_tabs(client, draft, section="project"):
    return (Tab(client, draft, section).remember() for _ in range(2))


def test_two_tabs_that_change_different_answers_are_merged(as_paula, draft):
    first, second = two_tabs(as_paula, draft)

    first.send(summary="From the first", stay="1")
    page = second.send(design="From the second", stay="1")

    assert page.status_code == 302
    assert answer(draft, "summary") == "From the first"
    assert answer(draft, "design") == "From the second"


def test_the_later_change_of_the_same_answer_is_refused_with_both_texts(as_paula, draft):
    first, second = two_tabs(as_paula, draft)

    first.send(summary="From the <first>", stay="1")
    page = second.send(summary="From the second", design="New design", stay="1")

    content = page.content.decode()
    assert page.status_code == 409
    assert "From the &lt;first&gt;" in content
    assert "From the second" in content
    assert answer(draft, "summary") == "From the <first>"
    assert answer(draft, "design") == "New design"


@pytest.mark.parametrize(("kept", "left"), [("mine", "From the second"), ("stored", "First")])
def test_the_person_chooses_which_of_the_two_stays(as_paula, draft, kept, left):
    first, second = two_tabs(as_paula, draft)
    first.send(summary="First", stay="1")
    second.send(summary="From the second", stay="1")

    page = second.send(keep_summary=kept, stay="1")

    assert page.status_code == 302
    assert answer(draft, "summary") == left


def test_a_third_change_while_two_are_compared_is_told_again(as_paula, draft):
    first, second = two_tabs(as_paula, draft)
    first.send(summary="First", stay="1")
    second.send(summary="Second", stay="1")
    third = Tab(as_paula, draft, "project").remember()
    third.send(summary="Third", stay="1")

    page = second.send(keep_summary="mine", stay="1")

    assert page.status_code == 409
    assert "Third" in page.content.decode()


def test_saving_as_one_types_keeps_up_with_itself(as_paula, draft):
    tab = Tab(as_paula, draft, "project").remember()

    answers = [tab.send(is_htmx=True, summary=text) for text in ("A", "Ab", "Abc")]

    assert [page.status_code for page in answers] == [200, 200, 200]
    assert answer(draft, "summary") == "Abc"


def test_a_tab_that_was_merged_never_writes_back_what_it_still_shows(as_paula, draft):
    first, second = two_tabs(as_paula, draft)
    first.send(summary="First", stay="1")

    second.send(is_htmx=True, design="One")
    second.send(is_htmx=True, design="Two")

    assert (answer(draft, "summary"), answer(draft, "design")) == ("First", "Two")


def test_saving_as_one_types_tells_of_the_other_tab_and_saves_the_rest(as_paula, draft):
    first, second = two_tabs(as_paula, draft)
    first.send(is_htmx=True, summary="First")

    page = second.send(is_htmx=True, summary="Second", design="New design")
    again = second.send(is_htmx=True, design="Newer design")

    assert page.status_code == again.status_code == 409
    assert "Compare the two" in page.content.decode()
    assert (answer(draft, "summary"), answer(draft, "design")) == ("First", "Newer design")


def test_the_same_change_in_both_is_no_conflict(as_paula, draft):
    first, second = two_tabs(as_paula, draft)
    first.send(summary="The same", stay="1")

    assert second.send(summary="The same", stay="1").status_code == 302


def test_a_choice_that_was_changed_in_both_is_compared_by_its_words(as_paula, draft):
    first, second = two_tabs(as_paula, draft, "funding")
    first.send(is_funded="yes", funding_source="A council", stay="1")

    page = second.send(has_conflict="yes", conflict_details="Shares", stay="1")
    other = Tab(as_paula, draft, "funding").remember()
    other.typed["is_funded"] = "no"
    first.send(shares_data="yes", sharing_details="A friend", stay="1")

    assert page.status_code == 302
    assert other.send(stay="1").status_code == 302
    assert answer(draft, "shares_data") == "yes"
    assert answer(draft, "is_funded") == "no"


@pytest.mark.parametrize("shown", ["", "[]", "{", "null", "1"])
def test_a_page_that_says_nothing_readable_is_saved_as_it_is(as_paula, draft, shown):
    page = as_paula.post(
        section_url(draft, "security"), {"security_plan": "New", "revision": "0", "shown": shown}
    )

    assert page.status_code == 302
    assert answer(draft, "security_plan") == "New"


def test_a_stale_save_writes_nothing_at_all(draft, paula):
    section = form_of(draft).section("project")
    page = Page(draft.revision - 1, {"design": fingerprint(answer(draft, "design"))})

    with pytest.raises(Refused, match="Changed meanwhile in another tab or window"):
        actions.save_section(
            draft,
            section=section,
            answers={"summary": "Mine", "design": "Mine"},
            by=paula,
            page=page,
        )

    assert answer(draft, "design") == OLD["design"]


def test_what_a_page_sends_is_read_back(draft):
    sent = {"revision": "7", "shown": '{"summary": "abc"}'}

    assert page_sent(sent) == Page(7, {"summary": "abc"})
    assert page_sent({}) is None


def test_what_was_typed_while_signed_out_is_there_after_signing_in(client, paula, draft):
    client.force_login(paula)
    tab = Tab(client, draft, "project").remember()
    client.logout()

    page = tab.send(summary="Typed <b>while</b> signed out", stay="1")
    assert page.status_code == 302
    assert page.url.startswith("/accounts/login/?next=")
    client.force_login(paula)
    back = client.get(tab.url).content.decode()

    assert "Typed &lt;b&gt;while&lt;/b&gt; signed out" in back
    assert "You were signed out when you sent this page" in back
    assert answer(draft, "summary").startswith(OLD["summary"])
    tab.send(stay="1")
    assert answer(draft, "summary") == "Typed <b>while</b> signed out"
    assert "You were signed out" not in client.get(tab.url).content.decode()


def test_saving_as_one_types_says_that_one_is_signed_out(client, paula, draft):
    client.force_login(paula)
    tab = Tab(client, draft, "project").remember()
    client.logout()

    page = tab.send(is_htmx=True, summary="Typed")

    assert page.status_code == 401
    assert "You are signed out" in page.content.decode()
    client.force_login(paula)
    assert "Typed" in client.get(tab.url).content.decode()


def test_nothing_is_kept_for_somebody_else_or_for_nothing(client, paula, olga, draft):
    client.post(section_url(draft, "project"), {"summary": "Typed"})
    client.force_login(olga)

    assert client.get(section_url(draft, "project")).status_code == 404


def test_an_unknown_application_and_too_much_text_are_not_kept(client, draft):
    unknown = section_url(draft, "project").replace(str(draft.pk), str(draft.programme_id))

    client.post(unknown, {"summary": "Typed"})
    client.post(section_url(draft, "project"), {"summary": "x" * 300_000})

    assert "unsaved_sections" not in client.session
