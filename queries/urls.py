"""The addresses of this app, below /queries/; all but the sandbox hold the id of the lab."""

from django.urls import path

from queries.views import queries, runs, shares
from queries.views.sandbox import sandbox

app_name = "queries"

urlpatterns = [
    path("sandbox/", sandbox, name="sandbox"),
    path("<uuid:organization_id>/", queries.query_list, name="list"),
    path("<uuid:organization_id>/new/", queries.new_query, name="new"),
    path("<uuid:organization_id>/sharing/", shares.sharing, name="sharing"),
    path("<uuid:organization_id>/<uuid:query_id>/", queries.query_page, name="query"),
    path("<uuid:organization_id>/<uuid:query_id>/submit/", queries.submit, name="submit"),
    path("<uuid:organization_id>/<uuid:query_id>/decide/", queries.decide, name="decide"),
    path("<uuid:organization_id>/<uuid:query_id>/repeat/", queries.repeat, name="repeat"),
    path("<uuid:organization_id>/<uuid:query_id>/share/", shares.share_query, name="share_query"),
    path("<uuid:organization_id>/run/<uuid:run_id>/", runs.run_page, name="run"),
    path(
        "<uuid:organization_id>/run/<uuid:run_id>/share/", shares.share_result, name="share_result"
    ),
    path("<uuid:organization_id>/run/<uuid:run_id>/cancel/", runs.cancel, name="cancel"),
    path(
        "<uuid:organization_id>/run/<uuid:run_id>/result/<str:kind>/",
        runs.download,
        name="download",
    ),
    path("<uuid:organization_id>/shared/<uuid:share_id>/", shares.shared, name="shared"),
    path("<uuid:organization_id>/shared/<uuid:share_id>/copy/", shares.copy, name="copy_shared"),
    path(
        "<uuid:organization_id>/shared/<uuid:share_id>/revoke/", shares.revoke, name="revoke_share"
    ),
    path(
        "<uuid:organization_id>/shared/<uuid:share_id>/result/<str:kind>/",
        shares.download,
        name="download_shared",
    ),
]
