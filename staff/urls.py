"""The addresses of this app, all below /staff/."""

from django.urls import path

from staff.views import applications, collaborators, decisions

app_name = "staff"

_APPLICATION = "applications/<uuid:application_id>/"

urlpatterns = [
    path("", applications.home, name="home"),
    path("applications/", applications.queue, name="applications"),
    path(_APPLICATION, applications.detail, name="application"),
    path(f"{_APPLICATION}changes/", decisions.ask_for_changes, name="request_changes"),
    path(f"{_APPLICATION}approve/", decisions.approve, name="approve"),
    path(f"{_APPLICATION}decline/", decisions.decline, name="decline"),
    path(f"{_APPLICATION}institution/", decisions.choose_registry_entry, name="choose_institution"),
    path("collaborators/", collaborators.collaborators, name="collaborators"),
    path(
        "collaborators/<uuid:membership_id>/",
        collaborators.collaborator,
        name="collaborator",
    ),
]
