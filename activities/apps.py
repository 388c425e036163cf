from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "活动"

    def ready(self) -> None:
        from activities import defaults, hooks, tasks, type_needs, words  # noqa: F401
        from activities.hooks import followup as records_hooks
        from core.defaults import after_migrate

        def install() -> None:
            defaults.install()
            type_needs.install()

        after_migrate(self, install)
        hooks.install()
        records_hooks.install()
        words.install()
