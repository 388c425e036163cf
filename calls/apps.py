from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "calls"
    verbose_name = "征集活动"

    def ready(self) -> None:
        from calls import defaults, hooks, measures, words  # noqa: F401
        from core.defaults import after_migrate

        after_migrate(self, defaults.install)
        hooks.connect()
        words.install()
