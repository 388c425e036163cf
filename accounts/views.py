"""Sign-in, sign-out, own password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import PasswordForm, SignInForm
from core.pages import Page


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """Django's own sign-in (new session key, safe `next`) behind the throttle of django-axes."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"page": Page("登录")}


class SignOutView(LogoutView):
    """Kills the session on the server and asks the browser to forget what it kept."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@require_POST
def session_continue(request: HttpRequest) -> HttpResponse:
    """Somebody is still there: the middleware has just noted it."""
    return HttpResponse(status=204)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    forced = request.user.must_change_password
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_password(user=request.user, new_password=form.cleaned_data["new_password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改，请记住新密码。")
        return redirect("home")
    lead = "这是您第一次登录，请先设置自己的密码。" if forced else "修改后，其他设备上的登录会失效。"
    context = {"page": Page("修改密码", lead=lead), "form": form, "forced": forced}
    return render(request, "accounts/password_change.html", context, status=422 if form.errors else 200)


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Shown instead of the sign-in form after too many failures."""
    return render(request, "accounts/locked_out.html", {"page": Page("请稍后再试")}, status=429)
