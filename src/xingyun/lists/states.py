"""What an exported list can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """The kind of file."""

    XLSX = "xlsx", _("Excel")
    CSV = "csv", _("CSV")


MEDIA = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv",
}
