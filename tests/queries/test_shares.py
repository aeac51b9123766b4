"""Linked labs share one query or one result: visibly, within both scopes, until either ends it."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from audit.status import change_status
from lib.errors import NotAllowed, Refused
from organizations.actions import end_link, link_labs, remove_membership
from outbox.models import Message
from programmes.models import Programme
from queries import actions
from queries.models import Query, Share
from tests.factories.organizations import change_scope, make_member, make_organization
from tests.factories.people import make_user
from tests.factories.queries import make_query, make_run, take_turns


@pytest.fixture
def dana(db):
    """Who leads the lab of the other university."""
    return make_user("dana@ethz.ch", name="Dana Dorn")


@pytest.fixture
def danas_lab(dana):
    return make_organization(dana, name="Dorn Lab")


@pytest.fixture
def link(lab, danas_lab, rita):
    return link_labs(lab, danas_lab, by=rita)


@pytest.fixture
def run(lab, paula):
    return take_turns(make_run(lab, paula, keyword="cheese", region_code="FR"))


@pytest.fixture
def shared_query(link, run, paula):
    return actions.share_query(run.query, link=link, by=paula)


@pytest.fixture
def shared_result(link, run, paula):
    return actions.share_result(run.result, link=link, by=paula)


def ask(person, method, name, *ids):
    browser = Client()
    if person is not None:
        browser.force_login(person)
    return getattr(browser, method)(reverse(f"queries:{name}", args=ids), follow=method == "post")


def download(person, lab, share, kind="json-lines"):
    """The answer; the lines of a file are read from it, which closes the file."""
    answer = ask(person, "get", "download_shared", lab.pk, share.pk, kind)
    answer.lines = b"".join(answer.streaming_content).splitlines() if answer.streaming else []
    return answer


def events(lab, *names):
    found = Entry.objects.filter(organization_id=lab.pk, event__in=names).order_by("id")
    return [entry.event for entry in found]


def test_the_other_lab_downloads_a_shared_result_and_both_logs_say_so(
    lab, danas_lab, dana, shared_result
):
    answer = download(dana, danas_lab, shared_result)

    assert len(answer.lines) == 40
    for one in (lab, danas_lab):
        assert events(one, "share.made", "result.downloaded") == ["share.made", "result.downloaded"]
        entry = Entry.objects.get(organization_id=one.pk, event="result.downloaded")
        assert entry.actor_id == dana.pk
        assert entry.details == {"file": "json-lines", "share": str(shared_result.pk)}


def test_every_member_of_the_other_lab_may_and_nobody_else(
    lab, danas_lab, carl, olga, paula, shared_result
):
    make_member(danas_lab, carl)

    assert download(carl, danas_lab, shared_result, "csv").status_code == 200
    assert download(carl, danas_lab, shared_result, "manifest").status_code == 200
    assert download(carl, danas_lab, shared_result, "sql").status_code == 404
    assert download(olga, danas_lab, shared_result).status_code == 404
    assert download(paula, lab, shared_result).status_code == 403


def test_a_share_of_other_labs_looks_like_none(shared_result, olga, dana, danas_lab):
    foreign = make_organization(olga, name="Olga's lab")

    for method, name in [("get", "shared"), ("post", "copy_shared"), ("post", "revoke_share")]:
        real = ask(olga, method, name, foreign.pk, shared_result.pk)
        none = ask(olga, method, name, foreign.pk, uuid.uuid4())
        assert real.status_code == none.status_code == 404

    assert ask(dana, "get", "shared", danas_lab.pk, uuid.uuid4()).status_code == 404


def test_a_query_alone_is_read_and_copied_but_its_results_stay(lab, danas_lab, dana, shared_query):
    page = ask(dana, "get", "shared", danas_lab.pk, shared_query.pk).text
    answer = ask(dana, "post", "copy_shared", danas_lab.pk, shared_query.pk)

    assert "cheese" in page
    assert "Download" not in page
    assert "runs on its quota" in answer.text
    copy = Query.objects.get(organization=danas_lab)
    assert copy.definition == shared_query.query.definition
    assert (copy.status, copy.membership.user) == ("DRAFT", dana)
    assert events(lab, "share.copied") == events(danas_lab, "share.copied") == ["share.copied"]
    assert download(dana, danas_lab, shared_query).status_code == 409


def test_a_copy_runs_on_the_quota_of_the_lab_that_made_it(danas_lab, dana, shared_query):
    copy = actions.copy_shared_query(shared_query, by=dana)

    run = take_turns(actions.submit_query(copy, by=dana).runs.get())

    assert run.record_count == 40
    assert danas_lab.quota_days.get().requests_used == 1


def test_the_other_principal_is_told_with_a_link_of_their_own(dana, danas_lab, shared_result):
    letter = Message.objects.get(kind="share_made")

    assert letter.to == dana.email
    assert reverse("queries:shared", args=[danas_lab.pk, shared_result.pk]) in letter.body
    assert "may download its result" in letter.body


@pytest.mark.parametrize("who", ["paula@uva.nl", "dana@ethz.ch"])
def test_either_principal_ends_a_share_and_the_next_request_is_refused(
    lab, danas_lab, dana, shared_result, who, django_user_model
):
    person = django_user_model.objects.get(email=who)
    their_lab = lab if who == "paula@uva.nl" else danas_lab
    assert download(dana, danas_lab, shared_result).status_code == 200

    answer = ask(person, "post", "revoke_share", their_lab.pk, shared_result.pk)

    assert "is not shared any more" in answer.text
    refused = download(dana, danas_lab, shared_result)
    assert refused.status_code == 403
    assert "This was shared with your lab and is not any more." in refused.text
    assert ask(dana, "get", "shared", danas_lab.pk, shared_result.pk).status_code == 403
    with pytest.raises(NotAllowed):
        actions.copy_shared_query(Share.objects.get(), by=dana)
    assert events(danas_lab, "share.revoked") == events(lab, "share.revoked") == ["share.revoked"]
    assert "Not shared any more" in ask(dana, "get", "sharing", danas_lab.pk).text


def test_a_share_is_ended_once_and_by_no_collaborator(shared_result, paula, lab, carl):
    make_member(lab, carl)
    with pytest.raises(NotAllowed, match="Only the principal researcher of one"):
        actions.revoke_share(shared_result, by=carl)

    actions.revoke_share(shared_result, by=paula)

    with pytest.raises(Refused, match="ended before"):
        actions.revoke_share(shared_result, by=paula)


def test_what_was_ended_can_be_shared_again(shared_result, run, link, paula, dana, danas_lab):
    with pytest.raises(Refused, match="shared with that lab already"):
        actions.share_result(run.result, link=link, by=paula)
    actions.revoke_share(shared_result, by=paula)

    again = actions.share_result(run.result, link=link, by=paula)

    assert download(dana, danas_lab, again).status_code == 200
    assert download(dana, danas_lab, shared_result).status_code == 403


def test_a_share_ends_with_the_link(shared_result, link, dana, danas_lab):
    end_link(link, by=dana)

    assert download(dana, danas_lab, shared_result).status_code == 403
    assert not Share.objects.live().exists()


@pytest.mark.parametrize("whose", ["lab", "danas_lab"])
def test_a_share_rests_with_the_access_of_either_lab(
    shared_result, oscar, dana, danas_lab, request, whose
):
    rests = request.getfixturevalue(whose)
    change_status(rests, "SUSPENDED", by=oscar)

    refused = download(dana, danas_lab, shared_result)

    assert refused.status_code == 403
    assert "is suspended. Nothing can be shared now." in refused.text
    assert not Share.objects.live().exists()


def test_who_left_the_lab_reads_nothing_of_it(shared_result, danas_lab, carl):
    seat = make_member(danas_lab, carl)
    assert download(carl, danas_lab, shared_result).status_code == 200

    remove_membership(seat, by=carl)

    assert download(carl, danas_lab, shared_result).status_code == 404


@pytest.mark.parametrize("whose", ["lab", "danas_lab"])
@pytest.mark.parametrize(
    "scope",
    [
        {"regions": ["NL"]},
        {"fields": {"videos": ["id", "region_code"]}},
        {"last_day": "2024-01-30"},
        {"first_day": "2024-01-02"},
        {"tables": ["users"]},
    ],
)
def test_only_what_both_scopes_hold_is_shared(link, run, paula, scope, whose, request):
    change_scope(request.getfixturevalue(whose), scope)
    link.refresh_from_db()

    with pytest.raises(NotAllowed, match="Both labs must be approved for all that they share"):
        actions.share_result(run.result, link=link, by=paula)

    assert not Share.objects.exists()


def test_a_scope_that_is_narrowed_afterwards_ends_the_reading(shared_result, dana, danas_lab):
    change_scope(danas_lab, {"regions": ["NL"]})

    refused = download(dana, danas_lab, shared_result)

    assert refused.status_code == 403
    assert "not approved for the region FR" in refused.text


def test_the_programme_may_not_let_labs_share(shared_result, run, link, paula, dana, danas_lab):
    Programme.objects.update(linked_labs_may_share=False)

    assert download(dana, danas_lab, shared_result).status_code == 403
    assert "does not let linked labs share" in ask(dana, "get", "sharing", danas_lab.pk).text
    link = type(link).objects.get()
    with pytest.raises(NotAllowed, match="does not let linked labs share"):
        actions.share_query(run.query, link=link, by=paula)


def test_labs_with_different_data_share_nothing(lab, run, paula, rita, olga):
    Programme.objects.update(corpus="main")
    other = make_organization(olga, corpus="other")
    link = link_labs(lab, other, by=rita)

    with pytest.raises(NotAllowed, match="access to different data"):
        actions.share_query(run.query, link=link, by=paula)


def test_only_the_principal_shares_and_only_through_a_live_link_of_the_lab(
    lab, link, run, carl, paula, dana, rita, olga
):
    make_member(lab, carl)
    for person in (carl, dana, rita):
        with pytest.raises(NotAllowed, match="Only the principal researcher of this lab"):
            actions.share_query(run.query, link=link, by=person)
    foreign = link_labs(make_organization(olga), make_organization(carl), by=rita)
    with pytest.raises(Refused, match="not linked with that lab"):
        actions.share_query(run.query, link=foreign, by=paula)

    end_link(link, by=paula)

    with pytest.raises(Refused, match="or not any more"):
        actions.share_query(run.query, link=link, by=paula)


def test_a_draft_is_not_shared(lab, link, paula):
    draft = make_query(lab, paula, submit=False)

    with pytest.raises(Refused, match="Only an approved query"):
        actions.share_query(draft, link=link, by=paula)


def test_the_database_shares_either_a_query_or_a_result(shared_query, run):
    with pytest.raises(IntegrityError, match="share_of_a_query_or_a_result"), transaction.atomic():
        Share.objects.filter(pk=shared_query.pk).update(result=run.result)
    with pytest.raises(IntegrityError, match="share_revoked_at_by"), transaction.atomic():
        Share.objects.filter(pk=shared_query.pk).update(revoked_by=shared_query.made_by)


def test_the_principal_shares_from_the_pages_of_the_query_and_of_the_run(
    lab, link, run, paula, client
):
    client.force_login(paula)
    for name, row, action in [
        ("query", run.query, "share_query"),
        ("run", run, "share_result"),
    ]:
        page = client.get(reverse(f"queries:{name}", args=[lab.pk, row.pk])).text
        address = reverse(f"queries:{action}", args=[lab.pk, row.pk])
        assert "Share with a linked lab" in page
        assert address in page

        answer = client.post(address, {"link": str(link.pk)}, follow=True)

        assert "Shared with Dorn Lab." in answer.text
    assert Share.objects.live().count() == 2


def test_nothing_is_shared_before_a_lab_is_chosen(lab, link, run, paula, client):
    client.force_login(paula)
    address = reverse("queries:share_result", args=[lab.pk, run.pk])

    assert "Choose the lab" in client.post(address, {"link": "x"}, follow=True).text
    assert client.post(address, {"link": str(uuid.uuid4())}).status_code == 404
    assert not Share.objects.exists()


def test_both_labs_read_the_same_list_and_labs_without_a_link_have_no_tab(
    lab, danas_lab, paula, dana, olga, shared_query, shared_result
):
    given = ask(paula, "get", "sharing", lab.pk).text
    received = ask(dana, "get", "sharing", danas_lab.pk).text

    assert given.count("to Dorn Lab") == received.count("from Bread lab") == 2
    assert "End this link" in given
    assert "End this link" in received
    alone = make_organization(olga)
    browser = Client()
    browser.force_login(olga)
    assert "/sharing/" not in browser.get(reverse("lab", args=[alone.pk])).text


def test_the_link_is_ended_from_the_list(lab, danas_lab, link, dana, shared_result, client):
    client.force_login(dana)

    answer = client.post(
        reverse("organizations:end_link", args=[danas_lab.pk, link.pk]), follow=True
    )

    assert "The link with Bread lab has ended" in answer.text
    assert "Not shared any more" in answer.text


def test_staff_who_look_at_a_share_are_on_record_and_get_no_file(shared_result, lab, rita):
    page = ask(rita, "get", "shared", lab.pk, shared_result.pk)

    assert page.status_code == 200
    assert "Download CSV" not in page.text
    assert download(rita, lab, shared_result).status_code == 403
    assert "share.viewed" in events(lab, "share.viewed")


def test_members_of_the_giving_lab_see_what_was_shared_and_who_may_end_it(
    shared_result, lab, carl, paula
):
    make_member(lab, carl)

    assert "End this share" in ask(paula, "get", "shared", lab.pk, shared_result.pk).text
    page = ask(carl, "get", "shared", lab.pk, shared_result.pk).text
    assert "Shared by Paula Prins of Bread lab" in page
    assert "End this share" not in page
