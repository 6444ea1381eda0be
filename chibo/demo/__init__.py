"""An invented province to try things on; never beside real accounts."""
