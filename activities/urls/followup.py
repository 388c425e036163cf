"""Addresses of records."""

from django.urls import path

from activities.views import duties, findings, materials, minutes, photos, projects, scores, types

urlpatterns = [
    path("activities/<int:pk>/minutes/versions/", minutes.minutes_versions, name="minutes_versions"),
    path("activities/<int:pk>/minutes/restore/", minutes.minutes_restore, name="minutes_restore"),
    path("activities/<int:pk>/photos/one/", photos.photo_upload, name="photo_upload"),
    path("activities/<int:pk>/materials/", materials.activity_materials, name="activity_materials"),
    path("activities/<int:pk>/findings/new/", findings.finding_create, name="finding_create"),
    path("activities/<int:pk>/duties/", duties.activity_duties, name="activity_duties"),
    path("activities/<int:pk>/scores/", scores.activity_scores, name="activity_scores"),
    path("activities/<int:pk>/scores/set-up/", scores.scores_set_up, name="scores_set_up"),
    path("activities/<int:pk>/ballot/", scores.activity_ballot, name="activity_ballot"),
    path("activities/materials/", materials.material_list, name="material_list"),
    path("activities/materials/<int:pk>/", materials.material, name="material"),
    path("activities/materials/<int:pk>/edit/", materials.material_edit, name="material_edit"),
    path("activities/materials/<int:pk>/delete/", materials.material_delete, name="material_delete"),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding_detail"),
    path("findings/<int:pk>/edit/", findings.finding_edit, name="finding_edit"),
    path("findings/<int:pk>/delete/", findings.finding_delete, name="finding_delete"),
    path("findings/<int:pk>/do/<str:action>/", findings.finding_act, name="finding_act"),
    path("findings/<int:pk>/instruction/", findings.finding_instruction, name="finding_instruction"),
    path("findings/<int:pk>/follow-up/", findings.finding_follow_up, name="finding_follow_up"),
    path("findings/<int:pk>/adoption/", findings.finding_adoption, name="finding_adoption"),
    path("duties/", duties.duty_list, name="duty_list"),
    path("duties/<int:pk>/edit/", duties.duty_edit, name="duty_edit"),
    path("duties/<int:pk>/send/", duties.duty_send, name="duty_send"),
    path("duties/<int:pk>/take-back/", duties.duty_take_back, name="duty_take_back"),
    path("duties/<int:pk>/drop/", duties.duty_drop, name="duty_drop"),
    path("activities/scored-units/<int:pk>/sheets/", scores.unit_sheets, name="unit_sheets"),
    path("activities/scored-units/<int:pk>/rectification/", scores.unit_rectification, name="unit_rectification"),
    path("activities/projects/", projects.project_list, name="project_list"),
    path("activities/projects/new/", projects.project_create, name="project_create"),
    path("activities/projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path("activities/projects/<int:pk>/edit/", projects.project_edit, name="project_edit"),
    path("activities/projects/<int:pk>/entries/new/", projects.project_entry, name="project_entry"),
    path("basics/activity-types/", types.activity_type_list, name="activity_type_list"),
    path("basics/activity-types/new/", types.activity_type_new, name="activity_type_new"),
    path("basics/activity-types/<int:pk>/edit/", types.activity_type_edit, name="activity_type_edit"),
]
