"""Support coordination conferences（支援調整会議）and their agenda items（会議案件）."""
