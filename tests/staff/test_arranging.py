"""Who leads and reviews, how long it takes, absences, texts, several files at once."""

import datetime as dt

import pytest
from django.urls import reverse

from applications import actions
from applications.states import ApplicationStatus as S
from lib.errors import NotAllowed
from lib.time import today
from reviews.desk import delete_snippet, write_snippet
from reviews.models import Absence, Extension, Snippet
from tests.factories.applications import begin_reviews, make_application
from tests.staff.conftest import text, tie, url


def later(days=90):
    return (today() + dt.timedelta(days=days)).isoformat()


def test_who_leads_a_file_extends_it_and_hands_it_on(desk, oscar, rita, paula):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)

    page = desk.get("arrange", application)
    assert "Extend the due date" in text(page)
    desk.act("extend", application, until=later(), reason="The second reviewer is ill.")
    desk.act("set_owner", application, to=str(oscar.pk))

    application.refresh_from_db()
    assert application.due_at.date() >= dt.date.fromisoformat(later())
    assert Extension.objects.about(application).get().given_by == rita
    assert application.owner == oscar


def test_an_earlier_date_is_refused_on_the_same_page(desk, rita, paula):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)

    page = desk.act("extend", application, until=later(1), reason="A reason that was typed.")

    assert page.status_code == 409
    assert "Give a day after" in text(page)
    assert "A reason that was typed." in text(page)


def test_stepping_back_for_a_conflict_closes_the_file(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)

    desk.act("step_back", application, why="We wrote a paper together.", has_conflict="on")

    assert desk.get("application", application).status_code == 404


def test_an_operator_asks_somebody_from_outside(oscars_desk, olga, paula, rita):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    olga.email = "olga@elsewhere.example"

    page = oscars_desk.act("invite_external", application, email="nobody@nowhere.example")

    assert page.status_code == 409
    assert "Nobody has an account with the verified address" in text(page)


def test_who_has_no_part_in_a_file_has_less_to_arrange(oscars_desk, desk, paula):
    application = make_application(paula, status=S.SUBMITTED)
    application.owner = oscars_desk.user
    application.save()

    keys = {offer.act.key for offer in desk.get("arrange", application).context["offers"]}

    assert keys == {"extend"}


def bulk(desk, applications, **given):
    files = [str(each.pk) for each in applications]
    return desk.client.post(reverse("staff:bulk"), {"file": files, **given})


def test_each_of_several_files_is_done_or_refused_for_itself(oscars_desk, rita, paula, olga, carl):
    first = make_application(paula, status=S.SUBMITTED, project_title="First")
    tied = make_application(olga, status=S.SUBMITTED, project_title="Tied to Rita")
    closed = make_application(carl, status=S.DECLINED, project_title="Closed")
    tie(rita, tied)

    page = bulk(oscars_desk, [first, tied, closed], deed="assign", to=str(rita.pk))

    first.refresh_from_db()
    assert first.owner == rita
    assert "1 done, 2 not" in text(page)
    assert "Rita Reyes may not judge this" in text(page)
    assert "This application is “Declined” now" in text(page)


def test_several_are_extended_or_taken_at_once(oscars_desk, paula, olga):
    both = [make_application(each, status=S.SUBMITTED) for each in (paula, olga)]

    page = bulk(oscars_desk, both, deed="extend", until=later(), reason="Holidays.")
    assert "2 done, 0 not" in text(page)
    page = bulk(oscars_desk, both, deed="take")
    assert "0 done, 2 not" in text(page)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"deed": "assign"}, "Choose the person."),
        ({"deed": "extend"}, "Give the new due date and the reason."),
        ({"deed": "take", "file": []}, "Tick the applications first."),
        ({"deed": "take", "file": ["no id", "1"]}, "Tick the applications first."),
        ({"deed": "nonsense"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said(oscars_desk, paula, given, sentence):
    application = make_application(paula, status=S.SUBMITTED)
    sent = {"file": [str(application.pk)], **given}

    page = oscars_desk.client.post(reverse("staff:bulk"), sent, follow=True)

    assert sentence in text(page)


def test_a_file_with_a_tie_is_left_out_of_a_deed_for_several(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    tie(rita, application)

    page = bulk(desk, [application], deed="extend", until=later(), reason="Holidays.")

    assert page.status_code == 302
    assert not Extension.objects.exists()


def test_a_reviewer_notes_an_absence_and_takes_it_back(desk, rita):
    days = {"first_date": later(1), "last_date": later(8)}

    page = desk.client.post(reverse("staff:absences"), days, follow=True)

    absence = Absence.objects.get(reviewer=rita)
    assert "Your absence is noted" in text(page)
    desk.client.post(reverse("staff:end_absence", args=[absence.pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first_date": "x", "last_date": "2026-01-01"}, "Enter a valid date."),
        ({"first_date": "2030-01-08", "last_date": "2030-01-01"}, "exchange the two"),
    ],
)
def test_an_odd_absence_is_refused_with_its_sentence(desk, days, sentence):
    assert sentence in text(desk.client.post(reverse("staff:absences"), days))


def test_nobody_ends_anothers_absence(desk, oscar):
    absence = Absence.objects.create(reviewer=oscar, first_date=today(), last_date=today())

    assert desk.client.post(reverse("staff:end_absence", args=[absence.pk])).status_code == 404


def test_the_workload_counts_reviews_and_files(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)

    workload = desk.client.get(reverse("staff:absences")).context["workload"]

    mine = next(each for each in workload if each["person"] == rita)
    assert (mine["reviews"], mine["led"]) == (1, 1)


def test_texts_are_shared_shown_in_files_and_deleted_by_their_writer(desk, rita, paula):
    given = {"title": "Profile page", "body": "Please add a page of your institution."}
    desk.client.post(reverse("staff:snippets"), given)
    snippet = Snippet.objects.get()
    application = make_application(paula, status=S.SUBMITTED)

    assert reverse("staff:snippets") in text(desk.get("application", application))
    part = desk.client.get(reverse("staff:snippets"), headers={"HX-Request": "true"})
    assert 'data-insert="Please add a page of your institution."' in text(part)
    again = text(desk.client.post(reverse("staff:snippets"), given))
    assert "There is a text called “Profile page” already." in again
    with pytest.raises(NotAllowed):
        delete_snippet(snippet, by=paula)

    desk.client.post(reverse("staff:delete_snippet", args=[snippet.pk]))
    assert not Snippet.objects.exists()


def test_only_its_writer_or_an_operator_deletes_a_text(rita, oscar, paula):
    with pytest.raises(NotAllowed):
        write_snippet(title="Mine", body="x", by=paula)
    by_oscar = write_snippet(title="Oscar's", body="x", by=oscar)
    by_rita = write_snippet(title="Rita's", body="x", by=rita)

    with pytest.raises(NotAllowed):
        delete_snippet(by_oscar, by=rita)
    delete_snippet(by_rita, by=oscar)
    assert list(Snippet.objects.all()) == [by_oscar]


def test_precedents_are_those_of_the_institution_that_the_reader_may_see(
    desk, rita, paula, olga, carl
):
    make_application(olga, status=S.DECLINED, project_title="Said no to before")
    hidden = make_application(carl, status=S.DECLINED, project_title="Tied to her")
    tie(rita, hidden)
    application = make_application(paula, status=S.SUBMITTED)

    page = text(desk.get("precedents", application))
    part = desk.client.get(url("precedents", application), headers={"HX-Request": "true"})

    assert "Said no to before" in page
    assert "The questions are not clear yet." in page
    assert "Tied to her" not in page
    assert "<html" not in text(part)


def test_precedents_of_the_same_reason_follow_a_proposed_refusal(oscars_desk, rita, paula, olga):
    before = make_application(olga, status=S.SUBMITTED, project_title="Thin as well")
    actions.propose_refusal(before, by=rita, reason="INCOMPLETE", comment="Thin.")
    actions.confirm_refusal(before, by=oscars_desk.user)
    application = make_application(paula, status=S.REFUSAL_PROPOSED, reviewer=rita)

    found = oscars_desk.get("precedents", application).context["precedents"]

    assert [each.title for each in found.of_reason] == ["Thin as well"]


def test_a_file_leads_to_its_neighbours_in_the_list_one_came_from(desk, paula, olga, carl):
    first, second, third = (
        make_application(each, status=S.SUBMITTED, project_title=each.name)
        for each in (paula, olga, carl)
    )
    type(first).objects.filter(pk=second.pk).update(colour="RED")
    type(first).objects.exclude(pk=second.pk).update(colour="GREEN")

    assert desk.get("previous_file", second).url == url("application", first)
    assert desk.get("next_file", second).url == url("application", third)
    narrowed = desk.get("next_file", first, colour="GREEN")
    assert narrowed.url == url("application", third) + "?colour=GREEN"
    assert desk.get("next_file", third).url == reverse("staff:applications")
    assert desk.get("next_file", first, who="garbage", programme="x").status_code == 302
