from django.urls import include, path

from activities.views import checkin, lists, minutes, one, people, photos

urlpatterns = [
    path("", include("activities.urls.followup")),
    path("", include("activities.urls.invitations")),
    path("activities/", lists.activity_list, name="activity_list"),
    path("activities/new/", one.activity_create, name="activity_create"),
    path("activities/board/", lists.activity_board, name="activity_board"),
    path("activities/from-plan/", lists.activity_from_plan, name="activity_from_plan"),
    path("activities/<int:pk>/", one.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/edit/", one.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/do/<str:action>/", one.activity_act, name="activity_act"),
    path("activities/<int:pk>/minutes/", minutes.activity_minutes, name="activity_minutes"),
    path("activities/<int:pk>/participants/", people.activity_participants, name="activity_participants"),
    path("activities/<int:pk>/attendance/", people.activity_attendance, name="activity_attendance"),
    path("activities/<int:pk>/photos/", photos.activity_photos, name="activity_photos"),
    path("activities/<int:pk>/photos/arrange/", photos.activity_photos_arrange, name="activity_photos_arrange"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/thumbnail/", photos.photo_thumbnail, name="photo_thumbnail"),
    path("c/<int:pk>/<slug:code>", checkin.checkin_scan, name="checkin_scan"),
    path("activities/checkin/", checkin.checkin_next, name="checkin_next"),
    path("activities/<int:pk>/checkin/", checkin.checkin_self, name="checkin_self"),
    path("activities/<int:pk>/checkin/desk/", checkin.checkin_desk, name="checkin_desk"),
    path("activities/<int:pk>/checkin/wall/", checkin.checkin_wall, name="checkin_wall"),
    path("activities/<int:pk>/checkin/wall/codes/", checkin.checkin_wall_feed, name="checkin_wall_feed"),
    path("activities/<int:pk>/checkin/sheet/<slug:kind>/", checkin.checkin_sheet, name="checkin_sheet"),
    path("activities/<int:pk>/checkin/paper/", checkin.checkin_paper, name="checkin_paper"),
]
