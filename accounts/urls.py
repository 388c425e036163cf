from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("sign-out/", views.SignOutView.as_view(), name="sign_out"),
    path("session/continue/", views.session_continue, name="session_continue"),
    path("password/", views.password_change, name="password_change"),
]
