"""The noticeboard（掲示）: what the office publishes on the porch."""
