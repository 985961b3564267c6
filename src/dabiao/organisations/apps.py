from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "dabiao.organisations"
    label = "organisations"
    verbose_name = "机构与企业"
