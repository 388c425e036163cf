from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from accounts import middleware
        from core import context_processors

        context_processors.extras.append(middleware.idle_warning)
        user_logged_in.connect(middleware.remember_start, dispatch_uid="accounts.session_start")
