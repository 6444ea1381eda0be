"""Files beside the records: told by their bytes, stripped of device and place, kept by hash."""
