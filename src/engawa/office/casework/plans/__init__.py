"""Plans（支援計画）and staying connected（つながり続ける）: two approaches side by side. Above the timeline."""
