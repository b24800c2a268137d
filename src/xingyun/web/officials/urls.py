"""The pages of officials."""

from django.urls import path

from xingyun.web.officials import registrations, roster_acts, rosters, rounds, windows

urlpatterns = [
    path("registrations/", registrations.index, name="registrations"),
    path("registrations/<uuid:uid>/", registrations.detail, name="registration"),
    path("registrations/<uuid:uid>/activate/", registrations.activate, name="registration_activate"),
    path("registrations/<uuid:uid>/refuse/", registrations.refuse, name="registration_refuse"),
    path("registrations/<uuid:uid>/<slug:which>/", registrations.paper, name="registration_paper"),
    path(
        "registrations/<uuid:uid>/<slug:which>/<int:page>.png",
        registrations.paper_page,
        name="registration_page",
    ),
    path("rosters/", rosters.index, name="rosters"),
    path("rosters/<slug:key>/", rosters.detail, name="roster"),
    path("rosters/<slug:key>/import/", roster_acts.import_rows, name="roster_import"),
    path("rosters/<slug:key>/release/", roster_acts.release, name="roster_release"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/plan/", rounds.plan, name="round_plan"),
    path("rounds/<uuid:uid>/", rounds.detail, name="round"),
    path("rounds/<uuid:uid>/open/", rounds.open_round, name="round_open"),
    path("rounds/<uuid:uid>/settle/", rounds.settle, name="round_settle"),
    path("rounds/<uuid:uid>/close/", rounds.close, name="round_close"),
    path("rounds/<uuid:uid>/windows/<slug:stage>/<slug:scope>/", windows.window, name="window"),
]
