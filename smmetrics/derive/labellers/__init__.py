"""The core's own labellers: small rules over texts, each saying of itself how weak it is (`api.labellers`)."""
