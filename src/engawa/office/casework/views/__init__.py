"""Pages of casework: allow, fetch, form, act, answer."""
