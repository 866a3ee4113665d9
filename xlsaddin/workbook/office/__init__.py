"""The office edition: result sheets and result columns, planned from a review; formulas compiled from its rules."""
