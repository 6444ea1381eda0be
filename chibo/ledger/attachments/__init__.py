"""Files beside the records: looked at by their bytes, stripped of what they tell about device and place, kept by hash."""
