"""The pages that every audience shares: the start, preferences, health, search for an industry."""

from django.urls import path

from xingyun.web import health, industries, jobs, preferences, start, uploads

urlpatterns = [
    path("start/", start.start, name="start"),
    path("theme/", preferences.theme, name="theme"),
    path("language/", preferences.language, name="language"),
    path("jobs/<int:job_id>/", jobs.progress, name="job"),
    path("industries/", industries.search, name="industries"),
    path("uploads/", uploads.create, name="uploads"),
    path("uploads/<uuid:uuid>/", uploads.serve, name="upload"),
    path("healthz", health.healthz, name="health"),
]
