"""The addresses of this app, below /v2/."""

from django.urls import path

from research_api.views.token import token
from research_api.views.unknown import unknown
from research_api.views.videos import query_videos

app_name = "research_api"

urlpatterns = [
    path("oauth/token/", token, name="token"),
    path("research/video/query/", query_videos, name="query_videos"),
    path("<path:rest>", unknown, name="unknown"),
    path("", unknown, name="root"),
]
