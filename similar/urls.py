from django.urls import path

from similar import views

urlpatterns = [
    path("similar/<slug:kind>/", views.similar_lookup, name="similar_lookup"),
    path("similar/<slug:kind>/<int:pk>/", views.similar_of, name="similar_of"),
]
