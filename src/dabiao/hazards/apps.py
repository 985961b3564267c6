from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "dabiao.hazards"
    label = "hazards"
    verbose_name = "隐患"
