"""Found, rename, move, end, split, merge, upgrade: the acts on the tree, and everything that moves with them."""
