from django.apps import AppConfig


class ResearchApiConfig(AppConfig):
    name = "research_api"
