from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "活动"

    def ready(self) -> None:
        from activities import defaults, hooks, words
        from core.defaults import after_migrate

        after_migrate(self, defaults.install)
        hooks.install()
        words.install()
