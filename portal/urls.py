"""Every address of the site, by app."""

from django.urls import include, path

from portal.views.health import healthz, readyz
from portal.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("applications.urls")),
    path("organization/", include("organizations.urls")),
    path("queries/", include("queries.urls")),
    path("staff/", include("staff.urls")),
    path("v2/", include("research_api.urls")),
]
