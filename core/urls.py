from django.conf import settings
from django.urls import path

from core import views

urlpatterns = [
    path("drafts/", views.draft_save, name="draft_save"),
    path("drafts/discard/", views.draft_discard, name="draft_discard"),
    path("large-type/", views.large_type, name="large_type"),
    path("jobs/", views.job_list, name="job_list"),
    path("jobs/<uuid:pk>/", views.job_page, name="job_page"),
    path("jobs/<uuid:pk>/file/", views.job_file, name="job_file"),
    path("jobs/<uuid:pk>/cancel/", views.job_action, {"action": "cancel"}, name="job_cancel"),
    path("jobs/<uuid:pk>/retry/", views.job_action, {"action": "retry"}, name="job_retry"),
    path("views/", views.view_save, name="view_save"),
    path("views/<int:pk>/", views.view_change, name="view_change"),
    path("health/", views.health, name="health"),
]

if settings.GALLERY:
    from core.gallery import gallery

    urlpatterns.append(path("gallery/", gallery, name="gallery"))
