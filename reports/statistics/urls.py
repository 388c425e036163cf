from django.urls import path

from reports.statistics.views import statistics

urlpatterns = [path("statistics/", statistics, name="statistics")]
