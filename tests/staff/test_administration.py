"""Django's own administration: operators read rows there, and nothing is written."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from applications import actions
from applications.models import Application
from organizations.models import Organization
from reviews.models import AboutSubject, Review
from staff.administration import paths_to_files
from tests.factories.applications import S, begin_reviews, list_collaborator, make_application
from tests.factories.organizations import make_member, make_organization

LABELS = ("applications", "reviews", "organizations")
MODELS = [model for label in LABELS for model in apps.get_app_config(label).get_models()]


def names(model):
    return model._meta.label_lower


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def rows(model, user):
    return admin.site.get_model_admin(model).get_queryset(request_of(user))


def test_exactly_the_models_of_three_apps_are_there():
    assert set(admin.site._registry) == set(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=names)
def test_nobody_may_write_any_model(model, oscar):
    page, request = admin.site.get_model_admin(model), request_of(oscar)

    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
    assert page.get_actions(request) == {}


@pytest.fixture
def some_rows(paula, carl, rita):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    actions.start_thread(application, by=rita, body="Thin.", visibility="STAFF")
    actions.declare_tie(by=rita, email="kin@example.org", sentence="Kin.")
    make_member(make_organization(paula), carl)
    return application


def test_no_request_writes_around_the_one_door(client, oscar, some_rows):
    client.force_login(oscar)
    for model in MODELS:
        row = rows(model, oscar).first()
        before = list(model._base_manager.values())
        wanted = {"status": "APPROVED", "_save": "Save", "post": "yes"}
        assert client.get(address(model, "changelist")).status_code == 200
        pages = [address(model, "add"), address(model, "changelist")]
        if row is not None:
            assert client.get(address(model, "change", row.pk)).status_code == 200
            pages += [address(model, "change", row.pk), address(model, "delete", row.pk)]
        for page in pages:
            client.post(page, {**wanted, "action": "delete_selected", "_selected_action": "1"})
        assert list(model._base_manager.values()) == before, model


def test_only_operators_find_it_and_signing_in_is_the_portals(client, oscar, rita, paula):
    asked = client.get("/admin/", follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_login"))
    for user, expected in ((paula, 404), (rita, 404), (oscar, 200)):
        client.force_login(user)
        for page in ("/admin/", "/admin/applications/application/"):
            assert client.get(page).status_code == expected
    for page in ("/admin/password_change/", "/admin/logout/"):
        assert client.get(page).url.startswith("/accounts/")


def test_its_pages_need_nothing_that_the_policy_of_the_site_forbids(client, oscar, some_rows):
    client.force_login(oscar)

    for page in ("/admin/", address(Application, "change", some_rows.pk)):
        answer = client.get(page)
        text = answer.content.decode()
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def belongs(model):
    """Whether rows of it hang on a file."""
    return bool(list(paths_to_files(model)))


def test_a_file_closed_to_the_operator_is_closed_here_with_all_that_hangs_on_it(
    client, oscar, some_rows
):
    hanging = [model for model in MODELS if belongs(model)]
    before = {model for model in hanging if rows(model, oscar).exists()}
    assert {Application, Organization} <= before
    row = rows(Application, oscar).get(pk=some_rows.pk)

    actions.declare_tie_to_file(some_rows, by=oscar, sentence="My sister.")

    for model in hanging:
        if model is Application or any(f.name == "application" for f in model._meta.fields):
            assert not rows(model, oscar).exists(), model
        elif issubclass(model, AboutSubject):
            assert not rows(model, oscar).filter(subject_id=some_rows.pk).exists(), model
    client.force_login(oscar)
    closed = client.get(address(Application, "change", row.pk))
    absent = client.get(address(Application, "change", Review().pk))
    assert (closed.status_code, closed.url) == (absent.status_code, absent.url) == (302, "/admin/")


def test_the_operators_own_application_and_its_people_are_closed(oscar):
    own = make_application(oscar, status=S.CHANGES_REQUESTED)
    person = list_collaborator(own, "new@uva.nl")

    assert not rows(Application, oscar).filter(pk=own.pk).exists()
    assert not rows(type(person), oscar).exists()


def test_reviews_under_way_stay_blind(oscar, rita, paula, olga):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    assert not rows(Review, oscar).exists()
    decided = make_application(olga, status=S.DECLINED)

    assert {row.subject_id for row in rows(Review, oscar)} == {decided.pk}


@pytest.mark.parametrize("model", MODELS, ids=names)
def test_no_secret_is_shown(model, oscar):
    shown = admin.site.get_model_admin(model).get_fields(request_of(oscar))

    assert not [name for name in shown if any(part in name for part in ("secret", "hash", "token"))]
