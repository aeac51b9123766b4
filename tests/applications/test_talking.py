"""Conversations about an application: who writes, who reads, who is told."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import Role
from applications import actions
from applications.conversations import (
    count_unread,
    open_to_staff,
    read_threads,
    threads_of,
    waiting_for_staff,
)
from applications.diffing import Piece, words_diff
from lib.errors import NotAllowed, Refused
from outbox.models import Message
from reviews.actions import mark_read
from reviews.models import Review, Thread
from tests.factories.applications import S, fill_in, make_application, make_draft
from tests.factories.people import make_user

NAUGHTY = "<script>alert(1)</script> \u202e ' OR 1=1 -- {{ 7*7 }} 𝒵 ﷽ 👩‍👩‍👧"


@pytest.fixture
def application(paula):
    return make_application(paula, status=S.SUBMITTED)


def mails(kind):
    return list(Message.objects.filter(kind=f"application.{kind}"))


def note(application, by, body="Thin.", visibility="STAFF", **about):
    return actions.start_thread(application, by=by, body=body, visibility=visibility, **about)


def is_readable(thread, application, user):
    return threads_of(application, user).filter(pk=thread.pk).exists()


@pytest.mark.parametrize(
    "status", [S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.DECLINED, S.APPROVED, S.WITHDRAWN]
)
def test_the_applicant_asks_in_any_state(paula, rita, status):
    application = make_application(paula, status=status)

    thread = actions.ask_question(application, by=paula, body="How long will it take?")

    assert thread in waiting_for_staff(rita) or status == S.WITHDRAWN
    assert is_readable(thread, application, rita)


def test_staff_read_of_a_draft_nothing_before_its_applicant_asks(paula, rita, olga):
    draft = make_draft(paula)
    assert not open_to_staff(rita).filter(pk=draft.pk).exists()

    actions.ask_question(draft, by=paula, body="Do I qualify?")

    assert open_to_staff(rita).filter(pk=draft.pk).exists()
    assert not open_to_staff(olga).exists()


def test_a_private_note_is_not_for_the_applicant(application, paula, rita, oscar):
    thread = note(application, rita)

    assert is_readable(thread, application, oscar)
    assert not is_readable(thread, application, paula)
    with pytest.raises(NotAllowed):
        actions.answer_thread(application, thread, by=paula, body="I can see this.")


def test_who_was_asked_from_outside_reads_public_threads_and_their_own(application, rita):
    outside = make_user("xenia@outside.test")
    row = Review(reviewer=outside, is_external=True)
    row.name_subject(application)
    row.save()

    private, public = note(application, rita), note(application, rita, visibility="APPLICANT")
    own = note(application, outside)

    seen = set(threads_of(application, outside))
    assert seen == {public, own}
    assert private not in seen


def test_nobody_else_writes(application, olga, rita):
    thread = note(application, rita, visibility="APPLICANT")

    with pytest.raises(NotAllowed):
        actions.answer_thread(application, thread, by=olga, body="Hello.")
    with pytest.raises(NotAllowed):
        note(application, olga)
    with pytest.raises(NotAllowed):
        actions.ask_question(application, by=olga, body="Hello.")


def test_a_reviewer_with_a_tie_neither_reads_nor_writes(application, rita):
    thread = note(application, rita, visibility="APPLICANT")
    actions.declare_tie_to_file(application, by=rita, sentence="My sister.")

    assert not open_to_staff(rita).filter(pk=application.pk).exists()
    assert thread not in waiting_for_staff(rita)
    with pytest.raises(NotAllowed):
        actions.answer_thread(application, thread, by=rita, body="Hello.")


@pytest.mark.parametrize("body", ["", "  \n", "a" * 5001])
def test_a_message_without_words_or_with_too_many_is_refused(application, paula, body):
    with pytest.raises(Refused, match="Write"):
        actions.ask_question(application, by=paula, body=body)

    assert not Thread.objects.exists()


def test_a_thread_about_an_unknown_question_is_refused(application, paula):
    with pytest.raises(Refused, match="not in the form"):
        actions.ask_question(application, by=paula, body="Why?", question_key="no-such")


def test_a_thread_of_another_application_is_not_written_to(application, rita, olga):
    other = note(make_application(olga, status=S.SUBMITTED), rita)

    with pytest.raises(NotAllowed):
        actions.answer_thread(application, other, by=rita, body="Hello.")


def test_the_applicant_never_reads_who_of_the_staff_wrote(application, paula, rita):
    note(application, rita, visibility="APPLICANT")

    (thread,) = read_threads(application, paula)

    assert [each.author for each in thread.messages] == ["The reviewers"]


def test_staff_resolve_and_reopen_and_an_answer_opens_it_again(application, paula, rita):
    thread = actions.ask_question(application, by=paula, body="How long?")
    actions.resolve_thread(application, thread, by=rita)
    assert read_threads(application, rita)[0].is_resolved
    with pytest.raises(NotAllowed, match="reviewers say"):
        actions.reopen_thread(application, thread, by=paula)

    actions.answer_thread(application, thread, by=paula, body="And the fees?")

    assert not read_threads(application, rita)[0].is_resolved
    actions.resolve_thread(application, thread, by=rita)
    actions.reopen_thread(application, thread, by=rita)
    assert not read_threads(application, rita)[0].is_resolved


def test_what_the_other_side_wrote_is_new_until_it_is_read(application, paula, rita):
    thread = note(application, rita, visibility="APPLICANT")
    assert count_unread(application, paula) == 1
    assert count_unread(application, rita) == 0

    mark_read([thread], by=paula)
    assert count_unread(application, paula) == 0

    actions.answer_thread(application, thread, by=paula, body="Yes.")
    assert count_unread(application, rita) == 1


def test_a_burst_of_messages_is_told_by_one_mail(application, paula, rita, oscar):
    thread = note(application, rita, visibility="APPLICANT")
    actions.answer_thread(application, thread, by=rita, body="One more thing.")
    note(application, rita, visibility="APPLICANT")
    assert len(mails("message_to_applicant")) == 1

    actions.answer_thread(application, thread, by=paula, body="Here it is.")
    actions.answer_thread(application, thread, by=rita, body="Thank you.")

    assert len(mails("message_to_staff")) == 1
    assert len(mails("message_to_applicant")) == 2


def test_a_later_message_is_told_again(application, rita, move_clock):
    note(application, rita, visibility="APPLICANT")
    move_clock(dt.timedelta(hours=2))

    note(application, rita, visibility="APPLICANT")

    assert len(mails("message_to_applicant")) == 2


def test_a_private_note_tells_nobody(application, rita):
    before = Message.objects.count()

    note(application, rita)

    assert Message.objects.count() == before


def test_a_question_is_told_to_who_leads_the_file_else_to_the_operators(paula, rita, oscar):
    led = make_application(paula, status=S.SUBMITTED)
    actions.ask_question(led, by=paula, body="How long?")
    assert [each.to for each in mails("message_to_staff")] == [led.owner.email]

    draft = make_draft(make_user("ann@uva.nl"))
    actions.ask_question(draft, by=draft.applicant, body="Do I qualify?")

    assert oscar.email in {each.to for each in mails("message_to_staff")}


def ask_for_a_change(application, by):
    questions = {"summary": "Name the parties."}
    actions.request_changes(application, by=by, comment="See below.", questions=questions)
    return Thread.objects.get(asks_for_change=True)


def test_a_change_is_asked_for_at_its_question_and_shown_with_what_came_of_it(
    application, paula, rita
):
    thread = ask_for_a_change(application, rita)
    (read,) = read_threads(application, paula)
    assert (read.row, read.title, read.has_changes) == (thread, read.title, False)

    fill_in(application, {"summary": "We study how five parties reach voters."})
    actions.submit_application(application, by=paula)

    (read,) = read_threads(application, rita)
    assert Piece(" five", is_new=True) in read.changes
    assert "".join(each.text for each in read.changes if not each.is_new) == (
        "We study how parties reach voters."
    )


def test_asking_for_changes_at_an_unknown_question_changes_nothing(application, rita):
    with pytest.raises(Refused, match="not in the form"):
        actions.request_changes(
            application, by=rita, comment="See below.", questions={"no-such": "Why?"}
        )

    application.refresh_from_db()
    assert application.status == S.SUBMITTED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("one two", "one two"),
        ("one two three", "one 2 three four"),
        ("", "new"),
        ("old", ""),
        ("a\nb", "a\n\nb"),
        ("naïve 東京 👩‍👩‍👧", "naive 東京都 👩‍👩‍👦"),
        ("word " * 7000, "word " * 6999 + "other"),
    ],
)
def test_the_pieces_of_a_difference_make_both_texts(before, after):
    pieces = words_diff(before, after)

    assert "".join(each.text for each in pieces if not each.is_new) == before
    assert "".join(each.text for each in pieces if not each.is_old) == after
    assert all(each.is_kept for each in pieces) is (before == after)


def page(client, user, name, *ids, **given):
    client.force_login(user)
    url = reverse(name, args=[str(each) for each in ids])
    return client.post(url, given, follow=True) if given else client.get(url)


def test_the_applicant_asks_and_reads_the_answer_on_a_page(client, application, paula, rita):
    page(client, paula, "applications:ask", application.pk, body=NAUGHTY, question_key="summary")
    thread = Thread.objects.get()
    page(client, rita, "staff:answer_thread", application.pk, thread.pk, body="Four weeks.")

    text = page(client, paula, "applications:threads", application.pk).content.decode()

    assert "Four weeks." in text
    assert "Rita" not in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \u202e" in text
    assert thread.messages.first().body == NAUGHTY


def test_what_was_typed_comes_back_with_the_sentence(client, application, paula, rita):
    thread = note(application, rita, visibility="APPLICANT")
    long = "word " * 1001

    asked = page(client, paula, "applications:ask", application.pk, body=long, question_key="")
    answered = page(
        client, paula, "applications:answer", application.pk, thread.pk, body=long + "\x00"
    )

    for answer in (asked, answered):
        assert answer.status_code == 200
        assert "word word" in answer.content.decode()
    assert Thread.objects.count() == 1


def test_a_foreign_or_private_thread_looks_as_if_it_were_not_there(
    client, application, paula, rita, olga
):
    private = note(application, rita)

    assert (
        page(client, paula, "applications:answer", application.pk, private.pk, body="x").status_code
        == 404
    )
    assert page(client, olga, "applications:threads", application.pk).status_code == 404


def test_opening_the_page_marks_as_read(client, application, paula, rita):
    note(application, rita, visibility="APPLICANT")
    detail = page(client, paula, "applications:detail", application.pk).content.decode()
    assert ">New<" in " ".join(detail.split()).replace("> New <", ">New<")

    page(client, paula, "applications:threads", application.pk)

    assert count_unread(application, paula) == 0


def test_reading_threads_costs_the_same_for_one_and_for_many(
    application, paula, rita, django_assert_num_queries
):
    for number in range(8):
        note(application, rita, visibility="APPLICANT", body=f"Note {number}")
    read_threads(application, rita)

    with django_assert_num_queries(2):
        assert len(read_threads(application, rita)) == 8


def test_reviewers_of_the_house_are_not_outsiders(application):
    nina = make_user("nina@carrel.test", role=Role.REVIEWER)

    assert open_to_staff(nina).filter(pk=application.pk).exists()
