"""Actor, powers, refusals, periods, paths, Vietnamese text: plain values, no models, no imports from Chibo."""
