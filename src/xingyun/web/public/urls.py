"""The pages that anybody may read."""

from django.urls import path

from xingyun.web.public import contacts, home, notice, results, self_check

urlpatterns = [
    path("", home.home, name="home"),
    path("notice/", notice.notice, name="notice"),
    path("notice/<slug:digest>/", notice.notice, name="notice_of"),
    path("self-check/", self_check.check, name="self_check"),
    path("results/", results.results, name="results"),
    path("verify/", results.verify, name="verify"),
    path("verify/<uuid:verification>/", results.verify, name="verify_code"),
    path("contacts/", contacts.contacts, name="contacts"),
]
