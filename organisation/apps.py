from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "机构"

    def ready(self) -> None:
        from core.defaults import after_migrate
        from organisation import context, menu, trail, workdays

        context.connect()
        menu.connect()
        trail.connect()
        after_migrate(self, workdays.install)
