"""Page layout, home, middleware, sentences for refusals, CSS and JavaScript."""
