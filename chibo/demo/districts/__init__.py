"""Two invented districts with ten years of their tree: structure, people and posts in bulk, acts with their papers."""
