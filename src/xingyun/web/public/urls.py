"""The pages that anybody may read."""

from django.urls import path

from xingyun.web.public import (
    confirming,
    contacts,
    home,
    materials,
    notice,
    notices,
    results,
    self_check,
    statistics,
    timeline,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("programmes/<slug:programme>/", home.home, name="programme_home"),
    path("programmes/<slug:programme>/notice/", notice.notice, name="programme_notice"),
    path("programmes/<slug:programme>/self-check/", self_check.check, name="programme_self_check"),
    path(
        "programmes/<slug:programme>/self-check/materials/",
        materials.materials,
        name="programme_self_check_materials",
    ),
    path("programmes/<slug:programme>/results/", results.results, name="programme_results"),
    path("programmes/<slug:programme>/timeline/", timeline.page, name="programme_timeline"),
    path("programmes/<slug:programme>/statistics/", statistics.page, name="programme_figures"),
    path(
        "programmes/<slug:programme>/statistics/<slug:table>/<slug:form>/",
        statistics.file,
        name="programme_figures_file",
    ),
    path("programmes/<slug:programme>/contacts/", contacts.contacts, name="programme_contacts"),
    path("notice/", notice.notice, name="notice"),
    path("notice/<slug:digest>/", notice.notice, name="notice_of"),
    path("self-check/", self_check.check, name="self_check"),
    path("self-check/materials/", materials.materials, name="self_check_materials"),
    path("results/", results.results, name="results"),
    path("timeline/", timeline.page, name="timeline"),
    path("timeline/<uuid:uid>/", timeline.of_round, name="timeline_of"),
    path("statistics/", statistics.page, name="figures"),
    path("statistics/<slug:table>/<slug:form>/", statistics.file, name="figures_file"),
    path("verify/", results.verify, name="verify"),
    path("verify/<uuid:verification>/", results.verify, name="verify_code"),
    path("notices/<uuid:uid>/", notices.index, name="public_notice"),
    path("notices/<uuid:uid>/paper/", notices.paper, name="public_notice_paper"),
    path("notices/<uuid:uid>/object/<int:line>/", notices.object_to, name="object"),
    path("objections/", notices.follow, name="objection"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("announcements/<uuid:uid>/", notices.announcement, name="announcement"),
    path("contacts/", contacts.contacts, name="contacts"),
]
