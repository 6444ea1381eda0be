"""Documents in and out, what each cites and carries out, their study in each unit, plans and targets."""
