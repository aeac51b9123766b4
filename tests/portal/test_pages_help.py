"""Questions and answers: the policy of the installation, each at an address of its own."""

from portal.questions import QUESTIONS
from programmes.models import Programme


def test_every_question_has_an_anchor_of_its_own(client, db):
    page = client.get("/help/").content.decode()

    anchors = [question.anchor for question in QUESTIONS]
    assert len(set(anchors)) == len(anchors) == 12
    for question in QUESTIONS:
        assert page.count(f'id="{question.anchor}"') == 1
        assert page.count(f'href="#{question.anchor}"') == 1
        assert str(question.question) in page


def test_the_answers_name_the_values_of_the_policy(client, db):
    Programme.objects.update(
        review_target_days=17,
        collaborators_limit=3,
        research_requests_limit=4_321,
        research_records_limit=432_100,
        country_codes=["NL", "CH"],
    )

    page = client.get("/help/").content.decode()

    assert "within 17 days" in page
    assert "up to 3 collaborators" in page
    assert "shares 4,321 requests a day" in page
    assert "432,100 records a day" in page
    assert "2 countries and territories" in page
    assert "Netherlands" in page
    assert "France" not in page


def test_the_answers_promise_only_what_is_served(client, db):
    page = " ".join(client.get("/help/").content.decode().split())

    assert "cannot be queried in this installation" in page
    assert "followed accounts" not in page


def test_the_answer_who_qualifies_lists_the_criteria(client, db):
    page = client.get("/help/").content.decode()

    for criterion in Programme.objects.default().criteria.all():
        assert f"<li>{criterion.text('title')}</li>" in page.replace("\n", "")
