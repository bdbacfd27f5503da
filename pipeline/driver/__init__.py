"""The driver: what must run again, workers, publishing. Does not know rules' insides."""
