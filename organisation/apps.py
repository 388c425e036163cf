from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "机构"

    def ready(self) -> None:
        from organisation import context, menu, trail

        context.connect()
        menu.connect()
        trail.connect()
