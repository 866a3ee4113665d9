"""How much risk and what to do: residency tables, indicators, levels, states, measures, differences."""
