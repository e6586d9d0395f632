"""The pages of `smmetrics explain`, as lines of text: one module for each kind of thing that is explained."""
