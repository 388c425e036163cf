"""Addresses of invitations, leave and calendars."""

from django.urls import path

from activities.views import calendar, invitations, leave

urlpatterns = [
    path("activities/<int:pk>/invitations/", invitations.activity_invitations, name="activity_invitations"),
    path("activities/<int:pk>/notice/", invitations.activity_notice, name="activity_notice"),
    path("activities/<int:pk>/reply/<str:answer>/", invitations.activity_reply, name="activity_reply"),
    path("activities/<int:pk>/leave/", leave.activity_leave, name="activity_leave"),
    path("activities/leave/", leave.leave_list, name="leave_list"),
    path("activities/leave/<int:pk>/", leave.leave_detail, name="leave_detail"),
    path("activities/leave/<int:pk>/do/<str:action>/", leave.leave_act, name="leave_act"),
    path("calendar/", calendar.calendar_month, name="calendar"),
    path("calendar/links/", calendar.calendar_links, name="calendar_links"),
    path("calendar/links/new/", calendar.calendar_link_make, name="calendar_link_make"),
    path("calendar/links/<int:pk>/revoke/", calendar.calendar_link_revoke, name="calendar_link_revoke"),
    path("calendar/feed/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("activities/<int:pk>/calendar.ics", calendar.activity_ics, name="activity_ics"),
]
