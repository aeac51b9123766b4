"""The desk's pages about ties and conversations."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.roles import Role
from applications import actions
from organizations.models import Membership
from reviews.models import Conflict, Declaration, Thread
from tests.factories.applications import S, institution_named, make_application, make_draft
from tests.factories.files import ask_for_files, attach, pdf  # noqa: F401
from tests.factories.organizations import make_organization, make_proposed
from tests.factories.people import make_user
from tests.staff.conftest import text, url


@pytest.fixture
def application(paula):
    return make_application(paula, status=S.SUBMITTED)


def become_tied(person):
    """A tie that no sweep has seen yet."""
    EmailAddress.objects.create(user=person, email=f"{person.pk.hex}@uva.nl", verified=True)


def post(desk, name, *ids, **given):
    desk.client.force_login(desk.user)
    return desk.client.post(reverse(f"staff:{name}", args=ids), given, follow=True)


def bare(page):
    """The page without the token that Django masks anew for each answer."""
    return re.sub(r'"[A-Za-z0-9]{64}"', "", text(page))


def get(desk, name, *ids, **query):
    desk.client.force_login(desk.user)
    return desk.client.get(reverse(f"staff:{name}", args=ids), query)


def test_a_tie_of_a_minute_ago_closes_the_file_as_if_it_were_not_there(desk, application):
    """The control is the same page before the tie."""
    assert desk.get("application", application).status_code == 200
    become_tied(desk.user)

    closed = desk.get("application", application)

    assert closed.status_code == 404
    assert Conflict.objects.filter(person=desk.user).exists()
    assert application.title not in text(desk.queue())


@pytest.mark.parametrize("name", ["application", "history", "talk"])
def test_what_a_tie_closes_answers_like_what_does_not_exist(desk, application, name):
    become_tied(desk.user)
    draft = make_draft(make_user("ann@uva.nl"))

    tied, absent = desk.get(name, application), desk.get(name, draft)

    assert tied.status_code == absent.status_code == 404
    assert bare(tied) == bare(absent)


def test_documents_and_files_are_closed_as_well(desk, paula, ask_for_files):  # noqa: F811
    """The controls are the same addresses before the tie."""
    application = make_draft(paula)
    attachment = attach(application, "letter.pdf", pdf())
    actions.submit_application(application, by=paula)
    pages = [
        attachment.get_absolute_url(),
        reverse("applications:document", args=[application.pk, "json"]),
    ]
    for page in pages:
        answer = desk.client.get(page)
        assert answer.status_code == 200
        # Reading to the end closes the file.
        b"".join(answer.streaming_content if answer.streaming else [])
    for page in pages:
        Conflict.objects.all().delete()
        EmailAddress.objects.filter(user=desk.user, email__endswith="uva.nl").delete()
        become_tied(desk.user)
        assert desk.client.get(page).status_code == 404


@pytest.mark.parametrize("name", ["pass_screening", "open_thread", "declare_tie"])
def test_acts_are_closed_as_well(desk, application, name):
    become_tied(desk.user)

    assert desk.client.post(url(name, application), {}).status_code == 404


def test_the_count_on_the_first_page_leaves_out_what_is_closed(desk, application):
    home = reverse("home")
    before = desk.client.get(home).context["applications_waiting"]
    actions.declare_tie_to_file(application, by=desk.user, sentence="My sister.")

    assert (before, desk.client.get(home).context["applications_waiting"]) == (1, 0)


def test_a_person_proposed_for_the_reviewers_own_institution_is_closed(desk, paula, carl):
    membership = make_proposed(make_organization(paula), carl)
    assert carl.name in text(get(desk, "collaborators"))
    become_tied(desk.user)

    assert carl.name not in text(get(desk, "collaborators"))
    assert get(desk, "collaborator", membership.pk).status_code == 404
    assert not Membership.objects.reviewable_by(desk.user).exists()


def test_an_open_file_is_closed_in_one_step(desk, application):
    answer = post(desk, "declare_tie", application.pk, sentence="We were married.")

    assert "closed to you now" in text(answer)
    assert "We were married." in text(answer)
    assert application.title not in text(answer)
    assert desk.get("application", application).status_code == 404


def test_a_tie_without_words_closes_nothing(desk, application):
    answer = post(desk, "declare_tie", application.pk, sentence=" ")

    assert answer.status_code == 409
    assert not Declaration.objects.exists()


def test_a_reviewer_declares_a_person_or_an_institution_found_by_search(desk, application):
    page = text(get(desk, "ties", institution="amsterdam"))
    amsterdam = institution_named("University of Amsterdam")
    assert f'value="{amsterdam.pk}"' in page

    wrong = post(desk, "ties", email="", sentence="I teach there.")
    assert "Name either a person or an institution." in text(wrong)
    post(desk, "ties", institution=str(amsterdam.pk), sentence="I teach there.")

    assert desk.get("application", application).status_code == 404
    assert "I teach there." in text(get(desk, "ties"))


def test_a_contested_tie_is_decided_by_an_operator(desk, oscars_desk, paula):
    application = make_application(paula, status=S.SUBMITTED, publications="R. Reyes (2025).")
    conflict = Conflict.objects.get(person=desk.user)
    post(desk, "tie_contest", conflict.pk, words="<b>Another</b> Reyes.")

    page = text(get(oscars_desk, "conflicts"))
    assert "&lt;b&gt;Another&lt;/b&gt; Reyes." in page
    post(oscars_desk, "conflict_lift", conflict.pk, words="Checked: another person.")

    assert desk.get("application", application).status_code == 200


def test_an_operator_decides_nothing_about_files_closed_to_them(desk, oscars_desk, paula):
    make_application(paula, status=S.SUBMITTED, publications="R. Reyes, O. Ohm (2025).")
    conflict = Conflict.objects.get(person=desk.user)

    assert "Rita Reyes" not in text(get(oscars_desk, "conflicts"))
    assert post(oscars_desk, "conflict_lift", conflict.pk, words="Fine.").status_code == 404


def test_a_declaration_is_taken_back_with_an_operators_consent(desk, oscars_desk, application):
    actions.declare_tie(by=desk.user, email="paula@uva.nl", sentence="My sister.")
    declaration = Declaration.objects.get()
    post(desk, "tie_back", declaration.pk)

    assert "My sister." in text(get(oscars_desk, "conflicts"))
    post(oscars_desk, "declaration_end", declaration.pk)

    assert desk.get("application", application).status_code == 200


def test_staff_write_a_note_and_resolve_it_in_the_file(desk, application):
    post(desk, "open_thread", application.pk, body="Thin <i>", visibility="STAFF", question_key="")
    thread = Thread.objects.get()

    page = text(desk.get("application", application))
    assert "Thin &lt;i&gt;" in page
    assert "the applicant may obtain it" in page
    post(desk, "resolve_thread", application.pk, thread.pk)

    assert "Thin &lt;i&gt;" not in text(desk.get("application", application))
    assert "Thin &lt;i&gt;" in text(desk.get("talk", application))


def test_changes_are_asked_for_at_single_questions(desk, application):
    desk.act(
        "request_changes",
        application,
        comment="Two things.",
        question_1="summary",
        change_1="Name the parties.",
        question_2="summary",
        change_2="And the years.",
    )

    thread = Thread.objects.get()
    assert (thread.question_key, thread.asks_for_change) == ("summary", True)
    assert thread.messages.get().body == "Name the parties.\n\nAnd the years."


def test_half_of_a_request_at_a_question_is_asked_for(desk, application):
    answer = desk.act(
        "request_changes", application, comment="x", question_1="summary", change_2="Why?"
    )

    assert "Say what should change there." in text(answer)
    assert "Choose the question that this is about." in text(answer)
    assert not Thread.objects.exists()


def test_questions_that_wait_are_listed_and_a_draft_shows_nothing_but_them(desk, paula):
    draft = make_draft(paula)
    actions.ask_question(draft, by=paula, body="Do I qualify?")

    assert str(draft) in text(get(desk, "questions"))
    page = text(desk.get("talk", draft))
    assert "Do I qualify?" in page
    assert "We study how parties reach voters." not in page
    assert desk.get("application", draft).status_code == 404


def test_the_file_takes_at_most_twenty_queries_with_threads(
    desk, application, django_assert_max_num_queries
):
    for number in range(5):
        actions.start_thread(
            application, by=desk.user, body=f"Note {number}", visibility="APPLICANT"
        )
    make_user("nina@carrel.test", role=Role.REVIEWER)
    desk.get("application", application)

    with django_assert_max_num_queries(20):
        desk.client.get(url("application", application))
