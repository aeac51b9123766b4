"""The addresses of this app, all below /organization/ and the id of the lab."""

from django.urls import path

from organizations.views import clients, invitations, links, members, scopes

app_name = "organizations"

urlpatterns = [
    path("<uuid:organization_id>/members/", members.members, name="members"),
    path("<uuid:organization_id>/members/propose/", members.propose, name="propose"),
    path(
        "<uuid:organization_id>/members/<uuid:membership_id>/remove/",
        members.remove,
        name="remove",
    ),
    path(
        "<uuid:organization_id>/members/<uuid:membership_id>/resend/",
        members.resend,
        name="resend",
    ),
    path(
        "<uuid:organization_id>/invitation/<uuid:membership_id>/",
        invitations.invitation,
        name="invitation",
    ),
    path(
        "<uuid:organization_id>/invitation/link/<str:secret>/",
        invitations.invitation_link,
        name="invitation_link",
    ),
    path("<uuid:organization_id>/clients/", clients.clients, name="clients"),
    path(
        "<uuid:organization_id>/clients/<uuid:client_id>/revoke/",
        clients.revoke,
        name="revoke_client",
    ),
    path("<uuid:organization_id>/query-rule/", members.query_rule, name="query_rule"),
    path("<uuid:organization_id>/scope/", scopes.scope, name="scope"),
    path("<uuid:organization_id>/links/<uuid:link_id>/end/", links.end, name="end_link"),
]
