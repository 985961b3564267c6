"""What every city begins with: industries, jurisdictions, departments, special areas, sizes."""
