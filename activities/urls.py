from django.urls import path

from activities import views

urlpatterns = [
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/new/", views.activity_create, name="activity_create"),
    path("activities/board/", views.activity_board, name="activity_board"),
    path("activities/from-plan/", views.activity_from_plan, name="activity_from_plan"),
    path("activities/<int:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/edit/", views.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/do/<str:action>/", views.activity_act, name="activity_act"),
    path("activities/<int:pk>/minutes/", views.activity_minutes, name="activity_minutes"),
    path("activities/<int:pk>/participants/", views.activity_participants, name="activity_participants"),
    path("activities/<int:pk>/attendance/", views.activity_attendance, name="activity_attendance"),
    path("activities/<int:pk>/photos/", views.activity_photos, name="activity_photos"),
    path("activities/<int:pk>/photos/arrange/", views.activity_photos_arrange, name="activity_photos_arrange"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("photos/<int:pk>/thumbnail/", views.photo_thumbnail, name="photo_thumbnail"),
]
