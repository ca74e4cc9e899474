"""Attributions, events, times and status in one sentence."""
