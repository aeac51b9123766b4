"""The addresses of this app."""

from django.urls import URLPattern

app_name = "research_api"

urlpatterns: list[URLPattern] = []
