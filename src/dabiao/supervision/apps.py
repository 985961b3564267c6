from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "dabiao.supervision"
    label = "supervision"
    verbose_name = "监督"
