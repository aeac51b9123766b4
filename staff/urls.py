"""The addresses of this app, all below /staff/."""

from django.urls import path

from staff.views import collaborators

app_name = "staff"

urlpatterns = [
    path("collaborators/", collaborators.collaborators, name="collaborators"),
    path(
        "collaborators/<uuid:membership_id>/",
        collaborators.collaborator,
        name="collaborator",
    ),
]
