"""The pages that every audience shares: the start, preferences, health, search for an industry."""

from django.urls import path

from xingyun.web import health, industries, jobs, preferences, start

urlpatterns = [
    path("start/", start.start, name="start"),
    path("theme/", preferences.theme, name="theme"),
    path("language/", preferences.language, name="language"),
    path("jobs/<int:job_id>/", jobs.progress, name="job"),
    path("industries/", industries.search, name="industries"),
    path("healthz", health.healthz, name="health"),
]
