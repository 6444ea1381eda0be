"""Official papers as Word files, in the layout of their date."""
