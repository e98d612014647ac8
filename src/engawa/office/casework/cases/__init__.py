"""Cases（ケース）, their states with effective dates, and handovers（引継ぎ）."""
