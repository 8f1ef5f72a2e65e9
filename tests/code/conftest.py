"""How many inputs a property is tried with."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Inputs per property: enough to notice a plain mistake in every run, and as many as an hour allows (make fuzz).
settings.register_profile("fast", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", settings.get_profile("fast"), max_examples=2500)
settings.load_profile("fast")
