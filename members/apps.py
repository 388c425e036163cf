from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "委员"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from members import defaults, menu, steps, todos, words
        from notices.todos import sources

        after_migrate(self, defaults.install)
        sources.register("members.without_account", todos.without_account)
        menu.install()
        steps.install()
        words.install()
