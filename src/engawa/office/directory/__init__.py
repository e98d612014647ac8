"""Consultation desks（相談窓口）, their hours, and resources（社会資源）; published on the porch by letter."""
