"""Words of the demonstration city, as YAML: names, findings, reasons."""
