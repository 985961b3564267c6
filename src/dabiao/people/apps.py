from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "dabiao.people"
    label = "people"
    verbose_name = "人员"
