"""The pages that anybody may read."""

from django.urls import path

from xingyun.web.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("notice/", views.notice, name="notice"),
    path("notice/<slug:digest>/", views.notice, name="notice_of"),
    path("self-check/", views.self_check, name="self_check"),
    path("results/", views.results, name="results"),
    path("verify/", views.verify, name="verify"),
    path("contacts/", views.contacts, name="contacts"),
]
