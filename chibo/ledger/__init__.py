"""The append-only record of acts, sealed in batches, and the checkpoints printed in papers."""
