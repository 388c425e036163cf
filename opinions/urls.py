from django.urls import path

from opinions import views

urlpatterns = [
    path("opinions/", views.opinion_list, name="opinion_list"),
    path("opinions/mine/", views.opinion_mine, name="opinion_mine"),
    path("opinions/new/", views.opinion_new, name="opinion_new"),
    path("opinions/<int:pk>/", views.opinion_detail, name="opinion_detail"),
    path("opinions/<int:pk>/edit/", views.opinion_edit, name="opinion_edit"),
    path("opinions/<int:pk>/receipt/", views.opinion_receipt, name="opinion_receipt"),
    path("opinions/<int:pk>/discard/", views.opinion_discard, name="opinion_discard"),
    path("opinions/<int:pk>/act/<slug:action>/", views.opinion_act, name="opinion_act"),
]
